"""Freeze, seed, run, void, replace."""

import json
import re

import pytest

from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from orgs.models import Organization, Region
from plans import draws, replacing
from plans.draw import draw as algorithm_draw
from plans.draw import list_hash, read_groups
from plans.draws import SeedOutcome
from plans.models import Draw, Pick, Plan, Visit
from plans.proof import differences, proof_of
from tests.factories import plans
from tests.factories.draws import DIGITS

SENTENCE = (
    "每个市抽查2个县（市、区）（至少有1个危险化学品重点监管县），本年度已经抽查过的原则上不再重复。"
)
GOLDEN_HASH = "7a6a45ca863123244d86f76607f44f44c119fa437af500516f60da746a80a944"
GOLDEN_DRAWN = [("示例11县", "示例14县"), ("示例22县", "示例24县")]


def names(draw: Draw, *statuses: str) -> list[str]:
    picks = draw.picks.filter(status__in=statuses).order_by("group__path", "rank")
    return [str(pick) for pick in picks]


def actions(plan: Plan) -> list[str]:
    events = AuditEvent.objects.filter(stream__name=f"plan-{plan.pk}")
    return list(events.order_by("seq").values_list("action", flat=True))


def test_freeze_keeps_the_list_and_its_hash_before_any_seed(pool):
    draw = pool.freeze()
    frozen = json.loads(draw.frozen_list)
    assert (draw.status, draw.seed, draw.run) == ("frozen", "", 1)
    assert [group["name"] for group in frozen["groups"]] == ["示例1市", "示例2市"]
    assert frozen["rule"]["text"] == SENTENCE
    assert frozen["groups"][0]["sets"] == "5"
    assert frozen["groups"][0]["probability"] == {"counted": "3/5", "other": "2/5"}
    assert draw.picks.count() == 0


def test_freeze_with_an_infeasible_city_names_it_and_freezes_nothing(pool):
    Region.objects.filter(parent=pool.cities[1]).update(is_key_chemical=False)
    with pytest.raises(draws.NotFeasible) as error:
        pool.freeze()
    assert str(error.value) == (
        "抽不了，没有冻结任何名单。示例2市：候选 4 个县（市、区），其中危险化学品重点监管县 0 个；"
        "危险化学品重点监管县须至少 1 个，少 1 个。"
    )
    assert Draw.objects.count() == 0


def test_freeze_of_a_plan_that_is_not_published_is_refused(pool):
    Plan.objects.update(status="draft", published_by=None, published_at=None)
    with pytest.raises(Refused, match="发布"):
        pool.freeze()


def test_freeze_again_while_a_draw_stands_is_stale(pool):
    pool.freeze()
    with pytest.raises(StaleState):
        pool.freeze()


def test_seed_needs_two_people_who_agree(pool):
    draw = pool.freeze()
    outcomes = [draws.enter_seed(draw, by=person, digits=DIGITS) for person in pool.people]
    assert outcomes == [SeedOutcome.WAITING, SeedOutcome.AGREED]
    assert draw.seed == DIGITS


def test_seed_of_the_same_person_twice_is_refused(pool):
    draw = pool.freeze()
    draws.enter_seed(draw, by=pool.people[0], digits=DIGITS)
    with pytest.raises(Refused, match="另一人"):
        draws.enter_seed(draw, by=pool.people[0], digits=DIGITS)


def test_seeds_that_differ_are_both_kept_and_entered_again(pool):
    draw, (first, second) = pool.freeze(), pool.people
    draws.enter_seed(draw, by=first, digits=DIGITS)
    assert draws.enter_seed(draw, by=second, digits=DIGITS[::-1]) == SeedOutcome.DIFFERENT
    assert draws.enter_seed(draw, by=second, digits=DIGITS) == SeedOutcome.WAITING
    assert draws.enter_seed(draw, by=first, digits=DIGITS) == SeedOutcome.AGREED
    assert draw.seed_entries.count() == 4


def test_digits_are_in_no_audit_event_before_the_seed_is_settled(pool):
    draw = pool.freeze()
    draws.enter_seed(draw, by=pool.people[0], digits=DIGITS)
    events = AuditEvent.objects.filter(stream__name=f"plan-{pool.plan.pk}")
    assert not any(DIGITS in json.dumps(event.after) for event in events)


def test_published_random_number_needs_one_entry(pool):
    draw = draws.freeze(
        pool.plan,
        by=pool.people[0],
        stage="counties",
        seed_source="beacon",
        seed_source_detail="示例公开随机数第 100 轮",
    )
    assert draws.enter_seed(draw, by=pool.people[0], digits="ab" * 16) == SeedOutcome.AGREED


def test_run_without_a_seed_is_refused(pool):
    with pytest.raises(Refused, match="种子"):
        draws.run(pool.freeze(), by=pool.people[0])


