"""Hand in, return, hand in again: who may, once each, and what the page says."""

import zipfile
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from attachments.models import Attachment
from audit.models import AuditEvent
from chabaocu.errors import Refused, StaleState
from materials import actions
from materials.forms import seen
from materials.models import Material
from materials.table import table, units_of
from reports import books, jobs
from tests.factories import papers
from tests.factories.materials import piece, upload
from tests.sessions import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def briefing(world):
    return piece(world.plan, world.orgs["county_a1_union"], by=world.member)


def posted(world, person, **more):
    data = {
        "material_id": str(uuid4()),
        "kind": "experience",
        "unit": world.orgs["county_a1_union"].pk,
        "title": "示例经验",
        "summary": "班组每天查一遍",
        "tags": "班组 奖励、班组",
        "files": [upload()],
    }
    address = reverse("materials:material_add", args=[world.plan.pk])
    return logged_in(getattr(world, person)).post(address, data | more)


def test_team_hands_in_what_it_visited(world):
    assert posted(world, "member").status_code == 302
    made = Material.objects.get()
    assert (made.team, made.place, made.tag_list) == (world.team, "001001001", ["班组", "奖励"])
    assert [file.name for file in actions.files_of(made)] == ["示例.jpg"]


def test_unit_of_another_team_cannot_be_chosen(world):
    answer = posted(world, "member", unit=world.orgs["county_b1_union"].pk)
    assert (answer.status_code, Material.objects.count()) == (422, 0)


def test_unit_that_moved_since_its_visit_counts_where_it_was_visited(world):
    unit = world.orgs["county_a1_union"]
    unit.region = world.regions["county_b1"]
    unit.save()
    made = piece(world.plan, unit, by=world.member)
    assert (made.place, made.team) == ("001001001", world.team)


@pytest.mark.once
def test_piece_sent_twice_in_one_moment_is_kept_once(world, monkeypatch):
    """The second finds nothing when it looks, and the first's row when it writes."""
    units, number = world.orgs, uuid4()
    said = {"kind": "briefing", "title": "示例", "summary": "", "tags": ""}

    def hand_in():
        unit, files = units["county_a1_union"], [upload()]
        sent = {"team": None, "material_id": number, "uploads": files, "by": world.member}
        return actions.hand_in(world.plan, unit, **sent, **said)

    first, look = hand_in(), Material.objects.filter
    monkeypatch.setattr(
        type(Material.objects), "filter", lambda *_, **asked: look(pk=0), raising=False
    )
    assert (hand_in(), Attachment.objects.count()) == (first, 1)


def test_units_are_those_visited_and_their_citys_union(world):
    names = [unit.name for unit in units_of(world.plan, world.member)]
    assert names == ["甲市总工会", "甲一县总工会", "甲一县示例化工有限公司"]


def test_refused_file_leaves_no_piece(world):
    bad = upload("示例.exe")
    answer = posted(world, "member", files=[upload(), bad])
    assert "内容与类型不符" in answer.content.decode()
    assert (answer.status_code, Material.objects.count(), Attachment.objects.count()) == (422, 0, 0)


def test_no_file_is_told_and_nothing_typed_is_lost(world):
    answer = posted(world, "member", files=[])
    assert answer.status_code == 422
    assert "请选择要报送的文件" in answer.content.decode()
    assert "班组每天查一遍" in answer.content.decode()


def test_same_id_again_keeps_one_piece(world):
    same = str(uuid4())
    assert [posted(world, "member", material_id=same).status_code for _ in "12"] == [302, 302]
    assert (Material.objects.count(), Attachment.objects.count()) == (1, 1)
    assert posted(world, "leader", material_id=same).status_code == 422


def test_return_asks_for_a_reason(world, briefing):
    with pytest.raises(Refused, match="请写明退回的理由"):
        actions.move(briefing, "return", by=world.province, reason=" ")


def test_returned_piece_comes_back_with_more_files(world, briefing):
    actions.move(briefing, "return", by=world.province, reason="缺公章")
    actions.move(briefing, "refile", by=world.member, uploads=[upload("盖章.jpg")])
    assert (briefing.status, briefing.reason) == ("held", "")
    assert [file.name for file in actions.files_of(briefing)] == ["示例.jpg", "盖章.jpg"]
    told = AuditEvent.objects.filter(action__startswith="material.").order_by("pk")
    assert [event.action for event in told] == [
        "material.hand_in",
        "material.return",
        "material.refile",
    ]


def test_second_to_move_is_told(world, briefing):
    seen = Material.objects.get(pk=briefing.pk)
    actions.move(briefing, "return", by=world.province, reason="缺公章")
    with pytest.raises(StaleState):
        actions.move(seen, "return", by=world.province2, reason="太短")
    assert Material.objects.get(pk=briefing.pk).reason == "缺公章"


