"""The editor: each chapter saved on its own, nobody overwritten unseen, frozen once issued."""

import json
import re

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from briefs import actions
from briefs.models import Brief, Chapter
from briefs.typed import print_of
from chabaocu.errors import Refused, StaleState
from tests.analysis import rounds
from tests.cast import build_world
from tests.factories import briefs, papers
from tests.races import at_once
from tests.sessions import logged_in

EDITORS = 6
EDITOR, FIGURES = 5, 21  # queries, the second for two kinds of unit
CHANGED = ("opening", "situation", "problems")
WAITING = "（本轮记录里没有摘到，请补写。）"


def typed(chapter, text, heading=None, **more):
    """What the page of this chapter sends."""
    heading = chapter.heading if heading is None else heading
    said = {"heading": heading, "text": text, "version": chapter.version}
    said["print"] = print_of(chapter.heading, chapter.text)
    return {f"{name}-{chapter.pk}": value for name, value in said.items()} | more


def post(world, brief, name="brief_save", data=None, *args, by="province", **headers):
    address = reverse(f"briefs:{name}", args=[brief.pk, *args])
    return logged_in(world.people[by]).post(address, data or {}, headers=headers)


def by_another(world, brief):
    """A colleague saved the opening after this page was opened."""
    one = briefs.chapter(brief, "opening")
    actions.write(one, version=0, heading="", text="别人的", by=world.province2)


@pytest.mark.django_db
def test_chapters_are_saved_together(world):
    brief = briefs.begun(world)
    one, two = briefs.chapter(brief, "opening"), briefs.chapter(brief, "next")
    assert (
        post(world, brief, data=typed(one, "甲") | typed(two, "乙\r\n丙", "打算")).status_code
        == 302
    )
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.text, two.text, two.heading, two.version) == ("甲", "乙\n丙", "打算", 1)
    assert AuditEvent.objects.filter(action="brief.write").count() == 2


@pytest.mark.django_db
def test_untouched_chapter_takes_no_part(world):
    brief = briefs.begun(world)
    seen, other = briefs.chapter(brief, "opening"), briefs.chapter(brief, "next")
    by_another(world, brief)
    data = typed(seen, seen.text) | typed(other, "我的")
    assert post(world, brief, data=data).status_code == 302
    assert briefs.chapter(brief, "opening").text == "别人的"
    assert briefs.chapter(brief, "next").text == "我的"


