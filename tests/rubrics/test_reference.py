"""evaluate agrees with a scoring written from the wording, on 10,000 random sheets."""

import json
import random
from decimal import Decimal
from fractions import Fraction

import pytest

from rubrics.evaluate import Given, Point, evaluate
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.outline import read
from tests.rubrics.wording import Clause, clauses, score

SHEETS = 5_000  # of each table
CODES = ["fujian1-county-union", "fujian2-enterprise-union"]


def points_of(code: str) -> list[Point]:
    table = read(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8")))
    return [
        Point(c.code, item.number, order, c.kind, c.points, c.params)
        for order, section in enumerate(table.sections, 1)
        for item in section.items
        for c in item.criteria
    ]


def say(clause: Clause, luck: random.Random):
    """What inspectors might say of one point."""
    chance = luck.random()
    if chance < 0.05:
        return None
    if chance < 0.15:
        return "n/a"
    if not clause.gains:
        return Fraction(luck.randint(0, int(clause.full * 2)), 2)
    if clause.by_times:
        return luck.choice([0, 1, 2, 3, luck.randint(0, 9999)])
    return luck.choice(["nothing", *(words for words, _ in clause.gains)])


def entered(clause: Clause, said) -> Given:
    """The same, as it is entered on the page."""
    if said is None:
        return Given()
    if said == "n/a":
        return Given(not_applicable=True)
    if not clause.gains:
        return Given({"points": str(Decimal(said.numerator) / said.denominator)})
    if clause.by_times:
        return Given({"count": said})
    words = [w for w, _ in clause.gains]
    return Given({"level": None if said == "nothing" else words.index(said)})


@pytest.mark.parametrize("code", CODES)
def test_wording_and_fixture_have_the_same_points(code):
    read_from_text = [(c.item, c.full) for c in clauses(code)]
    assert read_from_text == [(p.item, p.points) for p in points_of(code)]


@pytest.mark.parametrize("code", CODES)
def test_reference_agrees_on_random_sheets(code):
    luck, points, wording = random.Random(f"{code} 2017"), points_of(code), clauses(code)
    for _ in range(SHEETS):
        sheet = [(clause, say(clause, luck)) for clause in wording]
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