def test_table_counts_what_is_in(world, briefing):
    rows = table(world.plan, world.province, date(2017, 12, 5))
    assert [(row.name, row.cells[0].held, row.papers.visits) for row in rows] == [
        ("甲市", 0, 0),
        ("甲一县", 1, 2),
        ("乙市", 0, 0),
        ("乙一县", 0, 1),
    ]
    assert [row.name for row in table(world.plan, world.member, date(2017, 12, 5))] == [
        "甲市",
        "甲一县",
    ]


@pytest.mark.parametrize("n", [1, 3])
def test_page_costs_the_same_for_more_pieces(world, n, django_assert_num_queries):
    for _ in range(n):
        piece(world.plan, world.orgs["county_a1_union"], by=world.member)
    client = logged_in(world.province)
    with django_assert_num_queries(11):
        client.get(reverse("materials:material_list", args=[world.plan.pk]))


def test_experiences_are_found_by_word_and_tag(world):
    for title, tags in [("班组自查", "班组 奖励"), ("奖励兑现", "奖励金")]:
        tags = actions.tagged(tags)
        unit = world.orgs["county_a1_union"]
        piece(world.plan, unit, by=world.member, kind="experience", title=title, tags=tags)
    client, address = logged_in(world.province), reverse("materials:experience_list")
    found = [
        [m.title for m in client.get(address, asked).context["page"]]
        for asked in ({}, {"tag": "奖励"}, {"q": "兑现"}, {"q": "没有"})
    ]
    assert found == [["奖励兑现", "班组自查"], ["班组自查"], ["奖励兑现"], []]


def test_desk_writes_summary_and_tags_anew(world):
    made = piece(world.plan, world.orgs["county_a1_union"], by=world.member, kind="experience")
    client, address = logged_in(world.province), reverse("materials:describe", args=[made.pk])
    said = {"summary": "示例做法", "tags": "夜班、班组", "seen": seen(made)}
    assert [client.post(address, said).status_code for _ in "12"] == [302, 302]
    found = client.get(reverse("materials:experience_list"), {"q": "夜班"}).context["page"]
    assert [(one.summary, one.tag_list) for one in found] == [("示例做法", ["夜班", "班组"])]
    assert AuditEvent.objects.filter(action="material.describe").count() == 1
    refused = client.post(address, {"summary": "字" * 1001, "tags": "早班", "seen": seen(made)})
    assert (refused.status_code, refused.context["describe"]["tags"].value()) == (422, "早班")
    assert f"{'字' * 1001}</textarea>" in refused.content.decode()
    made.refresh_from_db()
    assert made.summary == "示例做法"


def test_late_words_do_not_replace_what_another_wrote(world, briefing):
    stale = Material.objects.get(pk=briefing.pk)
    actions.describe(briefing, summary="新的", tags="", by=world.province)
    with pytest.raises(StaleState):
        actions.describe(stale, summary="旧的", tags="", by=world.province2)


def test_late_words_stay_on_the_page_to_be_sent_again(world, briefing):
    client, address = logged_in(world.province), reverse("materials:describe", args=[briefing.pk])
    late = {"summary": "我的", "tags": "夜班", "seen": seen(briefing)}
    actions.describe(briefing, summary="别人的", tags="", by=world.province2)
    page = client.post(address, late)
    assert (page.status_code, page.context["describe"]["summary"].value()) == (409, "我的")
    again = {"seen": page.context["describe"]["seen"].value()}
    assert client.post(address, late | again).status_code == 302
    assert Material.objects.get(pk=briefing.pk).summary == "我的"


def test_refused_move_keeps_what_was_typed(world, briefing):
    client, address = logged_in(world.province), reverse("materials:return", args=[briefing.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    actions.move(briefing, "return", by=world.province2, reason="缺公章")
    late = client.post(address, {"reason": "太短"})
    assert (late.status_code, "您写的：“太短”" in late.content.decode()) == (409, True)


def test_files_are_for_the_issuer_and_the_team(world, briefing):
    address = reverse("attachments:file", args=[actions.files_of(briefing).get().pk])
    people = ("province", "leader", "other_leader", "city_a", "county_a1", "officer")
    answers = [logged_in(getattr(world, name)).get(address) for name in people]
    for answer in answers:
        answer.close()
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404, 404, 404]


def test_zip_holds_the_pieces_and_names_what_is_missing(world, briefing):
    papers.submitted(world)
    job = books.start_zip(world.plan, None, by=world.province)
    jobs.run(job.pk)
    job.refresh_from_db()
    with zipfile.ZipFile(jobs.file_of(job)) as archive:
        names = [name for name in archive.namelist() if name.startswith("资料/")]
        lines = archive.read("目录.csv").decode("utf-8-sig").splitlines()
    assert names == ["资料/001 甲一县总工会 汇报材料/01 示例.jpg"]
    told = [",".join(line.split(",")[:3]) for line in lines]
    assert told.count("乙一县,,典型经验材料") == 1
    assert told.count("甲一县,甲一县总工会,汇报材料") == 1