@pytest.mark.django_db
def test_second_of_two_editors_sees_both_texts(world):
    brief = briefs.begun(world)
    seen, other = briefs.chapter(brief, "opening"), briefs.chapter(brief, "next")
    by_another(world, brief)
    answer = post(world, brief, data=typed(seen, "我的") | typed(other, "也是我的"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "示例province2" in html
    assert "别人的" in html
    assert ">\n我的</textarea>" in html
    assert briefs.chapter(brief, "next").text == "也是我的"  # nobody else touched it
    over = re.search(r'name="(over-\d+)" value="(\d+)"', html)
    fresh = re.search(rf'name="print-{seen.pk}" value="(\w*)"', html)
    data = typed(seen, "我的") | {f"print-{seen.pk}": fresh[1], over[1]: over[2]}
    assert post(world, brief, data=data).status_code == 302
    assert briefs.chapter(brief, "opening").text == "我的"


@pytest.mark.django_db
def test_who_gives_up_theirs_keeps_the_other(world):
    brief = briefs.begun(world)
    seen = briefs.chapter(brief, "opening")
    by_another(world, brief)
    data = typed(seen, "我的") | {f"drop-{seen.pk}": "1"}
    assert post(world, brief, data=data).status_code == 302
    assert briefs.chapter(brief, "opening").text == "别人的"


@pytest.mark.django_db
def test_script_is_told_what_is_saved(world):
    brief = briefs.begun(world)
    seen = briefs.chapter(brief, "opening")
    answer = post(world, brief, data=typed(seen, "甲"), accept="application/json")
    saved = json.loads(answer.content)["saved"][str(seen.pk)]
    assert saved == {"version": 1, "print": print_of("", "甲")}
    late = post(world, brief, data=typed(seen, "乙"), accept="application/json")
    assert late.status_code == 409
    assert json.loads(late.content)["refused"] == [seen.pk]
    assert briefs.chapter(brief, "opening").text == "甲"


@pytest.mark.django_db
def test_too_long_a_text_is_refused_at_its_chapter(world):
    brief = briefs.begun(world)
    answer = post(world, brief, data=typed(briefs.chapter(brief, "next"), "长" * 20001))
    assert answer.status_code == 409
    assert "正文不超过 20000 字，现在 20001 字" in answer.content.decode()


@pytest.mark.django_db
def test_buttons_of_chapters_keep_what_was_typed(world):
    brief = briefs.begun(world)
    first, second = brief.chapters.all()[:2]
    assert post(world, brief, "chapter_up", typed(first, "写到一半"), second.pk).status_code == 302
    first.refresh_from_db()
    assert first.text == "写到一半"
    assert [one.pk for one in brief.chapters.all()[:2]] == [second.pk, first.pk]
    post(world, brief, "chapter_down", {}, second.pk)
    post(world, brief, "chapter_remove", {}, brief.chapters.last().pk)
    post(world, brief, "chapter_add", {"new_heading": "特色亮点"})
    told = [one.heading for one in brief.chapters.all()]
    assert told == ["", "基本情况", "主要做法和工作亮点", "存在的问题", "意见建议", "特色亮点"]


@pytest.mark.django_db
def test_number_that_changed_is_marked_until_somebody_looked(world):
    brief = briefs.begun(world)
    papers.confirmed(world)
    client = logged_in(world.province)
    page = reverse("briefs:brief_figures", args=[brief.pk])
    assert f'hx-get="{page}"' in post(world, brief, "chapter_add").content.decode()
    html = client.get(page).content.decode()  # without script
    assert "审核确认的县级以上工会</a>：<del>0</del> → <b>1</b>" in html
    pieces = client.get(page, headers={"HX-Request": "true"}).content.decode()
    changed = [pk for pk in brief.chapters.values_list("pk", flat=True) if f"mark-{pk}" in pieces]
    assert changed == [briefs.chapter(brief, name).pk for name in CHANGED]
    assert pieces.count("<textarea") == 0
    assert "<del>0</del> → <b>1</b>" in pieces
    for chapter in brief.chapters.exclude(slug=""):
        assert post(world, brief, "chapter_check", {}, chapter.pk).status_code == 302
    assert "未核对" not in client.get(page).content.decode()
    assert "县级以上工会1个" not in briefs.chapter(brief, "situation").text  # text is left alone


@pytest.mark.django_db
def test_new_draft_is_shown_before_it_is_taken(world):
    brief = briefs.begun(world)
    chapter = briefs.chapter(brief, "situation")
    actions.write(chapter, version=0, heading="基本情况", text="我改写的", by=world.province)
    papers.confirmed(world)
    assert post(world, brief, "chapter_draft", {}, chapter.pk).status_code == 302
    page = reverse("briefs:chapter_redraft", args=[brief.pk, chapter.pk])
    html = logged_in(world.province).get(page).content.decode()
    assert "<del>我改写的</del>" in html
    assert briefs.chapter(brief, "situation").text == "我改写的"
    seen = dict(re.findall(r'name="(version|print)" value="([^"]*)"', html))
    assert (
        post(world, brief, "chapter_redraft", seen | {"version": 0}, chapter.pk).status_code == 409
    )
    assert post(world, brief, "chapter_redraft", seen, chapter.pk).status_code == 302
    assert "评分1份" in briefs.chapter(brief, "situation").text


@pytest.mark.django_db
def test_new_draft_that_changed_meanwhile_is_shown_again(world):
    brief = briefs.begun(world)
    chapter = briefs.chapter(brief, "situation")
    seen = {"version": 0, "print": print_of("", chapter.text)}
    papers.confirmed(world)
    assert post(world, brief, "chapter_redraft", seen, chapter.pk).status_code == 409
    assert briefs.chapter(brief, "situation").version == 0


@pytest.mark.django_db
def test_report_with_a_gap_is_not_issued(world):
    brief = briefs.begun(world)
    with pytest.raises(Refused, match="主要做法和工作亮点”里还有"):
        actions.issue(brief, by=world.province)
    one = briefs.chapter(brief, "highlights")
    actions.write(one, version=0, heading=one.heading, text="", by=world.province)
    with pytest.raises(Refused, match="主要做法和工作亮点”还没有写"):
        actions.issue(brief, by=world.province)


@pytest.mark.django_db
def test_issued_report_never_changes(world):
    brief = briefs.issued(world)
    assert brief.content_hash == actions.content_hash(brief, list(brief.chapters.all()))
    one = briefs.chapter(brief, "next")
    answer = post(world, brief, data=typed(one, "再改一改"))
    assert answer.status_code == 409
    assert "再改一改" in answer.content.decode()  # to copy into the next edition
    assert briefs.chapter(brief, "next").text == "示例正文。"
    with pytest.raises(Refused, match="已经印发"):
        actions.place(one, "remove", by=world.province)
    with pytest.raises(Refused, match="已经印发"):
        actions.issue(brief, by=world.province)


@pytest.mark.django_db
def test_next_edition_begins_with_the_words_of_this_one(world):
    brief = briefs.issued(world)
    again = actions.revise(brief, by=world.province2)
    assert (again.edition, again.status, again.title) == (2, "draft", brief.title)
    assert [one.text for one in again.chapters.all()] == ["示例正文。"] * 6
    assert brief.chapters.count() == 6
    with pytest.raises(Refused, match="正在起草"):
        actions.revise(brief, by=world.province)
    actions.cancel(again, reason="示例：不用改", by=world.province)
    assert (
        actions.begin(world.plan, brief.region, kind="inspection", by=world.province).edition == 3
    )


@pytest.mark.django_db
def test_cancelled_report_keeps_its_reason(world):
    brief = briefs.issued(world)
    with pytest.raises(Refused, match="作废的理由"):
        actions.cancel(brief, reason=" ", by=world.province)
    seen = Brief.objects.get(pk=brief.pk)
    actions.cancel(brief, reason="示例：数据有误", by=world.province)
    with pytest.raises(StaleState):
        actions.cancel(seen, reason="再作废一次", by=world.province2)
    assert (brief.status, brief.cancelled_by) == ("cancelled", world.province)


@pytest.mark.django_db
def test_city_reads_its_own_issued_report_only(world):
    mine, other = briefs.issued(world, "city_a"), briefs.issued(world, "city_b")
    draft = briefs.begun(world)
    seen = [*Brief.objects.visible_to(world.city_a)]
    assert seen == [mine]
    assert [*Brief.objects.visible_to(world.city_b)] == [other]
    assert [*Brief.objects.visible_to(world.county_a1)] == []
    assert {*Brief.objects.visible_to(world.province)} == {mine, other, draft}
    html = logged_in(world.city_a).get(reverse("briefs:brief_list")).content.decode()
    assert "甲市“查保促”活动" in html
    assert "乙市" not in html
    actions.cancel(mine, reason="示例", by=world.province)
    assert [*Brief.objects.visible_to(world.city_a)] == []


@pytest.mark.django_db
def test_reports_of_an_industrial_union_stay_its_own(world):
    brief = briefs.issued(world, "city_a")
    world.plan.issuer = world.orgs["industrial_union"]
    world.plan.save()
    assert [*Brief.objects.visible_to(world.city_a)] == []
    assert [*Brief.objects.visible_to(world.province)] == []
    assert [*Brief.objects.visible_to(world.leader)] == [brief]


@pytest.mark.parametrize("units", [4, 12])
@pytest.mark.django_db
def test_editor_asks_as_much_for_many_units(world, units, django_assert_num_queries):
    rounds.held(world, units)
    brief, client = briefs.begun(world), logged_in(world.province)
    for name, queries in (("brief_edit", EDITOR), ("brief_figures", FIGURES)):
        page = reverse(f"briefs:{name}", args=[brief.pk])
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page, headers={"HX-Request": "true"})


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.django_db
def test_list_and_page_ask_as_much_for_one_as_for_three(world, many, django_assert_num_queries):
    made = [briefs.issued(world, region) for region in ("city_a", "city_b", "province")[:many]]
    client = logged_in(world.province)
    with django_assert_num_queries(9):
        client.get(reverse("briefs:brief_list"))
    with django_assert_num_queries(10):
        client.get(reverse("briefs:brief_detail", args=[made[0].pk]))


# --- several at once ---------------------------------------------------------------------------


def writes(world, brief):
    """Everybody saves the same chapter from the same version."""
    seen = [briefs.chapter(brief, "opening") for _ in range(EDITORS)]
    return [
        lambda one=one, n=n: actions.write(
            one, version=0, heading="", text=f"第{n}人", by=world.province
        )
        for n, one in enumerate(seen)
    ]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_editors_is_kept():
    world = build_world()
    brief = briefs.begun(world)
    found = at_once(writes(world, brief))
    assert found == {"done": 1, "StaleState": EDITORS - 1}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_editors_overwrite_each_other(monkeypatch):
    world = build_world()
    brief = briefs.begun(world)

    def claim(chapter, version, *, by, **changes):
        Chapter.objects.filter(pk=chapter.pk).update(**changes)

    monkeypatch.setattr(actions, "_claim", claim)
    assert at_once(writes(world, brief))["done"] == EDITORS


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_behind_an_issue():
    world = build_world()
    brief = briefs.written(world)
    issue = [lambda: actions.issue(Brief.objects.get(pk=brief.pk), by=world.province)]
    seen = [briefs.chapter(brief, slug) for slug in ("opening", "next", "problems")]
    at_once(issue + [changes(world, one) for one in seen])
    brief.refresh_from_db()
    assert brief.status == "issued"
    assert brief.content_hash == actions.content_hash(brief, list(brief.chapters.all()))


def changes(world, chapter):
    said = {"heading": chapter.heading, "text": "抢着改"}
    return lambda: actions.write(chapter, version=chapter.version, by=world.province, **said)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_draft_of_a_report_is_begun():
    world = build_world()
    found = at_once([lambda: briefs.begun(world)] * 3)
    assert found == {"done": 1, "Refused": 2}
