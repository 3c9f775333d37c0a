"""A plan is made in the browser, step by step, and published when it lacks nothing."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from plans import actions, source2017
from plans.models import Plan
from plans.source2017 import SHANDONG
from tests.edits import save, seen_on
from tests.factories import plans as factory
from tests.factories.rubrics import small_version

ROUND = {
    "year": 2017,
    "round_number": 3,
    "starts_on": "2017-12-01",
    "visits_end_on": "2017-12-08",
}


def step(plan, key):
    return reverse(f"plans:plan_{key}", args=[plan.pk])


def basis_data(plan, **changes):
    fields = ("title", "year", "round_number", "materials_days", "basis", "tasks", "contents")
    data = {name: getattr(plan, name) for name in fields}
    dates = {"starts_on": "2017-12-01", "visits_end_on": "2017-12-08"}
    texts = {"requirements": plan.requirements, "methods": plan.methods}
    return data | dates | texts | changes


def test_template_is_one_click_and_has_the_rule_of_source_1(world, as_):
    answer = as_(world.province).post(reverse("plans:plan_create"), ROUND | {"start": "shandong"})
    plan = Plan.objects.get(round_number=3)
    assert answer.url == step(plan, "basis")
    assert plan.sampling == source2017.SAMPLING
    assert plan.methods == ["查阅资料", "实地走访", "座谈交流", "个别交流"]
    assert "12月8日前完成督导工作" in plan.requirements
    assert [p.scorer for p in plan.phases.all()] == ["team"]


def test_empty_plan_has_no_texts(world, as_):
    as_(world.province).post(reverse("plans:plan_create"), ROUND | {"start": "empty"})
    plan = Plan.objects.get(round_number=3)
    assert (plan.basis, plan.sampling, plan.methods) == ("", {}, [])


def test_second_plan_of_the_same_round_is_refused_at_its_field(world, as_):
    answer = as_(world.province).post(
        reverse("plans:plan_create"), ROUND | {"round_number": 2, "start": "shandong"}
    )
    assert "已有方案" in answer.content.decode()
    assert Plan.objects.count() == 1


def test_wording_of_2017_is_the_issued_one():
    texts = SHANDONG.wording(2017, 2, date(2017, 12, 1), date(2017, 12, 8))
    assert texts["basis"] == source2017.BASIS
    assert texts["tasks"] == source2017.TASKS
    assert texts["requirements"] == source2017.REQUIREMENTS
    assert source2017.title(2017, 2) == "2017年“查保促”工作第二次督导"


def test_methods_read_as_issued():
    assert Plan(methods=source2017.METHODS).methods_sentence == SHANDONG.methods_wording
    assert Plan(methods=["查阅资料"]).methods_sentence == "采取查阅资料等方式，确保督导效果。"


def test_wording_of_another_round_changes_year_round_and_date():
    texts = SHANDONG.wording(2026, 1, date(2026, 11, 1), date(2026, 11, 30))
    assert texts["tasks"].startswith("2026年11月30日前，")
    assert "第一次集中督导" in texts["basis"]


def test_step_saves_and_leads_to_the_next(world, as_, draft):
    data = basis_data(draft, title="新名称", other_methods="明查、暗访")
    answer = save(as_(world.province), step(draft, "basis"), data)
    draft.refresh_from_db()
    assert answer.url == step(draft, "rubrics")
    assert draft.title == "新名称"
    assert draft.methods == [*source2017.METHODS, "明查", "暗访"]


def test_plan_asks_for_two_reviewers_and_says_where_there_is_one(world, as_, draft):
    browser = as_(world.province)
    save(browser, step(draft, "basis"), basis_data(draft, four_eyes="on"))
    draft.refresh_from_db()
    assert draft.four_eyes
    checks = step(draft, "check")
    assert "本单位能审核的只有" not in browser.get(checks).content.decode()
    assert "一人初审，另一人确认" in browser.get(checks).content.decode()
    type(world.province2).objects.filter(pk=world.province2.pk).update(is_active=False)
    assert "而本单位能审核的只有 1 人" in browser.get(checks).content.decode()


def test_step_head_saves_before_it_leads_elsewhere(world, as_, draft):
    data = basis_data(draft, title="新名称", go="phases")
    answer = save(as_(world.province), step(draft, "basis"), data)
    assert answer.url == step(draft, "phases")
    assert Plan.objects.get(pk=draft.pk).title == "新名称"


def test_step_with_an_error_keeps_what_was_typed(world, as_, draft):
    data = basis_data(draft, basis="打了一半的依据", visits_end_on="2017-11-01")
    page = save(as_(world.province), step(draft, "basis"), data).content.decode()
    assert "打了一半的依据" in page
    assert "督导完成日期不能早于开始日期。" in page
    assert Plan.objects.get(pk=draft.pk).basis == source2017.BASIS.replace("第二次", "第三次")


def test_autosave_says_when_it_saved(world, as_, draft):
    data = basis_data(draft, title="新名称")
    answer = save(as_(world.province), step(draft, "basis"), data, headers={"HX-Request": "true"})
    assert "草稿已保存" in answer.content.decode()


def test_autosave_with_an_error_is_422(world, as_, draft):
    data = basis_data(draft, title="")
    answer = save(as_(world.province), step(draft, "basis"), data, headers={"HX-Request": "true"})
    assert answer.status_code == 422


RULE = {
    "per_city": 2,
    "key_at_least": 1,
    "avoid_repeats": "in_principle",
    "per_county": 4,
    "high_risk": "1",
    "private": "1",
    "small_or_medium": "1",
    "industry": "chemical",
    "industry_at_least": 2,
}


def test_rule_form_stores_the_shape_of_source_1(world, as_, draft):
    actions.save_draft(draft, by=world.province, sampling={})
    save(as_(world.province), step(draft, "rule"), RULE)
    draft.refresh_from_db()
    assert draft.sampling == source2017.SAMPLING


def test_rule_can_ask_for_less(world, as_, draft):
    save(as_(world.province), step(draft, "rule"), RULE | {"high_risk": "", "private": ""})
    draft.refresh_from_db()
    assert draft.sampling["enterprises"]["high_risk"] is False


def test_rule_asking_more_than_it_draws_is_refused_at_the_field(world, as_, draft):
    page = save(as_(world.province), step(draft, "rule"), RULE | {"key_at_least": 3})
    assert "至少的重点监管县数不能多于每市抽的县数。" in page.content.decode()


def test_rule_page_says_of_each_city_whether_it_can_be_drawn(world, as_, draft):
    page = as_(world.province).get(step(draft, "rule")).content.decode()
    assert "2 市不可抽" in page
    assert "甲市：候选 2 个县（市、区），其中危险化学品重点监管县 0 个" in page


def test_autosave_of_the_rule_recalculates_the_table(world, as_, draft):
    data = RULE | {"key_at_least": 0}
    answer = save(as_(world.province), step(draft, "rule"), data, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "草稿已保存" in page
    assert 'id="feasibility" hx-swap-oob="true"' in page
    assert "1 市可抽" in page
    assert "套用原文的规则" in page


def test_source_rule_is_one_click(world, as_, draft):
    actions.save_draft(draft, by=world.province, sampling={})
    person = as_(world.province)
    seen = {"seen": seen_on(person, step(draft, "rule"))}
    person.post(reverse("plans:plan_use_source_rule", args=[draft.pk]), seen)
    draft.refresh_from_db()
    assert draft.sampling == source2017.SAMPLING


def phase_rows(*rows):
    data = {"phase-TOTAL_FORMS": len(rows), "phase-INITIAL_FORMS": 0}
    for n, (name, scorer, start, end) in enumerate(rows):
        data |= {f"phase-{n}-name": name, f"phase-{n}-scorer": scorer}
        data |= {f"phase-{n}-starts_on": start, f"phase-{n}-ends_on": end}
    return data


def test_phases_are_kept_in_order_of_dates(world, as_, draft):
    rows = phase_rows(
        ("督导", "team", "2017-12-04", "2017-12-08"),
        ("自查自纠", "self", "2017-12-01", "2017-12-03"),
    )
    save(as_(world.province), step(draft, "phases"), rows)
    assert [(p.order, p.name) for p in draft.phases.all()] == [(1, "自查自纠"), (2, "督导")]


def test_check_page_links_to_what_is_missing(world, as_, draft):
    actions.save_draft(draft, by=world.province, contents="", sampling={})
    page = as_(world.province).get(step(draft, "check")).content.decode()
    assert "没有填写“督导内容”" in page
    assert f'href="{step(draft, "rule")}"' in page
    assert "还差" in page


def test_publishing_an_incomplete_plan_names_what_is_missing(world, as_, draft):
    actions.save_draft(draft, by=world.province, contents="")
    client = as_(world.province)
    answer = client.post(reverse("plans:plan_publish", args=[draft.pk]), follow=True)
    assert "没有填写“督导内容”" in answer.content.decode()
    assert Plan.objects.get(pk=draft.pk).status == "draft"


def test_published_plan_is_stamped_audited_and_no_longer_edited(world, as_, draft):
    add_enterprise_table(world, draft)
    client = as_(world.province)
    client.post(reverse("plans:plan_publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert (draft.status, draft.published_by) == ("published", world.province)
    assert list(events(draft)) == ["plan.create", "plan.rubrics", "plan.publish"]
    assert client.get(step(draft, "basis")).url == reverse("plans:plan_detail", args=[draft.pk])
    client.post(step(draft, "basis"), basis_data(draft, title="改"))
    assert Plan.objects.get(pk=draft.pk).title != "改"


def add_enterprise_table(world, plan):
    version = small_version("enterprise_union")
    versions = {"county_union": world.version, "enterprise_union": version}
    actions.save_rubrics(plan, by=world.province, versions=versions)


def events(plan):
    found = AuditEvent.objects.filter(stream__name=plan.stream)
    return found.values_list("action", flat=True)


def test_cancel_needs_a_reason(world, as_, draft):
    url = reverse("plans:plan_cancel", args=[draft.pk])
    as_(world.province).post(url, {"reason": " "})
    assert Plan.objects.get(pk=draft.pk).status == "draft"
    as_(world.province).post(url, {"reason": "年度计划调整"})
    draft.refresh_from_db()
    assert (draft.status, draft.cancelled_reason) == ("cancelled", "年度计划调整")


def test_cancel_takes_planned_visits_along_with_the_reason(world):
    actions.cancel(world.plan, by=world.province, reason="改期")
    assert set(world.plan.visits.values_list("status", "cancelled_reason")) == {
        ("cancelled", "改期")
    }
    for visit in world.plan.visits.all():
        assert list(visit.events.values_list("move", "note")) == [("cancel", "改期")]
        last = AuditEvent.objects.filter(stream__name=visit.stream).latest("seq")
        assert (last.action, last.reason) == ("visit.cancel", "改期")


def test_cancel_is_refused_once_papers_exist(world, as_):
    world.visit.status = "filling"
    world.visit.save()
    url = reverse("plans:plan_cancel", args=[world.plan.pk])
    answer = as_(world.province).post(url, {"reason": "改期"}, follow=True)
    assert "已有督导开始填写" in answer.content.decode()
    assert Plan.objects.get(pk=world.plan.pk).status == "published"


def test_close_waits_for_every_visit(world, as_):
    url = reverse("plans:plan_close", args=[world.plan.pk])
    answer = as_(world.province).post(url, follow=True)
    assert "还有 3 次督导没有确认" in answer.content.decode()
    world.plan.visits.update(status="cancelled", cancelled_reason="示例")
    as_(world.province).post(url)
    assert Plan.objects.get(pk=world.plan.pk).status == "closed"


@pytest.mark.parametrize("name", ["basis", "rubrics", "rule", "teams", "phases", "check"])
def test_every_step_opens_for_the_issuer_only(world, as_, draft, name):
    assert as_(world.province).get(step(draft, name)).status_code == 200
    assert as_(world.city_a).get(step(draft, name)).status_code == 404
    assert as_(world.leader).get(step(draft, name)).status_code == 404


def test_team_member_reads_the_published_plan_and_cannot_move_it(world, as_):
    client = as_(world.leader)
    assert client.get(reverse("plans:plan_detail", args=[world.plan.pk])).status_code == 200
    assert client.post(reverse("plans:plan_close", args=[world.plan.pk])).status_code == 403


def test_list_shows_only_plans_of_ones_own_scope(world, as_, draft):
    page = as_(world.leader).get(reverse("plans:plan_list")).context["page"]
    assert [plan.pk for plan in page] == [world.plan.pk]
    assert list(as_(world.city_a).get(reverse("plans:plan_list")).context["page"]) == []


@pytest.mark.parametrize("more", [0, 2])
def test_list_asks_the_same_number_of_queries(world, as_, django_assert_num_queries, more):
    for n in range(more):
        factory.plan(
            world.orgs["province_union"], world.province, version=world.version, round_number=5 + n
        )
    client = as_(world.province)
    with django_assert_num_queries(10):
        client.get(reverse("plans:plan_list"))
