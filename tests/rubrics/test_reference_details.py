"""evaluate agrees with a scoring of 石狮's tables written from the wording, on 10,000 sheets."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from rubrics.evaluate import Given, evaluate
from tests.rubrics.test_reference import points_of
from tests.rubrics.wording_details import Rule, rules, score

SHEETS = 5_000  # of each table
CODES = ["shishi-fujian3-producer", "shishi-fujian4-town"]


def say(rule: Rule, luck: random.Random):
    """What inspectors might say of one point."""
    chance = luck.random()
    if chance < 0.05:
        return None
    if chance < 0.15:
        return "n/a"
    if rule.counts:
        return Fraction(luck.choice([0, 1, 2, 3, 5, 6, luck.randint(0, 9999)]))
    if rule.measures:
        edges = [0, 5, 10, 15, 90, 95, 100]
        return Fraction(luck.choice([*edges, luck.randint(0, 10_000) / Fraction(100)]))
    return Fraction(luck.randint(0, int(rule.full * 2)), 2)


def entered(rule: Rule, said) -> Given:
    """The same, as it is entered on the page."""
    if said is None:
        return Given()
    if said == "n/a":
        return Given(not_applicable=True)
    if rule.counts:
        return Given({"times": int(said)})
    number = str(Decimal(said.numerator) / said.denominator)
    return Given({"rate" if rule.measures else "points": number})


@pytest.mark.parametrize("code", CODES)
def test_wording_and_fixture_have_the_same_points(code):
    read_from_text = [(rule.item, rule.full) for rule in rules(code)]
    assert read_from_text == [(p.item, p.points) for p in points_of(code)]


@pytest.mark.parametrize("code", CODES)
def test_reference_agrees_on_random_sheets(code):
    luck, points, wording = random.Random(f"{code} 2024"), points_of(code), rules(code)
    for _ in range(SHEETS):
        sheet = [(rule, say(rule, luck)) for rule in wording]
        given = {p.code: entered(*pair) for p, pair in zip(points, sheet, strict=True)}
        result, expected = evaluate(points, given), score(sheet)
        rate = None if result.rate is None else int(result.rate * 10**6)
        assert expected == {
            "items": result.items,
            "total": result.total,
            "applicable": result.applicable,
            "millionths": rate,
            "answered": result.answered,
        }
