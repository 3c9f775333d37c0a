"""Words as pairs of characters."""

import pytest

from hazards.grams import grams


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("法兰滴漏", ["法兰", "兰滴", "滴漏"]),
        ("法兰，滴漏", ["法兰", "滴漏"]),
        ("2号泵房", ["2号", "号泵", "泵房"]),
        ("A罐a罐", ["a罐", "罐a"]),
        ("漏", []),
        ("漏 水", []),
        ("", []),
        ("370321-2026", ["37", "70", "03", "32", "21", "20", "02", "26"]),
        ("𬭎钢", ["u2cb4e钢"]),
        ('"a_b"', []),
    ],
)
def test_pairs_stand_inside_a_run_each_once(text, pairs):
    assert grams(text) == pairs
