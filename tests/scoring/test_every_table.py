"""Every official table, and one with every rule: filled on its page, signed, submitted, read."""

import json
import random
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from rubrics.evaluate import InvalidInput, choices
from rubrics.kinds import inputs_of
from rubrics.models import Criterion, Version
from scoring import actions, sheets
from scoring.answers import save_point
from scoring.completeness import missing, unfilled
from scoring.entries import Entry
from scoring.figures import figures_of, shown
from scoring.freeze import scored
from scoring.layout import present_sheet
from scoring.models import Answer, Scoresheet
from scoring.statements import HEAD
from tests.factories import papers, tables
from tests.factories.orgs import PASSWORD


def points_of(sheet):
    points = Criterion.objects.filter(item__section__version=sheet.version_id)
    return list(points.order_by("item__number", "order"))


def draft(sheet):
    return Scoresheet.objects.select_related(*HEAD).get(pk=sheet.pk)


def begin(world, version):
    return sheets.start(tables.bind(world.visit, version), by=world.leader)


def form_of(client, visit, points, value, reason):
    """The whole sheet as a browser without our script sends it."""
    page = client.get(reverse("scoring:sheet", args=[visit.pk])).content.decode()
    sent = {"form": page.split('name="form" value="')[1].split('"')[0]}
    for point in points:
        fields = {"value": value(point), "reason": reason, "note": "", "base": "0", "was": ""}
        sent |= {f"{point.code}.{name}": said for name, said in fields.items()}
    return sent


def put(sheet, code, inputs, by, **said):
    base = Answer.objects.get(sheet=sheet, criterion__code=code).version
    return save_point(draft(sheet), code, Entry(inputs, **said), by=by, id=uuid4(), base=base)


@pytest.mark.parametrize("code", tables.CODES)
def test_every_table_is_filled_on_its_page_and_submitted(world, as_, code):
    version = tables.official(code)
    sheet, visit, leader = begin(world, version), world.visit, as_(world.leader)
    sent = form_of(leader, visit, points_of(sheet), tables.best, "")
    assert leader.post(reverse("scoring:sheet_save_all", args=[visit.pk]), sent).status_code == 302
    for text in sheet.texts.all():
        body = {"id": str(uuid4()), "base": 0, "text": "示例。"}
        leader.post(reverse("scoring:text_save", args=[visit.pk, text.field]), body)
    assert [gap.what for gap in missing(draft(sheet))] == ["signature", "signature"]
    for person in (world.leader, world.recorder):
        page = as_(person).get(reverse("scoring:sign", args=[visit.pk])).content.decode()
        seen = page.split('name="seen" value="')[1].split('"')[0]
        as_(person).post(
            reverse("scoring:sign_add", args=[visit.pk]), {"seen": seen, "password": PASSWORD}
        )
    leader.post(reverse("scoring:visit_submit", args=[visit.pk]))
    visit.refresh_from_db()
    assert (visit.status, visit.total) == ("submitted", version.total)
    for name in ("visit_review", "sheet", "record", "visit_history"):
        assert (
            as_(world.province).get(reverse(f"scoring:{name}", args=[visit.pk])).status_code == 200
        )


@pytest.mark.once
@pytest.mark.parametrize("code", tables.CODES)
def test_what_is_not_the_best_needs_its_words(world, as_, code):
    sheet = begin(world, tables.official(code))
    points = points_of(sheet)
    sent = form_of(as_(world.leader), world.visit, points, tables.worst, "")
    as_(world.leader).post(reverse("scoring:sheet_save_all", args=[world.visit.pk]), sent)
    gaps = [gap for gap in unfilled(draft(sheet)) if gap.place == "sheet"]
    assert [(gap.code, gap.what) for gap in gaps] == [(point.code, "reason") for point in points]
    view = present_sheet(draft(sheet), world.leader)
    assert [point.code for point in view.open] == [point.code for point in points]
    words = "没写评价" if view.judges else "没写扣分的原因"
    assert {point.why_open for point in view.open} == {words}


@pytest.mark.once
@pytest.mark.parametrize("code", tables.CODES)
def test_the_page_has_the_columns_as_issued(world, as_, code):
    version = tables.official(code)
    begin(world, version)
    page = as_(world.member).get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    head = page.split("<thead>")[1].split("</thead>")[0]
    for words in version.heads.values():
        assert words in head or words in (version.heads.get("total"), version.heads.get("date"))
    for item in version.sections.first().items.all():
        assert item.heading in page


@pytest.mark.once
@pytest.mark.parametrize("code", tables.CODES)
def test_a_point_fetched_alone_is_the_point_of_the_page(world, as_, code):
    sheet = begin(world, tables.official(code))
    points = points_of(sheet)
    for point in points:
        put(sheet, point.code, inputs_of(point.kind, tables.worst(point)), world.member)
    put(sheet, points[0].code, inputs_of(points[0].kind, tables.best(points[0])), world.recorder)
    leader = as_(world.leader)
    page = leader.get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    for point in points[:3]:
        alone = leader.get(reverse("scoring:point", args=[sheet.pk, point.code])).content.decode()
        assert alone in page


