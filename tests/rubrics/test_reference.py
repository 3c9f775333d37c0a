"""evaluate agrees with two scorings written from the wording, on 20,000 random sheets."""

import random
from decimal import Decimal
from fractions import Fraction
from types import ModuleType

import pytest

from tests.rubrics import wording, wording_details
from tests.rubrics.reference import differing, points_of

SHEETS = 5_000  # of each table
EDGES = [0, 5, 10, 15, 90, 95, 100]  # where bands of rates end


def marks(full: Fraction, luck: random.Random) -> Fraction:
    return Fraction(luck.randint(0, int(full * 2)), 2)


def say_of_2017(clause: wording.Clause, luck: random.Random):
    """附件1 and 附件2: marks, numbers of times, the words of a level."""
    if not clause.gains:
        return marks(clause.full, luck)
    if clause.by_times:
        return luck.choice([0, 1, 2, 3, luck.randint(0, 9999)])
    return luck.choice(["nothing", *(words for words, _ in clause.gains)])


def enter_of_2017(clause: wording.Clause, said) -> dict:
    if not clause.gains:
        return {"points": str(Decimal(said.numerator) / said.denominator)}
    if clause.by_times:
        return {"count": said}
    words = [w for w, _ in clause.gains]
    return {"level": None if said == "nothing" else words.index(said)}


def say_of_shishi(rule: wording_details.Rule, luck: random.Random) -> Fraction:
    """石狮's tables: marks, occurrences that cost, rates."""
    if rule.counts:
        return Fraction(luck.choice([0, 1, 2, 3, 5, 6, luck.randint(0, 9999)]))
    if rule.measures:
        return Fraction(luck.choice([*EDGES, luck.randint(0, 10_000) / Fraction(100)]))
    return marks(rule.full, luck)


def enter_of_shishi(rule: wording_details.Rule, said: Fraction) -> dict:
    if rule.counts:
        return {"times": int(said)}
    number = str(Decimal(said.numerator) / said.denominator)
    return {"rate" if rule.measures else "points": number}


OF_2017 = (wording, say_of_2017, enter_of_2017)
OF_SHISHI = (wording_details, say_of_shishi, enter_of_shishi)
TABLES = {
    "fujian1-county-union": OF_2017,
    "fujian2-enterprise-union": OF_2017,
    "shishi-fujian3-producer": OF_SHISHI,
    "shishi-fujian4-town": OF_SHISHI,
}


@pytest.mark.parametrize("code", TABLES)
def test_wording_and_fixture_have_the_same_points(code):
    text: ModuleType = TABLES[code][0]
    read_from_text = [(rule.item, rule.full) for rule in text.rules(code)]
    assert read_from_text == [(p.item, p.points) for p in points_of(code)]


@pytest.mark.parametrize("code", TABLES)
def test_reference_agrees_on_random_sheets(code):
    text, say, enter = TABLES[code]
    luck, points, rules = random.Random(code), points_of(code), text.rules(code)
    for _ in range(SHEETS):
        found = differing(points, rules, luck, say=say, enter=enter, gained=text.gained)
        assert found == {}
