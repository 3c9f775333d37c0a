"""What the slow scorings share: sheets by chance, their sums in fractions, and the comparison.

A slow scoring reads its rules from the issued wording alone; each rule has its ``item`` and its
``full`` marks. What inspectors say of one is ``None`` (nothing yet), ``NA``, or something that
only the wording and the page understand.
"""

import json
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from rubrics.evaluate import Given, Point, evaluate, points_in
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.outline import read

NA = "n/a"


def points_of(code: str) -> Sequence[Point]:
    """The scoring points of a table as the fixture has them."""
    return points_in(read(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))))


def differing(
    points: Sequence[Point], rules: Sequence[Any], luck: random.Random, *, say, enter, gained
) -> dict[str, tuple]:
    """One sheet filled by chance: every figure of ``evaluate`` that is not the wording's."""
    said = [(rule, _nothing_or(say, rule, luck)) for rule in rules]
    given = {p.code: _entered(enter, *pair) for p, pair in zip(points, said, strict=True)}
    result, expected = evaluate(points, given), _settled(said, gained)
    rate = None if result.rate is None else int(result.rate * 10**6)
    found = {
        "items": result.items,
        "total": result.total,
        "applicable": result.applicable,
        "millionths": rate,
        "answered": result.answered,
    }
    return {name: (found[name], value) for name, value in expected.items() if found[name] != value}


def _nothing_or(say: Callable, rule: Any, luck: random.Random) -> Any:
    chance = luck.random()
    if chance < 0.05:
        return None
    return NA if chance < 0.15 else say(rule, luck)


def _entered(enter: Callable, rule: Any, said: Any) -> Given:
    if said is None:
        return Given()
    return Given(not_applicable=True) if said == NA else Given(enter(rule, said))


def _settled(sheet: Sequence[tuple[Any, Any]], gained: Callable[[Any, Any], Fraction]) -> dict:
    items: dict[int, Fraction] = {}
    applicable = Fraction(0)
    for rule, said in sheet:
        items.setdefault(rule.item, Fraction(0))
        applicable += 0 if said == NA else rule.full
        if said not in (None, NA):
            items[rule.item] += gained(rule, said)
    total = sum(items.values(), Fraction(0))
    return {
        "items": items,
        "total": total,
        "applicable": applicable,
        "millionths": int(total / applicable * 10**6 + Fraction(1, 2)) if applicable else None,
        "answered": sum(said is not None for _, said in sheet),
    }
