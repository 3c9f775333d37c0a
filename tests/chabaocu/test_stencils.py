"""Markup laid out once, and the values put into its places."""

import pytest

from chabaocu.stencils import Stencil, values_in


def test_places_are_filled_wherever_they_stand():
    stencil = Stencil('<p class="a<<state>>"><<told>></p><<told>>')
    filled = stencil.filled({"state": " is-on", "told": "好"})
    assert filled == '<p class="a is-on">好</p>好'
    assert filled.__html__() == filled  # markup, which no template escapes again


def test_stencil_is_filled_again_and_again():
    stencil = Stencil("<b><<told>></b>")
    assert [stencil.filled({"told": said}) for said in "ab"] == ["<b>a</b>", "<b>b</b>"]


def test_place_without_a_value_is_an_error():
    with pytest.raises(KeyError, match="told"):
        Stencil("<<told>>").filled({})


def test_each_value_begins_a_line():
    said = "rest\n<<a>>1\n2 <<b>>\n<<b>>\n<<c-3>>>>"
    assert values_in(said) == {"a": "1\n2 <<b>>", "b": "", "c-3": ">>"}
