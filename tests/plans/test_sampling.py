"""The rule, who is eligible, and whether the rule can be met."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgs.models import Organization
from plans.sampling import (
    INDUSTRIES,
    SOURCE_1,
    Candidate,
    County,
    CountyRule,
    Enterprise,
    EnterpriseRule,
    Exclusion,
    Group,
    Quota,
    SamplingRule,
    county_group,
    enterprise_group,
    feasible_sets,
    verdict,
)

RULE = SOURCE_1.counties
JSON = {
    "counties": {"per_city": 2, "key_at_least": 1, "avoid_repeats": "in_principle"},
    "enterprises": {
        "per_county": 4,
        "high_risk": True,
        "private": True,
        "small_or_medium": True,
        "industry": "chemical",
        "industry_at_least": 2,
    },
}


def test_rule_from_json_and_back_is_the_same():
    rule = SamplingRule.from_json(JSON)
    assert (rule, rule.to_json()) == (SOURCE_1, JSON)


def test_sentences_are_the_words_of_the_plan():
    assert SOURCE_1.counties.sentence == (
        "每个市抽查2个县（市、区）（至少有1个危险化学品重点监管县），本年度已经抽查过的原则上不再重复。"
    )
    assert SOURCE_1.enterprises.sentence == (
        "每个县（市、区）抽查4家高危行业的非公中小企业（至少有2家化工企业）。"
    )


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"counties": {}},
        JSON | {"counties": {"per_city": 0, "key_at_least": 0}},
        JSON | {"counties": {"per_city": 2, "key_at_least": 3}},
        JSON | {"counties": {"per_city": 2, "key_at_least": 1, "avoid_repeats": "maybe"}},
        JSON | {"enterprises": {"per_county": 4, "industry": "unknown"}},
    ],
)
def test_rule_that_is_none_is_refused(broken):
    with pytest.raises(ValueError):  # noqa: PT011
        SamplingRule.from_json(broken)


def test_industries_are_those_of_the_units():
    assert dict(Organization.Industry.choices) == INDUSTRIES


@given(st.integers(0, 8), st.integers(0, 8), st.integers(1, 4), st.integers(0, 4))
def test_feasible_sets_are_counted_as_by_listing_them(counted, rest, choose, at_least):
    quota = Quota(choose, min(at_least, choose), "重点", "个")
    pool = [True] * counted + [False] * rest
    listed = sum(quota.met_by(chosen) for chosen in combinations(pool, choose))
    assert feasible_sets(len(pool), counted, quota) == listed


def city(*counties: County, released: bool = False, rule: CountyRule = RULE) -> Group:
    return county_group("371000", "威海市", counties, rule, released=released)


KEY_DRAWN = County("371002", "环翠区", True, drawn_this_year="第一次督导")
OTHER_DRAWN = County("371083", "乳山市", False, drawn_this_year="第一次督导")
FRESH = (County("371082", "荣成市", False), County("371003", "文登区", False))


def test_county_drawn_this_year_is_excluded_with_reason():
    group = city(KEY_DRAWN, *FRESH)
    assert [candidate.code for candidate in group.candidates] == ["371003", "371082"]
    assert group.excluded == (Exclusion("371002", "环翠区", "本年度已抽查（第一次督导）"),)


def test_released_repeats_take_part_where_the_pool_is_too_small():
    group = city(KEY_DRAWN, OTHER_DRAWN, *FRESH, released=True)
    assert (len(group.candidates), group.relaxed) == (4, True)
    assert group.repeated == {"371002", "371083"}


def test_released_repeats_stay_out_where_the_pool_is_large_enough():
    group = city(OTHER_DRAWN, County("371001", "示例县", True), *FRESH, released=True)
    assert (len(group.candidates), group.relaxed) == (3, False)


def test_repeats_that_are_never_allowed_stay_out_though_released():
    rule = CountyRule(2, 1, "always")
    assert not verdict(city(KEY_DRAWN, *FRESH, released=True, rule=rule), rule.quota).ok


def test_repeats_that_are_allowed_take_part_without_release():
    group = city(KEY_DRAWN, *FRESH, rule=CountyRule(2, 1, "off"))
    assert (len(group.candidates), group.relaxed) == (3, False)


def test_development_zone_is_no_county():
    zone = County("p001", "示例开发区", True, is_zone=True)
    assert city(zone, *FRESH).excluded == (
        Exclusion("p001", "示例开发区", "开发区，不属县（市、区）"),
    )


def test_enterprise_is_excluded_with_all_its_reasons():
    unit = Enterprise("91A", "示例厂", "food", False, False, False)
    fits = Enterprise("91B", "示例化工", "chemical", True, True, True)
    group = enterprise_group("371003", "文登区", [unit, fits], EnterpriseRule(1))
    assert group.candidates == (Candidate("91B", "示例化工", True),)
    assert group.excluded[0].reason == "不是高危行业；不是非公企业；不是中小企业或未填规模"


def test_verdict_names_city_quota_and_counts():
    infeasible = verdict(city(KEY_DRAWN, OTHER_DRAWN, *FRESH), RULE.quota)
    assert infeasible.sentence == (
        "威海市：候选 2 个县（市、区），其中危险化学品重点监管县 0 个；"
        "危险化学品重点监管县须至少 1 个，少 1 个。"
    )
    tight = verdict(city(County("1", "示例县", True), FRESH[0]), RULE.quota)
    assert (tight.sets, tight.label) == (1, "可抽，无候补")
