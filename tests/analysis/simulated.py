"""Rounds whose truth is known: teams that mark alike, and one that is stricter by so much."""

import random

from analysis.fitting import Sheet

KINDS = ["county_union", *["enterprise_union"] * 4]


def own_cities(seed: int, *, teams: int = 8, strict: float = 0.0) -> list[Sheet]:
    """As in source 1: each team goes to two cities of its own, ten units each, all with 自查."""
    chance, sheets = random.Random(seed), []
    for team in range(1, teams + 1):
        for half in (0, 1):
            city = f"001{team * 2 + half:03}"
            good = chance.gauss(78, 5)
            sheets += [
                _sheet(chance, team, KINDS[n % 5], city, good, strict if team == 5 else 0.0)
                for n in range(10)
            ]
    return sheets


def shared_cities(seed: int, *, teams: int = 8, strict: float = 0.0) -> list[Sheet]:
    """No 自查; every city is visited by two teams, which turn."""
    chance, sheets = random.Random(seed), []
    for city in range(2 * teams):
        good = chance.gauss(78, 5)
        for n in range(15):
            team = (city // 2 + n % 2 * (1 + city % 3)) % teams + 1
            less = strict if team == 5 else 0.0
            one = _sheet(chance, team, KINDS[n % 5], f"001{city:03}", good, less)
            sheets.append(Sheet(one.team, one.kind, one.city, one.rate))
    return sheets


def _sheet(
    chance: random.Random, team: int, kind: str, city: str, good: float, strict: float
) -> Sheet:
    """A unit of some quality: it overrates itself by about six, the team errs by about four."""
    quality = chance.gauss(good + (4 if kind == "county_union" else 0), 5)
    said = quality + chance.gauss(6, 4)
    marked = quality + chance.gauss(0, 4) - strict
    return Sheet(team, kind, city, _stepped(marked), _stepped(said))


def _stepped(value: float) -> float:
    """In whole percent, as half points of fifty are, and within the table."""
    return float(min(max(round(value), 0), 100))
