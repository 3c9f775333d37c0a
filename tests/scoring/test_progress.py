"""What the cards of today say of the papers."""

from datetime import date

import pytest

from plans.actions import assign
from plans.hooks import Progress
from plans.models import Visit
from scoring import actions, findings
from scoring.progress import progress
from tests.factories import papers
from tests.factories import plans as factory
from tests.factories.orgs import EnterpriseFactory


def told(visit):
    visit = Visit.objects.get(pk=visit.pk)
    return progress([visit]).get(visit.pk)


def test_planned_and_submitted_visits_have_none(world):
    assert told(world.visit) is None
    papers.submitted(world)
    assert told(world.visit) is None


def test_new_draft_lacks_points_by_name_texts_and_signatures(world):
    papers.started(world.visit, world.leader)
    said = told(world.visit)
    assert (said.total, said.record_done) == (0, 0)
    points, texts, signs = said.lacks.split("；")
    assert points.startswith("1-1 ")
    assert points.endswith("等 4 个评分点")
    assert (texts, signs) == ("工作亮点、存在的问题、意见建议", "组长、记录人签字")


def test_point_without_its_reason_and_a_problem_entry_count(world):
    sheet = papers.started(world.visit, world.leader)
    papers.fill(sheet, world.member)
    papers.answer(sheet, "1-1", {"points": "1"}, world.member, reason="")
    sheet.texts.update(text="")
    findings.add(sheet, by=world.leader, text="示例问题")
    said = told(world.visit)
    assert said.record_done == 1
    assert said.lacks.startswith("1-1 ")
    assert said.lacks.endswith(" 1 个评分点；工作亮点、意见建议；组长、记录人签字")


def test_a_void_signature_counts_no_more(world):
    sheet = papers.signed(world).sheets.get()
    assert told(world.visit) == Progress(sheet.total, 5, "")
    sheet.signatures.filter(role="recorder").update(
        voided_at="2017-12-05T10:00:00+08:00", voided_reason="示例"
    )
    assert told(world.visit) == Progress(sheet.total, 4, "记录人签字")


def test_signatures_count_no_more_once_the_day_of_the_visit_has_changed(world):
    """What was signed is no longer what stands, though nobody has stamped a signature void."""
    sheet = papers.signed(world).sheets.get()
    day = date(2017, 12, 6)
    assign(world.visit, by=world.province, team=world.team, visit_on=day)
    assert sheet.signatures.filter(voided_at=None).count() == 2
    assert told(world.visit) == Progress(sheet.total, 3, "组长、记录人签字")


@pytest.mark.parametrize(("signed", "queries"), [(0, 5), (1, 16), (2, 27)])
def test_only_signed_papers_are_hashed(world, signed, queries, django_assert_num_queries):
    for number, visit in enumerate([world.visit, world.enterprise_visit]):
        sheet = papers.started(visit, world.leader)
        if number < signed:
            papers.fill(sheet, world.member)
            papers.sign(sheet, "leader", world.leader)
    visits = list(Visit.objects.filter(team=world.team))
    with django_assert_num_queries(queries):
        progress(visits)


def test_card_shows_progress_and_the_reviewers_words(world, as_, time_machine):
    time_machine.move_to("2017-12-05 08:00+08:00", tick=False)
    visit = papers.submitted(world)
    actions.return_visit(visit, by=world.province, note="示例：第3项缺照片")
    page = as_(world.leader).get("/").content.decode()
    assert f"{world.province.name} 12月5日退回：示例：第3项缺照片" in page
    assert "还差：组长、记录人签字" in page
    assert '<progress value="3" max="5"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_today_asks_as_much_for_three_papers_as_for_one(
    world, as_, count, django_assert_num_queries, time_machine
):
    time_machine.move_to("2017-12-05 08:00+08:00", tick=False)
    for unit in EnterpriseFactory.create_batch(count, region=world.regions["county_a1"]):
        visit = factory.visit(world.plan, world.team, unit)
        papers.started(visit, world.leader)
    visit = Visit.objects.filter(status="filling")
    visit.update(visit_on=date(2017, 12, 5))
    client = as_(world.leader)
    with django_assert_num_queries(17):
        client.get("/")
