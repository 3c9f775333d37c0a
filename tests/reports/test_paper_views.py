"""Prints are served inside scope only, draft and issued."""

import io

import openpyxl
import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from plans.models import Visit
from reports.issue import store_pdf
from reports.models import IssuedDocument
from rubrics.models import Rubric, Version
from scoring import actions
from tests.factories import papers

pytestmark = pytest.mark.django_db
BLANK = ["reports:blank", "reports:blank_pdf", "reports:blank_docx", "reports:blank_xlsx"]
PRINTS = [
    ("reports:visit_print", ()),
    ("reports:document_pdf", ("scoresheet",)),
    ("reports:document_pdf", ("record",)),
    ("reports:document_docx", ("scoresheet",)),
    ("reports:document_docx", ("record",)),
    ("reports:document_xlsx", ()),
]


def text_of(response) -> str:
    pages = PdfReader(io.BytesIO(response.content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize(("name", "args"), PRINTS)
def test_print_is_for_those_who_see_the_visit(world, as_, name, args):
    papers.submitted(world)
    url = reverse(name, args=[world.visit.pk, *args])
    seen = {
        who: as_(world.people[who]).get(url).status_code
        for who in ("leader", "member", "province", "other_leader", "county_b1", "city_a", "worker")
    }
    assert seen == {
        "leader": 200,
        "member": 200,
        "province": 200,
        "other_leader": 404,
        "county_b1": 404,
        "city_a": 404,
        "worker": 404,
    }


def test_preview_of_a_draft_says_so(world, as_):
    papers.started(world.visit, world.leader)
    page = as_(world.leader).get(reverse("reports:visit_print", args=[world.visit.pk]))
    assert "草稿，未签发" in page.content.decode()


def test_pdf_of_a_draft_carries_no_code(world, as_):
    papers.started(world.visit, world.leader)
    response = as_(world.leader).get(
        reverse("reports:document_pdf", args=[world.visit.pk, "record"])
    )
    assert "草稿" in text_of(response)
    assert "核验码" not in text_of(response)


def test_visit_without_a_draft_has_nothing_to_print(world, as_):
    url = reverse("reports:visit_print", args=[world.visit.pk])
    assert as_(world.leader).get(url).status_code == 404


def test_issued_pdf_is_the_stored_bytes(world, as_):
    papers.submitted(world)
    document = IssuedDocument.objects.get(kind="record")
    rendering = store_pdf(document)
    response = as_(world.leader).get(
        reverse("reports:document_pdf", args=[world.visit.pk, "record"])
    )
    assert (response["Content-Type"], len(response.content)) == ("application/pdf", rendering.size)
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert document.code in text_of(response)


def test_word_file_is_the_paper_as_issued(world, as_):
    papers.submitted(world)
    document = IssuedDocument.objects.get(kind="record")
    response = as_(world.leader).get(
        reverse("reports:document_docx", args=[world.visit.pk, "record"])
    )
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    word = Document(io.BytesIO(response.content))
    foot = "".join(cell.text for cell in word.sections[0].footer.tables[0].rows[0].cells)
    assert document.code in foot
    assert word.paragraphs[0].text == "附件3"


def test_word_file_of_another_kind_is_not_found(world, as_):
    papers.submitted(world)
    url = reverse("reports:document_docx", args=[world.visit.pk, "notice"])
    assert as_(world.leader).get(url).status_code == 404


def test_blank_word_file_has_both_forms(world, as_):
    response = as_(world.leader).get(reverse("reports:blank_docx", args=[world.version.pk]))
    assert len(Document(io.BytesIO(response.content)).tables) == 2


def test_workbook_has_both_forms(world, as_):
    papers.submitted(world)
    response = as_(world.leader).get(reverse("reports:document_xlsx", args=[world.visit.pk]))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["附件1", "附件3"]


def test_earlier_draft_is_for_the_team_and_the_reviewers(world, as_):
    visit = papers.confirmed(world)
    actions.correct(visit, by=world.province, reason="示例")
    url = reverse("reports:visit_print", args=[visit.pk]) + "?revision=1"
    assert as_(world.leader).get(url).status_code == 200
    assert as_(world.province).get(url).status_code == 200
    assert as_(world.leader).get(url.replace("=1", "=7")).status_code == 404


def test_unit_prints_its_released_papers_but_no_earlier_draft(world, as_):
    visit = papers.confirmed(world)
    actions.correct(visit, by=world.province, reason="示例")
    visit.refresh_from_db()
    sheet = actions.present(visit)
    for role in ("leader", "recorder"):
        papers.sign(sheet, role, world.people[role])
    actions.submit(visit, by=world.leader)
    actions.confirm(visit, by=world.province)
    actions.release(visit, by=world.province)
    person = as_(world.county_a1)
    url = reverse("reports:visit_print", args=[visit.pk])
    assert person.get(url).status_code == 200
    assert person.get(url + "?revision=1").status_code == 403


@pytest.mark.parametrize("name", BLANK)
def test_blank_form_is_for_those_who_see_rubrics(world, as_, name):
    url = reverse(name, args=[world.version.pk])
    assert as_(world.leader).get(url).status_code == 200
    assert as_(world.worker).get(url).status_code == 404


@pytest.fixture
def lent(world):
    """The world's visit, with a table that 乙市总工会 brought in, which the team does not read."""
    Rubric._base_manager.update(organization=world.orgs["city_b_union"])
    assert not Version.objects.visible_to(world.leader).exists()
    return world.version


@pytest.mark.parametrize("name", BLANK)
def test_team_lent_to_a_round_prints_its_table_blank(world, as_, lent, name):
    url = reverse(name, args=[lent.pk])
    assert as_(world.leader).get(url).status_code == 200
    assert as_(world.city_a).get(url).status_code == 404


def test_team_lent_to_a_round_reads_no_more_of_its_tables(world, as_, lent):
    browser = as_(world.leader)
    for name in ("version_detail", "version_xlsx", "version_json"):
        assert browser.get(reverse(f"rubrics:{name}", args=[lent.pk])).status_code == 404
    assert lent.title not in browser.get(reverse("rubrics:version_list")).content.decode()


def test_team_lent_to_a_round_is_led_to_the_blank_table_from_its_plan(world, as_, lent):
    url = reverse("plans:plan_detail", args=[world.plan.pk])
    page = as_(world.leader).get(url).content.decode()
    assert f'href="{reverse("reports:blank", args=[lent.pk])}"' in page
    assert f'href="{reverse("rubrics:version_detail", args=[lent.pk])}"' not in page
    reader = as_(world.city_b).get(url)
    assert reader.status_code == 404


def test_team_whose_visit_is_cancelled_prints_no_table(world, as_, lent):
    Visit.objects.filter(team=world.team).update(status="cancelled", cancelled_reason="示例")
    url = reverse("reports:blank", args=[lent.pk])
    assert as_(world.leader).get(url).status_code == 404


def test_blank_pdf_has_both_forms(world, as_):
    response = as_(world.leader).get(reverse("reports:blank_pdf", args=[world.version.pk]))
    assert "督导内容" in text_of(response)
    assert "所到县级以上工会" in text_of(response)


def test_hostile_text_is_text_in_the_preview(world, as_):
    sheet = papers.started(world.visit, world.leader)
    sheet.texts.filter(field="problems").update(text="<script>alert(1)</script>")
    page = as_(world.leader).get(reverse("reports:visit_print", args=[world.visit.pk]))
    assert "&lt;script&gt;alert(1)" in page.content.decode()
    assert "<script>alert" not in page.content.decode()
