"""An event is told as a sentence, and its values in words: only those that changed."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from audit.lines import changes, event_lines
from audit.models import AuditEvent
from audit.record import record
from plans import actions as plan_actions
from plans.models import Phase
from scoring import actions, comments, signing
from scoring.answers import save_point
from scoring.entries import Entry
from scoring.freeze import content_hash
from tests.factories import papers
from tests.factories.orgs import OrganizationFactory

LIST = reverse("audit:event_list")


def told(kind, before, after):
    return [(one.name, one.before, one.after) for one in changes(kind, before, after)]


@pytest.mark.parametrize(
    ("kind", "before", "after", "words"),
    [
        ("plans.visit", {"status": "filling"}, {"status": "signing"}, "状态 填写中 待签字"),
        ("plans.draw", {}, {"status": "drawn"}, "状态  已抽取"),
        ("orgs.organization", {"is_private": False}, {"is_private": True}, "非公 否 是"),
        ("orgs.organization", {"size": "small"}, {"size": ""}, "规模 小型 （空）"),
        ("orgs.user", {}, {"organization": "甲市总工会#12"}, "单位  甲市总工会"),
        ("scoring.finding", {}, {"text": "见附图#3"}, "文字  见附图#3"),
        ("plans.visit", {"visit_on": None}, {"visit_on": "2017-12-05"}, "督导日期  2017年12月5日"),
        ("plans.visit", {}, {"starts_at": "09:00:00"}, "开始时间  09:00"),
        ("plans.visit", {}, {"total": "47.50"}, "总得分  47.5"),
        ("scoring.answer", {}, {"inputs": {"verdict": "partly"}}, "填报  部分"),
        ("attachments.attachment", {}, {"slot": "7-2"}, "位置  得分点 7-2"),
        ("no.model", {}, {"no_field": "x"}, "no_field  x"),
    ],
)
def test_value_is_told_in_words(db, kind, before, after, words):
    assert [" ".join(one) for one in told(kind, before, after)] == [words]


def test_what_did_not_change_is_not_told(db):
    before = {"code": "1-1", "status": "filling", "team": ""}
    after = {"code": "1-1", "status": "filling", "team": "", "note": "", "not_applicable": False}
    assert told("plans.visit", before, after | {"cancelled": 0, "inputs": {"points": "2"}}) == []


def test_fingerprint_is_shortened_and_comes_last(db):
    found = changes("plans.visit", {}, {"content_hash": "a1" * 32, "status": "submitted"})
    assert [(one.name, one.after) for one in found] == [
        ("状态", "已提交"),
        ("内容哈希", "a1a1a1a1a1a1a1a1…"),
    ]


def latest():
    [line] = event_lines([AuditEvent.objects.latest("pk").pk]).values()
    return line


def test_mark_is_told_with_its_unit(world):
    sheet = papers.started(world.visit, world.leader)
    save_point(sheet, "1-1", Entry({"points": "2"}), by=world.member, id=uuid4(), base=0)
    line = latest()
    assert line.target_label == "得分点 1-1"
    assert line.text == f"给{world.visit.target}的得分点 1-1打分"
    # PostgreSQL keeps the keys of JSON in an order of its own
    assert {tuple(change[:3]) for change in line.changes} == {
        ("得分", "", "2"),
        ("认定", "", "已填"),
    }


def test_signature_names_the_signer(world):
    visit = papers.signed(world)
    sheet = actions.present(visit)
    signing.sign(sheet, by=world.leader, seen=content_hash(sheet))
    signed = {change.name: change.after for change in latest().changes}
    assert (signed["账号"], signed["角色"]) == (world.leader.name, "组长")


def test_settled_comment_says_which(world):
    visit = papers.submitted(world)
    sheet = visit.sheets.get(revision=visit.revision)
    comment = comments.add(sheet, by=world.province, text="请补佐证")
    comments.resolve(comment, by=world.province)
    assert latest().changes[0][:3] == ("文字", "", "请补佐证")


def test_rule_and_phases_are_told_as_the_plan_says_them(world):
    plan = plan_actions.create(
        OrganizationFactory(region=world.regions["province"], kind="union"),
        by=world.province,
        year=2017,
        round_number=7,
        starts_on=date(2017, 12, 1),
        visits_end_on=date(2017, 12, 8),
        template="shandong",
    )
    assert latest().changes[0].after == "2017年第二次督导方案"
    day = date(2017, 12, 1)
    phase = {"name": "自查", "scorer": Phase.Scorer.SELF, "starts_on": day, "ends_on": day}
    plan_actions.save_phases(plan, by=world.province, phases=[phase])
    assert latest().changes[0].after == "自查（单位自查，2017-12-01 至 2017-12-01）"
    rule = plan.sampling | {"counties": plan.sampling["counties"] | {"per_city": 3}}
    plan_actions.save_draft(plan, by=world.province, sampling=rule)
    [change] = latest().changes
    assert "每个市抽查2个县" in change.before
    assert "每个市抽查3个县" in change.after


def test_account_whose_telephone_alone_changed_says_so(world):
    with transaction.atomic():
        record("user.change", world.leader, by=world.admin, stream="orgs")
    assert [tuple(one[:3]) for one in latest().changes] == [
        ("联系方式", "", "改的是电话或邮箱，号码不记入")
    ]


def test_conditions_stand_as_chips_that_can_be_taken_off(as_, world):
    with transaction.atomic():
        record("visit.start", world.visit, by=world.leader, stream=world.visit.stream)
    query = {"actor": world.leader.pk, "stream": world.visit.stream, "since": "2017-01-01"}
    found = as_(world.admin).get(LIST, query).context["chips"]
    assert [chip.text for chip in found] == [
        f"操作人：{world.leader.name}",
        f"整条链：{world.visit.target}",
    ]
    assert found[0].without == f"stream={world.visit.stream}&since=2017-01-01"


def test_period_includes_both_of_its_days(as_, world):
    with transaction.atomic():
        record("visit.start", world.visit, by=world.leader, stream="s")
    today = localdate().isoformat()
    page = as_(world.admin).get(LIST, {"since": today, "until": today})
    assert len(page.context["page"]) == 1
    [(day, events)] = page.context["days"]
    assert (day[:4], len(events)) == (today[:4], 1)


def test_period_that_ends_before_it_begins_is_refused_in_words(as_, world):
    page = as_(world.admin).get(LIST, {"since": "2017-12-02", "until": "2017-12-01"})
    assert "“到”早于“从”，请改一个日期。" in page.content.decode()
