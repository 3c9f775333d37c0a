"""Rules that draw units as such: their shape, their words, and the draw-1 they lead to."""

from collections import Counter
from math import comb

import pytest

from plans.draw import draw, list_hash, rank, stream_of
from plans.sampling import SOURCE_1, Candidate, Group, verdict
from plans.source_gaoqing import SAMPLING as GAOQING
from plans.source_medical import SAMPLING as MEDICAL
from plans.source_shishi import SAMPLING as SHISHI
from plans.unit_rules import TARGETS, UnitRule, UnitsRule, read_rule, stored_rule
from rubrics.models import Rubric

TWO = UnitRule("medical_unit", 2, "city")


@pytest.mark.parametrize("stored", [MEDICAL, SHISHI, GAOQING])
def test_rule_from_json_and_back_is_the_same(stored):
    assert read_rule(stored).to_json() == stored


def test_rule_of_source_1_is_read_as_before():
    assert read_rule(SOURCE_1.to_json()) == SOURCE_1


@pytest.mark.parametrize(
    "broken",
    [
        {"drawn": []},
        {"drawn": [{"target": "town", "choose": 0}]},
        {"drawn": [{"target": "nobody", "choose": 1}]},
        {"drawn": [{"target": "town"}]},
        {"drawn": [{"target": "town", "choose": 1, "per": "moon"}]},
        {"drawn": [{"target": "town", "choose": 1}], "listed": ["town"]},
        {"listed": ["nobody"]},
    ],
)
def test_rule_that_is_none_is_refused(broken):
    with pytest.raises(ValueError):  # noqa: PT011
        read_rule(broken)
    assert stored_rule(broken) is None


def test_targets_are_those_of_the_tables_but_the_two_of_source_1():
    labels = {target: label for target, (label, _) in TARGETS.items()}
    assert labels | {
        "county_union": "县级以上工会",
        "enterprise_union": "企业工会",
    } == dict(Rubric.Target.choices)


def test_sentences_say_what_is_drawn_and_what_is_named():
    assert read_rule(MEDICAL).sentence == (
        "从发文单位所属的各市医务工会中随机抽取5个，全部随机。"
        "每个市从发文单位所属的医疗卫生单位中随机抽取2家，全部随机。"
    )
    assert read_rule(SHISHI).sentence == (
        "每个镇（街道）从帮扶过的生产经营单位中随机抽取10家，全部随机。镇（街道）不抽取，逐个确定。"
    )
    assert read_rule(GAOQING).sentence == "局业务科室、相关企业不抽取，逐个确定。"


def test_targets_follow_from_the_rule():
    assert read_rule(SHISHI).targets == ("producer", "town")
    assert read_rule(SHISHI).stages == ("producer",)
    assert UnitsRule((TWO,)).of("medical_unit") == TWO


def pool(size: int) -> Group:
    return Group(
        "370100", "示例市", tuple(Candidate(f"u{n:03}", f"示例{n}", False) for n in range(size))
    )


def test_verdict_names_the_group_and_what_is_short():
    assert verdict(pool(1), TWO.quota).sentence == (
        "示例市：候选 1 家医疗卫生单位；须抽 2 家医疗卫生单位，少 1 家。"
    )
    assert verdict(pool(4), TWO.quota).sentence == "示例市：候选 4 家医疗卫生单位，可抽。"


CRITICAL = 21.67  # chi-square, 9 degrees of freedom, 1 %


def test_draw_of_units_is_uniform_over_all_sets():
    seen = Counter()
    hash_ = list_hash("示例名单")
    for n in range(5000):
        drawn = rank(pool(5), TWO.quota, stream_of(hash_, str(n), "370100")).drawn
        seen[tuple(sorted(one.code for one in drawn))] += 1
    expected = 5000 / comb(5, 2)
    assert len(seen) == comb(5, 2)
    assert sum((count - expected) ** 2 / expected for count in seen.values()) < CRITICAL


def test_draw_of_units_gives_the_golden_ranking():
    [ranking] = draw([pool(6)], TWO.quota, hash_=list_hash("示例名单"), seed="40718263955810392746")
    assert ranking.to_json() == GOLDEN


# Literal: another program, another version must give these.
GOLDEN = {
    "code": "370100",
    "name": "示例市",
    "sets": "15",
    "drawn": ["u002", "u003"],
    "reserves": ["u001", "u000", "u005", "u004"],
}
