"""Fragments in Jinja2: escaped, strict, and the same alone as in their page."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template, engines
from jinja2 import UndefinedError

from chabaocu import fragments
from chabaocu.templatetags.ui import icon
from tests.architecture.source import ROOT

HOSTILE = "<b>\"'&</b>"
ESCAPED = "&lt;b&gt;&#34;&#39;&amp;&lt;/b&gt;"


def rendered(source, **context):
    return engines["jinja2"].env.from_string(source).render(context)


def test_every_value_is_escaped():
    assert rendered("{{ text }}", text=HOSTILE) == ESCAPED


def test_markup_of_our_own_is_not_escaped_twice():
    assert rendered('{{ "check-lg"|icon }}') == icon("check-lg")


def test_a_missing_name_is_an_error():
    with pytest.raises(UndefinedError):
        rendered("{{ nobody }}")


def test_filters_say_what_they_say_in_django():
    at, points = datetime(2017, 12, 5, 2, 42, tzinfo=UTC), Decimal("1.50")
    source = "{} {{{{ points|points }}}} {{{{ points|total }}}} {{{{ rate|percent }}}}"
    context = {"at": at, "points": points, "rate": Decimal("0.833")}
    plain = Template(source.format('{{ at|date:"n月j日 H:i" }}')).render(Context(context))
    assert rendered(source.format('{{ at|date("n月j日 H:i") }}'), **context) == plain
    assert plain == "12月5日 10:42 1.5 1.5 83.3%"


def test_a_fragment_stands_in_a_django_page_as_it_stands_alone():
    context = {"log": [], "shown": ""}
    page = Template('{% fragment "scoring/_point_log.jinja" %}').render(Context(context))
    assert page == fragments.render("scoring/_point_log.jinja", context)


def test_no_fragment_turns_escaping_off():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.jinja")]
    assert [source for source in sources if re.search(r"\|\s*safe|autoescape", source)] == []
