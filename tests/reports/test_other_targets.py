"""A visit of every kind of unit, from its sheet to issued papers, book, zip and blank forms."""

import io
import zipfile

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from plans.models import Visit
from reports import books, jobs
from reports.issue import issued_paper
from reports.models import IssuedDocument, Job
from rubrics.models import Version
from rubrics.outline import outline_of
from rubrics.record_forms import form_for
from scoring import actions
from scoring.models import RecordText, Scoresheet
from tests.factories import papers
from tests.reports.tables import NAMES, answered

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # about the papers of each kind


@pytest.fixture
def submitted(world, settings, tmp_path):
    """A function: the cast's visit, under a table of the sources, submitted."""
    settings.DATA_DIR = tmp_path
    call_command("load_rubrics", verbosity=0)

    def make(name: str) -> Visit:
        version = Version.objects.with_tree().get(rubric__code=name)
        Visit.objects.filter(pk=world.visit.pk).update(
            version=version, target_kind=version.rubric.target
        )
        world.visit.refresh_from_db()
        sheet = papers.started(world.visit, world.leader)
        _fill(sheet, version, world)
        actions.follow(world.visit, by=world.leader)
        for role in ("leader", "recorder"):
            papers.sign(sheet, role, world.people[role])
        world.visit.refresh_from_db()
        actions.submit(world.visit, by=world.leader)
        world.visit.refresh_from_db()
        return world.visit

    return make


def _fill(sheet: Scoresheet, version: Version, world) -> None:
    for code, given in answered(outline_of(version)).items():
        inputs = given.inputs
        if given.not_applicable:
            sheet.answers.filter(criterion__code=code).update(
                not_applicable=True, state="agreed", reason="示例：没有此项。", version=1
            )
        else:
            papers.answer(sheet, code, inputs, world.member, reason="示例原因")
    for box in form_for(version.rubric.target).boxes:
        RecordText.objects.filter(sheet=sheet, field=box.field).update(
            text=f"示例{box.label}", by=world.member, at=timezone.now(), version=1
        )


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("name", NAMES)
def test_visit_is_printed_in_every_way(submitted, as_, world, name):
    visit = submitted(name)
    sheet, record = (issued_paper(d) for d in IssuedDocument.objects.order_by("-kind"))
    person = as_(world.leader)
    shown = person.get(reverse("reports:visit_print", args=[visit.pk])).content.decode()
    assert sheet.title in shown
    for kind, paper in (("scoresheet", sheet), ("record", record)):
        printed = words(person.get(reverse("reports:document_pdf", args=[visit.pk, kind])).content)
        code = IssuedDocument.objects.get(kind=kind).code
        assert printed.count(code) >= 1
        assert "".join(paper.title.split()) in printed
        assert "甲一县总工会" in printed
        file = person.get(reverse("reports:document_docx", args=[visit.pk, kind])).content
        assert len(Document(io.BytesIO(file)).tables) == 1
    for row in record.rows:
        assert row.text, row.label
    assert all(text.text for text in record.texts)
    book = person.get(reverse("reports:document_xlsx", args=[visit.pk])).content
    assert len(openpyxl.load_workbook(io.BytesIO(book)).sheetnames) == 2
    if sheet.is_scored:
        assert sheet.total == visit.total == record.total


@pytest.mark.parametrize("name", ["yiwu-unit", "shishi-fujian3-producer", "gaoqing-office"])
def test_book_and_zip_hold_it(submitted, world, name):
    visit = submitted(name)
    for job in (
        books.start_book(visit.plan, by=world.province),
        books.start_zip(visit.plan, world.regions["city_a"], by=world.province),
    ):
        jobs.run(job.pk)
        job.refresh_from_db()
        assert job.status == Job.Status.DONE
    with zipfile.ZipFile(jobs.file_of(job)) as archive:
        assert archive.namelist()[-1] == "目录.csv"
        assert len(archive.namelist()) == 4


def test_blank_forms_of_every_table_are_offered(world, as_):
    call_command("load_rubrics", verbosity=0)
    person = as_(world.leader)
    listed = person.get(reverse("rubrics:version_list")).content.decode()
    for version in Version.objects.filter(rubric__code__in=NAMES):
        assert version.title in listed
        page = person.get(reverse("reports:blank", args=[version.pk])).content.decode()
        assert page.count('class="preview"') == 2
        assert form_for(version.rubric.target).title[-1] in page


def test_paper_without_a_total_asks_nobody_for_one(submitted, client):
    submitted("yiwu-city")
    for document in IssuedDocument.objects.all():
        page = client.get(reverse("reports:verify_code", args=[document.code])).content.decode()
        assert 'name="total"' not in page