def test_run_stores_every_rank_and_meets_the_quota(pool):
    draw = pool.drawn()
    assert (len(names(draw, "drawn")), len(names(draw, "reserve"))) == (4, 4)
    for city in pool.cities:
        drawn = draw.picks.filter(status="drawn", group=city)
        assert drawn.filter(region__is_key_chemical=True).exists()


def test_frozen_list_and_ranking_are_the_golden_ones_on_any_database(pool):
    text = re.sub(r'"id":\d+', '"id":0', pool.freeze().frozen_list)
    groups, quota = read_groups(json.loads(text))
    rankings = algorithm_draw(groups, quota, hash_=list_hash(text), seed=DIGITS)
    assert list_hash(text) == GOLDEN_HASH
    assert [(one.drawn[0].name, one.drawn[1].name) for one in rankings] == GOLDEN_DRAWN


def test_run_twice_is_stale(pool):
    draw = pool.drawn()
    with pytest.raises(StaleState):
        draws.run(draw, by=pool.people[0])


def test_run_of_a_changed_list_is_refused(pool):
    draw = pool.seeded()
    Draw.objects.update(frozen_list=draw.frozen_list.replace("示例11县", "示例19县"))
    with pytest.raises(Refused, match="哈希"):
        draws.run(draw, by=pool.people[0])
    assert Pick.objects.count() == 0


def test_audit_of_a_draw_tells_every_step(pool):
    draw = pool.drawn()
    draws.void(draw, by=pool.people[0], reason="示例理由")
    assert actions(pool.plan) == [
        "draw.freeze",
        "draw.seed_entry",
        "draw.seed_entry",
        "draw.seed",
        "draw.run",
        "draw.void",
    ]


def test_void_keeps_the_run_and_the_next_has_the_next_number(pool):
    draws.void(pool.drawn(), by=pool.people[0], reason="示例理由")
    assert pool.freeze().run == 2
    assert list(Draw.objects.values_list("run", "status")) == [(1, "void"), (2, "frozen")]


def test_same_list_and_seed_in_another_run_give_another_hash(pool):
    first = pool.drawn()
    draws.void(first, by=pool.people[0], reason="示例理由")
    assert pool.drawn().list_hash != first.list_hash


def test_counties_drawn_this_year_are_out_of_the_next_plan(pool):
    pool.new_plan(1, title="第一次示例督导")
    first = Plan.objects.get(round_number=1)
    Region.objects.filter(level="county").update(is_key_chemical=True)
    drawn = names(pool.drawn(plan=first), "drawn")
    frozen = json.loads(pool.freeze().frozen_list)
    excluded = [one for group in frozen["groups"] for one in group["excluded"]]
    assert sorted(one["name"] for one in excluded) == sorted(drawn)
    assert {one["reason"] for one in excluded} == {"本年度已抽查（第一次示例督导）"}


def tight_second_round(pool) -> None:
    """Every key county of 示例1市 was drawn in the first round."""
    first = pool.new_plan(1, title="第一次示例督导")
    keys = Region.objects.filter(parent=pool.cities[0], is_key_chemical=True)
    draw = pool.drawn(plan=first)
    draw.picks.update(status="reserve")
    for key in keys:
        draw.picks.filter(region=key).update(status="drawn")


def test_release_lets_repeats_in_where_the_pool_is_too_small_only(pool):
    tight_second_round(pool)
    with pytest.raises(draws.NotFeasible):
        pool.freeze()
    draws.relax(pool.plan, by=pool.people[0], reason="示例：重点监管县都已抽查")
    frozen = json.loads(pool.freeze().frozen_list)
    assert [group["relaxed"] for group in frozen["groups"]] == [True, False]
    assert frozen["released"] == "示例：重点监管县都已抽查"


def test_release_where_every_pool_is_large_enough_is_refused(pool):
    with pytest.raises(Refused, match="不需要"):
        draws.relax(pool.plan, by=pool.people[0], reason="示例")
    pool.plan.refresh_from_db()
    assert pool.plan.relaxed_reason == ""


def test_release_after_the_list_is_frozen_is_refused(pool):
    pool.freeze()
    tight_second_round(pool)
    with pytest.raises(Refused, match="已经冻结"):
        draws.relax(pool.plan, by=pool.people[0], reason="示例")


def test_enterprises_are_drawn_in_the_drawn_counties_only(pool):
    counties = names(pool.drawn(), "drawn")
    draw = pool.drawn("enterprises")
    assert list(dict.fromkeys(pick.group.name for pick in draw.picks.all())) == sorted(counties)
    drawn = draw.picks.filter(status="drawn")
    assert drawn.count() == 16
    for county in counties:
        assert drawn.filter(group__name=county, organization__industry="chemical").count() >= 2


