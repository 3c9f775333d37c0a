"""The review desk: who reads what, comments on points, and the reviewer's moves."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from attachments.models import Attachment
from audit.models import AuditEvent
from plans.models import Visit
from rubrics.models import Criterion
from scoring import actions, comments
from scoring.models import Comment
from tests.factories import papers, plans
from tests.factories.orgs import EnterpriseFactory

S = Visit.Status
LIST = reverse("scoring:review_list")


def page(visit):
    return reverse("scoring:visit_review", args=[visit.pk])


def press(browser, visit, name, **typed):
    seen = {"revision": visit.revision, "status": visit.status}
    return browser.post(reverse(f"scoring:visit_{name}", args=[visit.pk]), seen | typed)


def comment(world, visit, code="1-2", text="请核对佐证。"):
    point = Criterion.objects.get(item__section__version=visit.version_id, code=code)
    sheet = actions.present(visit)
    return comments.add(sheet, by=world.province, text=text, criterion=point)


# ── the list


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    for _ in range(count):
        unit = EnterpriseFactory(region=world.regions["county_a1"])
        papers.submitted(world, plans.visit(world.plan, world.team, unit))
    browser = as_(world.province)
    browser.get(LIST)
    with django_assert_num_queries(8):
        html = browser.get(LIST).content.decode()
    assert html.count('<th scope="row">') == count


def test_list_shows_what_waits_unless_asked_otherwise(world, as_):
    papers.submitted(world)
    browser = as_(world.province)
    assert listed(browser) == ["甲一县总工会"]
    assert listed(browser, status="planned") == ["甲一县示例化工有限公司", "乙一县总工会"]
    assert len(listed(browser, status="all")) == 3


def listed(browser, **query):
    html = browser.get(LIST, query).content.decode()
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', html)


def test_list_is_narrowed_by_place_kind_and_round(world, as_):
    browser = as_(world.province)
    everything = {"status": "all"}
    assert listed(browser, city="001002", **everything) == ["乙一县总工会"]
    assert len(listed(browser, county="001001001", **everything)) == 2
    assert listed(browser, city="001001", kind="county_union", **everything) == ["甲一县总工会"]
    assert len(listed(browser, plan=world.plan.pk, **everything)) == 3


def test_list_leaves_out_other_issuers_visits(world, as_):
    other = plans.plan(world.orgs["city_b_union"], world.city_b, version=world.version)
    plans.visit(other, None, world.orgs["county_b1_union"])
    assert len(listed(as_(world.province), status="all")) == 3


# ── one visit's papers


def test_page_shows_the_table_with_reasons_and_sums(world, as_):
    visit = papers.submitted(world)
    html = as_(world.province).get(page(visit), {"point": "1-2"}).content.decode()
    assert re.findall(r'<td class="it"[^>]*>([^<]*)</td>', html) == ["4", "5", "2", "11.0"]
    assert '<b class="lost">2</b><span class="dk-muted">/3</span>' in html
    for text in ("示例扣分原因", "示例亮点。", "示例问题。", "示例建议。", "总 得 分"):
        assert text in html


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_any_number(world, as_, django_assert_num_queries, count):
    visit = papers.submitted(world)
    for number in range(count):
        comment(world, visit, text=f"示例意见{number}")
    browser = as_(world.province)
    browser.get(page(visit))
    with django_assert_num_queries(14):
        html = browser.get(page(visit)).content.decode()
    assert html.count("对第 1 稿") == 2 * count  # at the point, and among all


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("province", 200),
        ("leader", 200),
        ("member", 200),
        ("other_leader", 404),
        ("city_a", 403),
        ("county_a1", 403),
        ("county_b1", 404),
        ("officer", 404),
        ("worker", 404),
        ("admin", 404),
    ],
)
def test_papers_are_for_the_issuer_and_the_team(world, as_, person, status):
    visit = papers.confirmed(world)
    actions.release(visit, by=world.province)
    assert as_(getattr(world, person)).get(page(visit)).status_code == status


def test_evidence_stands_beside_its_point(world, as_):
    visit = papers.submitted(world)
    photo = Attachment.objects.create(
        kind=Attachment.Kind.PHOTO,
        sha256="0" * 64,
        content_type="image/jpeg",
        size=1,
        name="推进会",
        holder_type="visit",
        holder_id=visit.pk,
        slot="1-2",
        upload_id=uuid4(),
        uploaded_by=world.member,
    )
    browser = as_(world.province)
    thumb = reverse("attachments:thumb", args=[photo.pk])
    assert (
        f'src="{thumb}" alt="推进会"' in browser.get(page(visit), {"point": "1-2"}).content.decode()
    )
    assert thumb not in browser.get(page(visit), {"point": "1-1"}).content.decode()


def test_unstarted_visit_says_so(world, as_):
    assert "还没有开始填写" in as_(world.province).get(page(world.visit)).content.decode()


def test_draft_in_work_is_read_as_it_stands(world, as_):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member, {"2": {"level": 1}})
    html = as_(world.province).get(page(world.visit)).content.decode()
    assert re.findall(r'<td class="it"[^>]*>([^<]*)</td>', html) == ["", "3", "", "3.0"]


def told(total: str, page: str) -> bool:
    """Whether the page shows this number; the seconds of a time stamp are none."""
    return re.search(rf"(?<![\d:.]){re.escape(total)}(?!\d)", page) is not None


def test_earlier_draft_stays_readable(world, as_):
    visit = papers.submitted(world)
    sheet = actions.return_visit(visit, by=world.province, note="示例意见")
    papers.answer(sheet, "1-1", {"points": "0"}, world.member)
    browser = as_(world.province)
    old = browser.get(page(visit), {"revision": 1}).content.decode()
    new = browser.get(page(visit)).content.decode()
    assert "已被第 2 稿代替" in old
    assert (told("11.0", old), told("11.0", new), told("9.0", new)) == (True, False, True)
    assert browser.get(page(visit), {"revision": 3}).status_code == 404


# ── comments


def test_comment_is_kept_with_point_draft_and_name(world, as_):
    visit = papers.submitted(world)
    data = {"revision": 1, "status": visit.status, "point": "1-2", "text": " 请核对佐证。 "}
    response = as_(world.province).post(reverse("scoring:comment_add", args=[visit.pk]), data)
    assert response.url == f"{page(visit)}?point=1-2#point"
    made = Comment.objects.get()
    assert (made.text, made.criterion.code, made.sheet.revision, made.by) == (
        "请核对佐证。",
        "1-2",
        1,
        world.province,
    )
    assert AuditEvent.objects.latest("pk").action == "comment.add"


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"text": ""}, 422, "请写下意见。"),
        ({"text": "长" * 2001}, 422, "意见最多 2000 字"),
        ({"revision": 2}, 409, "状态已被他人更新"),
        ({"status": S.CONFIRMED}, 409, "状态已被他人更新"),
    ],
)
def test_refused_comment_keeps_what_was_typed(world, as_, changes, status, error):
    visit = papers.submitted(world)
    data = {"revision": 1, "status": visit.status, "point": "1-2", "text": "打了很久的字"}
    url = reverse("scoring:comment_add", args=[visit.pk])
    response = as_(world.province).post(url, data | changes)
    html = response.content.decode()
    assert (response.status_code, error in html) == (status, True)
    assert (data | changes)["text"] in html
    assert not Comment.objects.exists()


def test_comment_on_no_point_of_the_table_is_not_found(world, as_):
    visit = papers.submitted(world)
    data = {"revision": 1, "status": visit.status, "point": "9-9", "text": "示例"}
    url = reverse("scoring:comment_add", args=[visit.pk])
    assert as_(world.province).post(url, data).status_code == 404


def test_team_answers_a_comment_while_it_corrects(world, as_):
    visit = papers.submitted(world)
    comment(world, visit)
    actions.return_visit(visit, by=world.province, note="示例意见")
    url = reverse("scoring:comment_add", args=[visit.pk])
    data = {"revision": 2, "status": "returned", "point": "1-2", "text": "已补会议纪要。"}
    assert as_(world.member).post(url, data).status_code == 302
    assert as_(world.province).post(url, data).status_code == 409
    assert list(Comment.objects.values_list("sheet__revision", flat=True)) == [1, 2]


def test_comment_is_settled_once(world, as_):
    visit = papers.submitted(world)
    made = comment(world, visit)
    url = reverse("scoring:comment_resolve", args=[visit.pk, made.pk])
    assert as_(world.leader).post(url).status_code == 403
    browser = as_(world.province)
    form = browser.get(page(visit), {"point": "1-2"}).content.decode().split(f'action="{url}"')[1]
    assert form.index("csrfmiddlewaretoken") < form.index("</form>")
    assert browser.post(url).status_code == 302
    made.refresh_from_db()
    assert made.resolved_by == world.province
    html = browser.post(url, follow=True).content.decode()
    assert "状态已被他人更新" in html


def test_comment_of_another_visit_is_not_found(world, as_):
    made = comment(world, papers.submitted(world))
    url = reverse("scoring:comment_resolve", args=[world.other_visit.pk, made.pk])
    assert as_(world.province).post(url).status_code == 404


# ── moves


def test_return_carries_the_note_and_opens_a_new_draft(world, as_):
    visit = papers.submitted(world)
    assert press(as_(world.province), visit, "return", note="请补佐证").url == page(visit)
    visit.refresh_from_db()
    assert (visit.status, visit.revision) == (S.RETURNED, 2)
    assert visit.events.latest("pk").note == "请补佐证"


def test_return_without_a_note_says_what_is_missing(world, as_):
    visit = papers.submitted(world)
    response = press(as_(world.province), visit, "return", note=" ")
    assert response.status_code == 422
    assert "退回须写明理由" in response.content.decode()


def test_stale_move_changes_nothing_and_keeps_the_note(world, as_):
    visit = papers.submitted(world)
    seen = Visit.objects.get(pk=visit.pk)
    actions.confirm(visit, by=world.province2)
    response = press(as_(world.province), seen, "return", note="打了很久的字")
    html = response.content.decode()
    assert (response.status_code, "打了很久的字" in html) == (409, True)
    visit.refresh_from_db()
    assert visit.status == S.CONFIRMED


def test_confirm_release_archive_follow_each_other(world, as_):
    visit = papers.submitted(world)
    browser = as_(world.province)
    html = browser.get(page(visit)).content.decode()
    assert "先确认，才能下发" in html
    for name, status in (("confirm", S.CONFIRMED), ("release", S.CONFIRMED)):
        press(browser, visit, name)
        visit.refresh_from_db()
        assert visit.status == status
    assert (visit.confirmed_by, visit.released_by) == (world.province, world.province)
    press(browser, visit, "archive")
    visit.refresh_from_db()
    assert visit.status == S.ARCHIVED


def test_two_reviewers_share_the_page_where_the_plan_asks(world, as_):
    type(world.plan).objects.filter(pk=world.plan.pk).update(four_eyes=True)
    visit = papers.submitted(world)
    first, second = as_(world.province), as_(world.province2)
    assert "先由一人初审，再由另一人确认" in first.get(page(visit)).content.decode()
    assert press(first, visit, "vet").url == page(visit)
    assert "这一稿是您初审的，须由另一人确认" in first.get(page(visit)).content.decode()
    assert press(first, visit, "confirm").status_code == 422
    assert "示例province 初审" in second.get(LIST).content.decode()
    assert press(second, visit, "confirm").status_code == 302
    visit.refresh_from_db()
    assert (visit.vetted_by, visit.confirmed_by) == (world.province, world.province2)


def test_correction_hides_a_released_result(world, as_):
    visit = papers.confirmed(world)
    actions.release(visit, by=world.province)
    press(as_(world.province), visit, "correct", note="算错一项")
    visit.refresh_from_db()
    assert (visit.status, visit.released_at, visit.revision) == (S.RETURNED, None, 2)


@pytest.mark.parametrize("name", ["return", "confirm", "release", "correct", "archive"])
def test_moves_are_for_reviewers_by_post(world, as_, name):
    visit = papers.submitted(world)
    url = reverse(f"scoring:visit_{name}", args=[visit.pk])
    assert as_(world.province).get(url).status_code == 405
    assert press(as_(world.leader), visit, name, note="示例").status_code == 403
    assert press(as_(world.city_b), visit, name, note="示例").status_code == 404
    visit.refresh_from_db()
    assert visit.status == S.SUBMITTED


def test_buttons_say_what_they_do(world, as_):
    visit = papers.submitted(world)
    html = as_(world.province).get(page(visit)).content.decode()
    assert "计入统计和排名；尚不下发，被督导单位看不到。" in html
    assert "连同审核意见退给督导组" in html
    assert '<button class="btn btn-primary"' in html
    assert 'class="rv-moves dk-push">\n\n' in as_(world.leader).get(page(visit)).content.decode()
