"""省医务工会 draws its own units: who is in the pool, what is drawn, replaced, visited, seen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from chabaocu.errors import Refused
from orgs.models import Organization
from orgs.roles import Role
from plans import actions, draws
from plans.actions.visit import replace_visit
from plans.models import Draw, Plan, Visit
from plans.people import in_reach
from plans.proof import differences, proof_of
from tests.factories.draws import DIGITS
from tests.factories.medical import Hospitals
from tests.factories.orgs import OrganizationFactory, UserFactory

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hospitals(db) -> Hospitals:
    return Hospitals()


def frozen(hospitals, stage: str, plan: Plan | None = None) -> Draw:
    return draws.freeze(
        plan or hospitals.plan,
        by=hospitals.people[0],
        stage=stage,
        seed_source="dice",
        seed_source_detail="示例会议室，十面骰 20 次",
    )


def drawn(hospitals, stage: str) -> Draw:
    draw = frozen(hospitals, stage)
    for person in hospitals.people:
        draws.enter_seed(draw, by=person, digits=DIGITS)
    return draws.run(draw, by=hospitals.people[0])


def test_pool_is_what_hangs_below_the_issuer_and_nothing_else(hospitals):
    groups = json.loads(frozen(hospitals, "medical_unit").frozen_list)["groups"]
    named = {group["name"]: [one["name"] for one in group["candidates"]] for group in groups}
    assert named == {
        city.name: [f"{city.name}示例{n}医院" for n in range(1, 5)] for city in hospitals.cities
    }


def test_city_unions_are_one_group_over_all(hospitals):
    [group] = json.loads(frozen(hospitals, "medical_city").frozen_list)["groups"]
    assert [one["name"] for one in group["candidates"]] == ["示例1市医务工会", "示例2市医务工会"]


def test_closed_units_are_no_candidates(hospitals):
    Organization.objects.filter(pk=hospitals.hospitals[0].pk).update(closed_on="2017-01-01")
    groups = json.loads(frozen(hospitals, "medical_unit").frozen_list)["groups"]
    assert [len(group["candidates"]) for group in groups] == [3, 4]


def test_stages_are_independent_and_those_of_another_rule_are_refused(hospitals):
    assert frozen(hospitals, "medical_unit").stage == "medical_unit"
    with pytest.raises(Refused, match="按本方案的规则不抽县"):
        frozen(hospitals, "counties")


def test_city_with_too_few_units_is_named_and_nothing_is_frozen(hospitals):
    Organization.objects.filter(pk__in=[one.pk for one in hospitals.hospitals[1:4]]).update(
        industry="other"
    )
    with pytest.raises(draws.NotFeasible) as error:
        frozen(hospitals, "medical_unit")
    assert str(error.value) == (
        "抽不了，没有冻结任何名单。示例1市：候选 1 家医疗卫生单位；须抽 2 家医疗卫生单位，少 1 家。"
    )
    assert Draw.objects.count() == 0


def test_drawn_units_become_visits_of_their_kind(hospitals):
    drawn(hospitals, "medical_city")
    drawn(hospitals, "medical_unit")
    outcome = actions.create_visits(hospitals.plan, by=hospitals.people[0])
    kinds = hospitals.plan.visits.order_by("target_kind").values_list("target_kind", flat=True)
    assert (outcome.made, list(kinds)) == (5, ["medical_city"] + ["medical_unit"] * 4)


def test_unit_that_cannot_be_visited_is_replaced_with_the_reason(hospitals):
    draw = drawn(hospitals, "medical_unit")
    actions.create_visits(hospitals.plan, by=hospitals.people[0])
    pick = draw.picks.standing().first()
    chosen = replace_visit(pick, by=hospitals.people[0], reason="医院正在搬迁")
    assert (chosen.replaces, chosen.group_id) == (pick, pick.group_id)
    assert Visit.objects.get(pick=pick).cancelled_reason == "被替换：医院正在搬迁"
    assert Visit.objects.get(pick=chosen).status == "planned"
    draw.refresh_from_db()
    assert [step["reason"] for step in draw.result["replacements"]] == ["医院正在搬迁"]
    assert differences(proof_of(draw)) == []


def test_stand_alone_verifier_agrees_and_sees_a_swapped_unit(hospitals, tmp_path):
    proof = proof_of(drawn(hospitals, "medical_unit"))
    assert verified(proof, tmp_path) == 0
    drawn_, reserves = (proof["result"]["groups"][0][key] for key in ("drawn", "reserves"))
    drawn_[0], reserves[0] = reserves[0], drawn_[0]
    assert verified(proof, tmp_path) == 1


def verified(proof, folder) -> int:
    file = folder / "proof.json"
    file.write_text(json.dumps(proof, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, str(ROOT / "tools" / "verify_draw.py"), str(file)]
    return subprocess.run(command, check=False, capture_output=True).returncode


def test_issuer_sees_its_own_round_and_no_neighbour_does(hospitals):
    drawn(hospitals, "medical_unit")
    actions.create_visits(hospitals.plan, by=hospitals.people[0])
    union = OrganizationFactory(name="山东省总工会", region=hospitals.province)
    city = OrganizationFactory(name="示例1市总工会", region=hospitals.cities[0])
    strangers = [
        UserFactory(organization=hospitals.neighbour, role=Role.PROVINCE_STAFF),
        UserFactory(organization=union, role=Role.PROVINCE_STAFF),
        UserFactory(organization=city, role=Role.UNION_STAFF),
        UserFactory(organization=hospitals.unions[0], role=Role.UNION_STAFF),
    ]
    own = hospitals.people[1]
    for model, number in [(Plan, 1), (Draw, 1), (Visit, 4)]:
        assert model.objects.visible_to(own).count() == number
        assert [model.objects.visible_to(one).count() for one in strangers] == [0] * 4


def test_issuer_sees_no_round_of_the_province(world):
    person = UserFactory(organization=world.orgs["industrial_union"], role=Role.PROVINCE_STAFF)
    assert (Plan.objects.visible_to(person).count(), Visit.objects.visible_to(person).count()) == (
        0,
        0,
    )


def test_teams_come_from_the_issuer_and_its_own_unions(hospitals):
    below = UserFactory(organization=hospitals.unions[0], role=Role.UNION_STAFF)
    UserFactory(organization=hospitals.neighbour, role=Role.UNION_STAFF)
    assert set(in_reach(hospitals.plan)) == {*hospitals.people, below}


def test_workbench_shows_both_kinds_and_draws_them(hospitals, as_):
    page = as_(hospitals.people[0]).get(reverse("plans:draw_detail", args=[hospitals.plan.pk]))
    text = page.content.decode()
    assert "抽各市医务工会" in text
    assert "示例1市：候选 4 家医疗卫生单位，可抽。" in text
    assert "危险化学品" not in text


def test_pages_of_the_draw_speak_of_the_units(hospitals, as_):
    draw = drawn(hospitals, "medical_unit")
    client = as_(hospitals.people[0])
    told = client.get(reverse("plans:draw_ceremony", args=[draw.pk])).content.decode()
    assert "抽取结果：2 市 4 家医疗卫生单位" in " ".join(told.split())
    for name in ("plans:draw_notice", "plans:draw_detail"):
        page = client.get(reverse(name, args=[draw.pk if "notice" in name else draw.plan_id]))
        assert page.status_code == 200
        assert "★" not in page.content.decode()
    public = client.get(reverse("draw_public", args=[draw.code])).content.decode()
    assert "一致" in public


@pytest.mark.parametrize("more", [0, 2])
def test_workbench_asks_the_same_number_of_queries(hospitals, as_, django_assert_num_queries, more):
    for n in range(more):
        hospitals.hospital(f"示例另{n}医院", hospitals.cities[0], hospitals.unions[0])
    client = as_(hospitals.people[0])
    with django_assert_num_queries(13):
        client.get(reverse("plans:draw_detail", args=[hospitals.plan.pk]))


def test_audit_names_the_stage(hospitals):
    draw = drawn(hospitals, "medical_unit")
    events = AuditEvent.objects.filter(stream__name=hospitals.plan.stream)
    assert [event.action for event in events.order_by("seq")][-1] == "draw.run"
    assert draw.label == "医疗卫生单位抽取"