@pytest.mark.parametrize(
    ("code", "inputs", "words"),
    [
        ("5", {"rate": "10.0"}, "评审达标率 10%，扣 1 分"),
        ("4", {"times": 7}, "7家，扣 5 分，另在本类目内扣 2 分"),
        ("7", {"hit": "yes"}, "触犯否决项，全表记 0 分"),
    ],
)
def test_a_save_is_explained_to_the_page(world, as_, code, inputs, words):
    sheet = begin(world, tables.every_rule())
    reply = put(sheet, code, inputs, world.member, reason="示例")
    assert reply.body["point"]["explanation"] == words
    page = as_(world.member).get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    assert words in page


def test_a_veto_hit_needs_its_facts(world):
    sheet = begin(world, tables.every_rule())
    assert not put(sheet, "7", {"hit": "yes"}, world.member).body["point"]["done"]
    assert put(sheet, "7", {"hit": "yes"}, world.member, reason="示例").body["point"]["done"]
    assert put(sheet, "14", {"hit": "no"}, world.member).body["point"]["done"]


def test_a_bonus_point_needs_no_words(world):
    sheet = begin(world, tables.every_rule())
    assert put(sheet, "10", {"points": "0"}, world.member).body["point"]["done"]
    assert not put(sheet, "8", {"points": "0"}, world.member).body["point"]["done"]


def test_verdicts_are_counted_on_the_page(world, as_):
    sheet = begin(world, tables.every_rule())
    put(sheet, "12", {"verdict": "partly"}, world.member, reason="示例")
    reply = put(sheet, "13", {"verdict": "no"}, world.member)
    assert reply.body["verdicts"] == "符合 1 · 部分 1 · 不符合 0"
    page = as_(world.member).get(reverse("scoring:sheet", args=[world.visit.pk])).content.decode()
    assert "符合 1 · 部分 1 · 不符合 0" in page


@pytest.mark.parametrize(
    ("code", "inputs"),
    [
        ("4", {"times": -1}),
        ("4", {"times": "2"}),
        ("4", {"times": 10**9}),
        ("5", {"rate": "101"}),
        ("5", {"rate": "NaN"}),
        ("5", {"rate": "٣"}),
        ("6", {"minus": "1"}),
        ("6", {"minus": "2.2"}),
        ("6", {"minus": "-2"}),
        ("7", {"hit": "maybe"}),
        ("7", {"hit": True}),
        ("7", {"hit": ["yes"]}),
        ("12", {"verdict": "好"}),
        ("12", {"verdict": {"yes": 1}}),
        ("12", {"verdict": "yes", "points": "5"}),
        ("12", {"points": "5"}),
    ],
)
def test_hostile_inputs_are_refused_in_words(world, as_, code, inputs):
    sheet = begin(world, tables.every_rule())
    reply = as_(world.member).post(
        reverse("scoring:point_save", args=[sheet.pk, code]),
        json.dumps({"id": str(uuid4()), "base": 0, "inputs": inputs}),
        content_type="application/json",
    )
    assert (reply.status_code, reply.json()["error"]) == (422, "invalid")
    assert not Answer.objects.exclude(state="open").exists()


@pytest.mark.parametrize("rescale", [False, True])
def test_shown_total_is_that_of_the_submission_on_random_saves(world, rescale):
    """Each save's total, and the page's, equal ``evaluate`` over what stands then."""
    sheet = begin(world, tables.every_rule(rescale=rescale))
    points, dice = points_of(sheet), random.Random(2017)
    version = Version.objects.with_tree().get(pk=sheet.version_id)
    for _ in range(60):
        point, by = dice.choice(points), dice.choice([world.leader, world.member])
        inputs = dice.choice([dict(c.inputs) for c in _offers(point)])
        reply = put(
            sheet, point.code, inputs, by, not_applicable=dice.random() < 0.2, reason="示例"
        )
        assert reply.status in (200, 409)
        result = scored(version, sheet.answers.select_related("criterion"))
        told = draft(sheet)
        assert told.total == result.total
        assert figures_of(told).total == result.total
        view = present_sheet(told, world.leader)
        assert view.figures["total"] == shown(result.total)
        assert view.figures["grade"] == result.grade
        parts = sum((a.points for a in result.adjustments), Decimal(0))
        assert sum(result.items.values()) + parts == result.total
        if reply.status == 200:
            assert reply.body["total"] == shown(result.total)


def _offers(point):
    return choices(point.kind, point.params, point.points)


def test_plain_tables_are_summed_and_not_scored_again(world, django_assert_num_queries):
    """附件1 stays on its short way: the sum of the points is all there is to it."""
    sheet = begin(world, world.version)
    found = figures_of(draft(sheet))
    assert found.result is None
    assert {row.outcome for row in found.rows} == {None}