def test_enterprises_before_counties_are_refused(pool):
    with pytest.raises(Refused, match="先抽县"):
        pool.freeze("enterprises")


def test_enterprises_that_do_not_suffice_are_named_by_county(pool):
    pool.drawn()
    Organization.objects.filter(kind="enterprise").update(is_private=False)
    with pytest.raises(draws.NotFeasible, match="候选 0 家企业.*须抽 4 家企业，少 4 家"):
        pool.freeze("enterprises")


def test_county_draw_is_not_voided_under_a_standing_enterprise_draw(pool):
    draw = pool.drawn()
    pool.freeze("enterprises")
    with pytest.raises(Refused, match="先作废企业抽取"):
        draws.void(draw, by=pool.people[0], reason="示例")
    with pytest.raises(Refused, match="先作废企业抽取"):
        replacing.replace(
            draw.picks.filter(status="drawn").first(), by=pool.people[0], reason="示例"
        )


def test_replacement_is_the_next_in_rank_that_keeps_the_quota(pool):
    draw = pool.drawn()
    city = draw.picks.filter(group=pool.cities[0])
    keys = list(city.filter(status="drawn", region__is_key_chemical=True))
    reserves = city.filter(status="reserve").order_by("rank")
    expected = (
        reserves.filter(region__is_key_chemical=True).first()
        if len(keys) == 1
        else reserves.first()
    )
    chosen = replacing.replace(keys[0], by=pool.people[0], reason="示例：停产")
    assert (chosen, chosen.status, chosen.replaces) == (expected, "substitute", keys[0])


def test_replacement_where_none_is_left_is_recorded(pool):
    draw = pool.drawn()
    key = draw.picks.filter(group=pool.cities[0], status="drawn", region__is_key_chemical=True)
    draw.picks.filter(group=pool.cities[0], status="reserve").delete()
    pick = key.first()
    assert replacing.replace(pick, by=pool.people[0], reason="示例：停产") is None
    pick.refresh_from_db()
    assert (pick.status, pick.reason) == ("replaced", "示例：停产")
    event = AuditEvent.objects.filter(action="draw.replace").last()
    assert (event.after["by"], event.reason) == ("无可替换", "示例：停产")


def test_replaced_pick_is_not_replaced_again(pool):
    pick = pool.drawn().picks.filter(status="drawn").first()
    replacing.replace(pick, by=pool.people[0], reason="示例")
    with pytest.raises(StaleState):
        replacing.replace(pick, by=pool.people[0], reason="示例")


def test_replacement_cancels_the_visit_unless_its_papers_were_handed_in(pool):
    draw = pool.drawn()
    planned, handed_in = draw.picks.filter(status="drawn")[:2]
    for pick in (planned, handed_in):
        union = Organization.objects.create(kind="union", name=f"{pick}总工会", region=pick.region)
        plans.visit(pool.plan, None, union, pick=pick)
    Visit.objects.filter(pick=handed_in).update(
        status="submitted",
        total=10,
        content_hash="0" * 64,
        submitted_by=pool.people[0],
        submitted_at="2017-12-06T10:00+08:00",
    )
    replacing.replace(planned, by=pool.people[0], reason="示例")
    told_of_cancelling(Visit.objects.get(pick=planned), pool.people[0], "被替换：示例")
    with pytest.raises(Refused, match="已提交"):
        replacing.replace(handed_in, by=pool.people[0], reason="示例")
    handed_in.refresh_from_db()
    assert handed_in.status == "drawn"


def told_of_cancelling(visit, by, reason):
    """The visit's own history and the audit chain both say who cancelled it, and why."""
    [event] = visit.events.all()
    said = (event.move, event.source, event.target, event.by, event.note)
    assert said == ("cancel", "planned", "cancelled", by, reason)
    last = AuditEvent.objects.filter(stream__name=visit.stream).latest("seq")
    assert (last.action, last.reason) == ("visit.cancel", reason)
    assert visit.status == "cancelled"


def test_void_cancels_every_visit_with_an_event(pool):
    draw = pool.drawn()
    picks = draw.picks.filter(status="drawn")[:2]
    for pick in picks:
        union = Organization.objects.create(kind="union", name=f"{pick}总工会", region=pick.region)
        plans.visit(pool.plan, None, union, pick=pick)
    draws.void(draw, by=pool.people[0], reason="示例")
    for pick in picks:
        told_of_cancelling(Visit.objects.get(pick=pick), pool.people[0], "抽取作废：示例")


def test_proof_of_a_draw_with_replacements_agrees(pool):
    draw = pool.drawn()
    for pick in list(draw.picks.filter(status="drawn")):
        replacing.replace(pick, by=pool.people[0], reason="示例")
    draw.refresh_from_db()
    assert differences(proof_of(draw)) == []
