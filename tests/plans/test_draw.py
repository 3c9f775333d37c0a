"""draw-1: uniform over all feasible sets, the same everywhere, replacements in rank."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.draw import (
    Infeasible,
    Stream,
    draw,
    feasible_set,
    list_hash,
    probability,
    rank,
    replacement,
    stream_of,
    subset,
)
from plans.sampling import Candidate, Group, Quota, feasible_sets

QUOTA = Quota(2, 1, "危险化学品重点监管县", "个县（市、区）")
HASH = list_hash("示例名单")
# Literal: another version of Python, another database or another program must give these.
GOLDEN_BELOW = [4, 8, 5, 6, 9, 0, 3, 6, 3, 7, 4, 1]
GOLDEN_RANKING = {
    "code": "370100",
    "name": "示例市",
    "sets": "30",
    "drawn": ["370100002", "370100004"],
    "reserves": [
        "370100008",
        "370100009",
        "370100005",
        "370100011",
        "370100003",
        "370100007",
        "370100000",
        "370100006",
        "370100001",
        "370100010",
    ],
}


def group(counted: int, others: int, code: str = "370100") -> Group:
    pool = [Candidate(f"{code}{n:03}", f"示例{n}", n < counted) for n in range(counted + others)]
    return Group(code, "示例市", tuple(pool))


def test_stream_is_the_documented_one():
    stream = Stream(b"key")
    assert [stream.below(10) for _ in range(12)] == GOLDEN_BELOW


def test_hash_is_of_the_very_characters():
    assert HASH == "84e49829a37225f17a7e14314e3fadd49f84015f048ae3e1bccdc04614c24777"


def test_draw_gives_the_golden_ranking():
    [ranking] = draw([group(3, 9)], QUOTA, hash_=HASH, seed="40718263955810392746")
    assert ranking.to_json() == GOLDEN_RANKING


def test_subsets_are_in_lexicographic_order():
    assert [tuple(subset(6, 3, i)) for i in range(20)] == list(combinations(range(6), 3))


def test_every_feasible_set_has_one_number():
    pool = group(3, 4)
    numbered = [feasible_set(pool, QUOTA, n) for n in range(feasible_sets(7, 3, QUOTA))]
    listed = [
        chosen
        for chosen in combinations(pool.candidates, 2)
        if QUOTA.met_by(one.counted for one in chosen)
    ]
    assert sorted(map(_codes, numbered)) == sorted(map(_codes, listed))


def _codes(chosen) -> tuple[str, ...]:
    return tuple(sorted(one.code for one in chosen))


def naive_sampler(pool: Group, quota: Quota, stream: Stream) -> list[Candidate]:
    """The quota first, then the rest from everybody left: looks fair and is not."""
    left, drawn = list(pool.candidates), []
    for _ in range(quota.at_least):
        counted = [one for one in left if one.counted]
        drawn.append(counted[stream.below(len(counted))])
        left.remove(drawn[-1])
    while len(drawn) < quota.choose:
        drawn.append(left.pop(stream.below(len(left))))
    return drawn


def chi_square(sampler, runs: int = 6000) -> float:
    """Of the sets drawn with fixed seeds from 3 counted and 3 others: 12 feasible sets."""
    pool = group(3, 3)
    seen = Counter(_codes(sampler(stream_of(HASH, str(n), pool.code))) for n in range(runs))
    expected = runs / feasible_sets(6, 3, QUOTA)
    assert len(seen) == feasible_sets(6, 3, QUOTA) == 12
    return sum((count - expected) ** 2 / expected for count in seen.values())


CRITICAL = 24.72  # chi-square, 11 degrees of freedom, 1 %


def test_draw_is_uniform_over_all_feasible_sets():
    assert chi_square(lambda stream: rank(group(3, 3), QUOTA, stream).drawn) < CRITICAL


def test_naive_sampler_fails_the_same_test():
    assert chi_square(lambda stream: naive_sampler(group(3, 3), QUOTA, stream)) > 5 * CRITICAL


def test_reserves_are_shuffled_uniformly():
    seen = Counter()
    for n in range(6000):
        reserves = rank(group(1, 3), QUOTA, stream_of(HASH, str(n), "x")).reserves
        seen[_order(reserves)] += 1
    expected = 6000 / 6  # three ways to draw, two orders of the two that are left
    assert sum((count - expected) ** 2 / expected for count in seen.values()) < 15.09  # 5 df, 1 %


def _order(reserves) -> tuple[str, ...]:
    return tuple(one.code for one in reserves)


@pytest.mark.parametrize("counted", [True, False])
def test_probability_is_the_share_of_feasible_sets(counted):
    pool = group(3, 4)
    one = next(candidate for candidate in pool.candidates if candidate.counted == counted)
    sets = [feasible_set(pool, QUOTA, n) for n in range(feasible_sets(7, 3, QUOTA))]
    share = Fraction(sum(one in chosen for chosen in sets), len(sets))
    assert probability(pool, QUOTA, counted=counted) == share


def test_infeasible_group_draws_nothing():
    with pytest.raises(Infeasible):
        draw([group(2, 2), group(0, 5)], QUOTA, hash_=HASH, seed="1")


pools = st.tuples(st.integers(0, 12), st.integers(0, 30), st.integers(1, 5), st.integers(0, 5))
seeds = st.text("0123456789", min_size=20, max_size=20)


def case(shape) -> tuple[Group, Quota] | None:
    counted, others, choose, at_least = shape
    quota = Quota(choose, min(at_least, choose), "化工企业", "家企业")
    pool = group(counted, others)
    return (pool, quota) if feasible_sets(counted + others, counted, quota) else None


@given(pools.map(case).filter(bool), seeds)
def test_result_is_feasible_and_ranks_everybody_once(case, seed):
    pool, quota = case
    [ranking] = draw([pool], quota, hash_=HASH, seed=seed)
    assert quota.met_by(one.counted for one in ranking.drawn)
    ranked = [*ranking.drawn, *ranking.reserves]
    assert sorted(one.code for one in ranked) == [one.code for one in pool.candidates]


@given(pools.map(case).filter(bool), seeds, st.randoms())
def test_order_of_input_is_irrelevant(case, seed, shuffler):
    pool, quota = case
    mixed = list(pool.candidates)
    shuffler.shuffle(mixed)
    again = Group(pool.code, pool.name, tuple(mixed))
    assert draw([again], quota, hash_=HASH, seed=seed) == draw([pool], quota, hash_=HASH, seed=seed)


@given(pools.map(case).filter(bool), seeds, st.data())
def test_replacement_keeps_the_quota_and_is_the_first_that_does(case, seed, data):
    pool, quota = case
    [ranking] = draw([pool], quota, hash_=HASH, seed=seed)
    leaving = data.draw(st.sampled_from(ranking.drawn))
    chosen = replacement(ranking.drawn, leaving.code, ranking.reserves, quota)
    staying = [one.counted for one in ranking.drawn if one != leaving]
    fitting = [one for one in ranking.reserves if quota.met_by([*staying, one.counted])]
    assert chosen == (fitting[0] if fitting else None)