def test_a_save_of_any_table_asks_the_database_as_little(world, as_, django_assert_max_num_queries):
    sheet = begin(world, tables.every_rule())
    member = as_(world.member)
    url = reverse("scoring:point_save", args=[sheet.pk, "12"])

    def save(base):
        body = {"id": str(uuid4()), "base": base, "inputs": {"verdict": "yes"}}
        return member.post(url, json.dumps(body), content_type="application/json")

    save(0)
    with django_assert_max_num_queries(17):
        assert save(1).status_code == 200


@pytest.mark.parametrize("code", tables.CODES)
def test_best_and_worst_are_read_as_typed(world, code):
    for point in points_of(begin(world, tables.official(code))):
        for value in (tables.best(point), tables.worst(point)):
            assert value != ""


def test_unknown_input_is_no_score(world):
    sheet = begin(world, tables.every_rule())
    with pytest.raises(InvalidInput, match="请选是、部分或否"):
        put(sheet, "12", {"verdict": ""}, world.member)


def confirmed(world, version, value):
    """Papers of this table with one answer for all points, confirmed and released."""
    sheet = begin(world, version)
    visit = world.visit
    for point in points_of(sheet):
        put(sheet, point.code, inputs_of(point.kind, value(point)), world.member, reason="示例")
    sheet.texts.update(text="示例。")
    actions.follow(visit, by=world.member)
    for role, user in (("leader", world.leader), ("recorder", world.recorder)):
        papers.sign(draft(sheet), role, user)
    visit.refresh_from_db()
    actions.submit(visit, by=world.leader)
    actions.confirm(visit, by=world.province)
    actions.release(visit, by=world.province)
    visit.refresh_from_db()
    return visit


def test_results_of_a_checklist_are_counts_in_place_of_a_rate(world, as_):
    visit = confirmed(world, tables.official("yiwu-city"), tables.best)
    assert (visit.rate, visit.verdicts) == (None, {"good": 15})
    query = {"kind": "medical_city"}
    page = as_(world.province).get(reverse("scoring:result_list"), query).content.decode()
    assert "符合 15 · 部分 0 · 不符合 0" in page
    assert "得分率</th>" not in page
    assert "各点都不适用" not in page
    own = as_(world.county_a1).get(reverse("scoring:visit_result", args=[visit.pk]))
    assert "符合 15 · 部分 0 · 不符合 0" in own.content.decode()


def test_results_of_a_checklist_in_excel(world, as_):
    confirmed(world, tables.official("gaoqing-office"), tables.worst)
    query = {"kind": "office"}
    reply = as_(world.province).get(reverse("reports:result_workbook"), query)
    rows = list(load_workbook(BytesIO(reply.getvalue())).active.values)
    head = next(row for row in rows if "符合" in row)
    told = dict(zip(head, rows[rows.index(head) + 1], strict=True))
    assert (told["符合"], told["部分"], told["不符合"]) == (0, 0, 18)
    assert "得分率" not in head


def test_a_grade_is_stored_shown_and_in_excel(world, as_):
    visit = confirmed(world, tables.every_rule(), tables.best)
    assert (visit.grade, visit.verdicts) == ("一级", {"good": 2})
    page = as_(world.province).get(reverse("scoring:result_list")).content.decode()
    assert "<small>一级</small>" in page
    reply = as_(world.province).get(reverse("reports:result_workbook"))
    assert any("一级" in row for row in load_workbook(BytesIO(reply.getvalue())).active.values)


def test_frozen_papers_say_how_the_total_came_about(world):
    visit = confirmed(world, tables.every_rule(), tables.best)
    frozen = visit.sheets.get().frozen
    items = sum(Decimal(item["points"]) for item in frozen["items"])
    adjusted = sum(Decimal(one["points"]) for one in frozen["adjustments"])
    assert items + adjusted == Decimal(frozen["total"]) == visit.total
    assert (frozen["grade"], frozen["version"]["layout"]) == ("一级", "scores")
    point = next(p for p in frozen["points"] if p["code"] == "12")
    assert (point["verdict"], point["explanation"], point["short"]) == ("good", "是", False)


@pytest.mark.once
@pytest.mark.parametrize("code", tables.CODES)
def test_the_review_shows_every_layout(world, as_, code):
    version = tables.official(code)
    visit = confirmed(world, version, tables.worst)
    page = as_(world.province).get(reverse("scoring:visit_review", args=[visit.pk]))
    head = page.content.decode().split("rv-paper")[1].split("</thead>")[0]
    for name, words in version.heads.items():
        assert (words in head) == (name not in ("method", "total", "date"))
    revision = as_(world.province).get(reverse("scoring:visit_revision", args=[visit.pk, 1]))
    assert revision.status_code == 200
