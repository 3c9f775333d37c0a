"""A strict team is found, a fair set is left alone, and what cannot be told is not told."""

import random
from statistics import mean

import pytest

from analysis import strictness
from analysis.fitting import Cell, Finding, Sheet
from analysis.strictness import Basis, Doubt, compare, compare_many
from tests.analysis.simulated import own_cities, shared_cities

ROUNDS, DEALS = 40, 199
PLANTED = 5
DESIGNS = {own_cities: Basis.CHECKS, shared_cities: Basis.MARKS}


def called(verdict):
    return {one.team: one.finding for one in verdict.of(Finding.STRICT, Finding.LENIENT)}


def rounds(design, strict):
    return [compare(tuple(design(n, strict=strict)), deals=DEALS) for n in range(ROUNDS)]


@pytest.mark.parametrize("design", DESIGNS)
def test_fair_teams_are_left_alone(design):
    """At most 5 % of fair rounds call anybody, as far as forty rounds can tell (5 or fewer)."""
    assert sum(bool(called(verdict)) for verdict in rounds(design, 0)) <= 5


@pytest.mark.parametrize(("design", "least"), [(own_cities, 28), (shared_cities, 20)])
def test_a_strict_team_is_found(design, least):
    """Five points lower: benchmarks/analysis.py tells the rates over 1,000 rounds."""
    found = rounds(design, 5)
    assert {verdict.basis for verdict in found} == {DESIGNS[design]}
    assert sum(called(verdict).get(PLANTED) == Finding.STRICT for verdict in found) >= least
    assert sum(bool(called(v).keys() - {PLANTED}) for v in found) <= 5


@pytest.mark.parametrize("design", DESIGNS)
def test_a_very_strict_team_is_always_found_and_no_other(design):
    found = [compare(tuple(design(n, strict=15)), deals=DEALS) for n in range(8)]
    assert [called(verdict).get(PLANTED) for verdict in found] == [Finding.STRICT] * 8


def test_equal_sheets_give_equal_verdicts():
    sheets = tuple(own_cities(3, strict=5))
    first = compare(sheets, deals=DEALS)
    compare.cache_clear()
    assert compare(sheets, deals=DEALS) == first


def test_the_normal_law_says_what_dealing_says(monkeypatch):
    sheets = tuple(own_cities(1, strict=6))
    dealt = compare(sheets, deals=1999)
    monkeypatch.setattr(strictness, "MANY", 10)
    law = compare(sheets, deals=1998)
    assert (dealt.dealt, law.dealt) == (1999, 0)
    assert called(law) == called(dealt)
    halves = [one.half / other.half for one, other in zip(law.effects, dealt.effects, strict=True)]
    assert all(0.88 < ratio < 1.12 for ratio in halves)


@pytest.mark.parametrize("design", DESIGNS)
def test_many_sheets_added_up_give_the_verdict_of_single_ones(design):
    sheets = tuple(sheet for seed in range(11) for sheet in design(seed, strict=4))
    checked = [sheet for sheet in sheets if sheet.check is not None]
    cells = added(sheets, lambda one: one.rate), added(checked, lambda one: one.above)
    assert len(sheets) > strictness.MANY
    found, expected = compare_many(*cells, deals=DEALS), compare(sheets, deals=DEALS)
    assert (found.basis, found.dealt, called(found)) == (expected.basis, 0, called(expected))
    assert PLANTED in called(found)
    for one, other in zip(found.effects, expected.effects, strict=True):
        assert one.effect == pytest.approx(other.effect)
        assert (one.half, one.p) == (pytest.approx(other.half), other.p)


def added(sheets, value):
    """By team, kind and city, in an order of its own."""
    keys = sorted({(one.team, one.kind, one.city) for one in sheets}, reverse=True)
    cells = []
    for key in keys:
        values = [value(one) for one in sheets if (one.team, one.kind, one.city) == key]
        cells.append(Cell(*key, len(values), sum(values), sum(y * y for y in values)))
    return tuple(cells)


def test_few_that_can_be_compared_among_many_are_to_be_dealt_one_by_one():
    few = [Cell(team, "k", "c", 20, 1600.0, 128_500.0) for team in (1, 2)]
    assert compare_many((*few, Cell(3, "k", "c", 7, 560.0, 45_000.0)), ()) is None


def test_effects_are_distances_from_the_mean_of_the_teams():
    """In one stratum of equal shares the effect is the team's mean less the mean of all."""
    chance = random.Random(1)
    sheets = [Sheet(n % 4, "k", "c", chance.gauss(80, 5)) for n in range(48)]
    verdict = compare(tuple(sheets), deals=DEALS)
    means = [mean(s.rate for s in sheets if s.team == team) for team in range(4)]
    expected = [one - mean(means) for one in means]
    assert [one.effect for one in verdict.effects] == pytest.approx(expected)
    assert [one.mean for one in verdict.effects] == pytest.approx(means)


def test_a_poor_city_does_not_make_its_team_strict():
    """Both teams give the same in each of two cities, one of them poor and mostly seen by one."""
    sheets = [
        Sheet(team, "k", city, base + n % 3)
        for city, base, counts in (("a", 90, (12, 3)), ("b", 60, (3, 12)))
        for team, count in enumerate(counts)
        for n in range(count)
    ]
    verdict = compare(tuple(sheets), deals=DEALS)
    assert [round(one.effect, 6) for one in verdict.effects] == [0, 0]
    assert called(verdict) == {}


# ── what cannot be told


def test_too_few_sheets_are_not_judged():
    sheets = tuple(Sheet(n % 5, "k", "c", 80.0 + n) for n in range(35))
    verdict = compare(sheets, deals=DEALS)
    assert (verdict.doubt, {one.finding for one in verdict.effects}) == (
        Doubt.FEW,
        {Finding.FEW},
    )


def test_a_team_with_few_sheets_is_left_out_of_the_comparison():
    sheets = [sheet for sheet in own_cities(2) if sheet.team != 8]
    few = [Sheet(8, "enterprise_union", "001099", 10.0, 90.0) for _ in range(7)]
    verdict = compare((*sheets, *few), deals=DEALS)
    alone = compare(tuple(sheets), deals=DEALS)
    assert verdict.effects[:7] == alone.effects
    assert (verdict.effects[7].finding, verdict.effects[7].sheets) == (Finding.FEW, 7)


def test_teams_of_different_cities_without_checks_are_not_compared():
    sheets = (Sheet(one.team, one.kind, one.city, one.rate) for one in own_cities(1, strict=20))
    verdict = compare(tuple(sheets), deals=DEALS)
    assert (verdict.doubt, verdict.basis) == (Doubt.APART, Basis.MARKS)


def test_checks_count_only_where_most_teams_have_them():
    sheets = [
        one if one.team < 3 else Sheet(one.team, one.kind, one.city, one.rate)
        for one in shared_and_checked()
    ]
    assert compare(tuple(sheets), deals=DEALS).basis == Basis.MARKS
    assert compare(tuple(shared_and_checked()), deals=DEALS).basis == Basis.CHECKS


def shared_and_checked():
    return [Sheet(s.team, s.kind, s.city, s.rate, s.rate + 5) for s in shared_cities(4)]


def test_no_sheets_and_equal_sheets_are_no_trouble():
    assert compare((), deals=DEALS).doubt == Doubt.FEW
    same = compare(tuple(Sheet(n % 3, "k", "c", 80.0) for n in range(30)), deals=DEALS)
    assert {one.finding for one in same.effects} == {Finding.SAME}
