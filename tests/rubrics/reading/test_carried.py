"""A blank form brought in again is the version it was printed from; a changed one is not."""

import io

import pytest
from django.urls import reverse
from docx import Document
from hypothesis import given, settings
from pypdf import PdfReader, PdfWriter

from reports.documents.scoresheet import blank_form
from reports.render.form_docx import docx_bytes
from reports.render.pdf import html_pdf
from rubrics import fixture
from rubrics.actions import store
from rubrics.reading import carried
from rubrics.reading.files import read_file
from rubrics.reading.source import BadSource
from tests.attachments.samples import pdf
from tests.rubrics.reading.test_template import OUTLINE
from tests.rubrics.test_fixtures import CODES, PRODUCER, SLIPS, outline

FORMS = ("docx", "pdf")


def form_of(world, as_, code, kind):
    """The blank form as the page gives it."""
    version = store(outline(code), by=world.admin, accepted=SLIPS.get(code, []))
    reply = as_(world.admin).get(reverse(f"reports:blank_{kind}", args=[version.pk]))
    assert reply.status_code == 200
    return reply.content


@pytest.mark.once
@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("code", CODES)
def test_blank_form_comes_in_as_the_version_it_was_printed_from(world, as_, code, kind):
    filled = read_file(f"空表.{kind}", form_of(world, as_, code, kind))
    assert filled.reading.outline == outline(code)
    assert filled.accepted == tuple(SLIPS.get(code, ()))
    assert filled.reading.notes == ()


@settings(max_examples=25)
@given(OUTLINE)
def test_any_version_comes_back_from_its_forms(table):
    told = fixture.told(table)
    word = carried.into_word(docx_bytes([blank_form(outline(PRODUCER))]), told)
    assert carried.from_word(word) == told
    assert carried.from_pdf(carried.into_pdf(pdf(), told)) == told


@pytest.mark.parametrize("code", CODES)
def test_word_form_without_what_it_carries_is_read_as_it_stands(code):
    table = outline(code)
    filled = read_file("空表.docx", docx_bytes([blank_form(table)]))
    read = filled.reading.outline
    assert [i.worth for i in read.items] == [i.worth for i in table.items]
    assert [c.text for i in read.items for c in i.criteria] == [
        c.text for i in table.items for c in i.criteria
    ]
    assert read.total == table.total


def test_word_form_changed_afterwards_is_read_as_it_stands():
    table = outline(PRODUCER)
    form = carried.into_word(docx_bytes([blank_form(table)]), fixture.told(table))
    document = Document(io.BytesIO(form))
    (cell,) = (
        c for c in document.tables[0].columns[2].cells if c.text.startswith("（1）是否依法设")
    )
    cell.paragraphs[0].runs[0].text = cell.text.replace("2分", "1分")
    for run in cell.paragraphs[0].runs[1:]:
        run.text = ""
    stream = io.BytesIO()
    document.save(stream)
    filled = read_file("空表.docx", stream.getvalue())
    (point,) = (c for i in filled.reading.outline.items for c in i.criteria if c.code == "3-1")
    assert point.points == 1
    assert "这份 Word 导出以后改过" in "".join(n.text for n in filled.reading.of("guessed"))
    assert "第3项：标明3分，得分点合计2分" in [n.text for n in filled.reading.of("question")]


def test_pdf_changed_afterwards_is_refused():
    writer = PdfWriter(clone_from=io.BytesIO(carried.into_pdf(pdf(), {"code": "x"})))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(drawn())).pages[0])
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(BadSource, match="导出以后改过"):
        read_file("空表.pdf", stream.getvalue())


def drawn():
    """A page with something on it."""
    return html_pdf("<p>改过</p>", styles=())


def test_pdf_of_somebody_else_is_refused():
    with pytest.raises(BadSource, match="不是系统导出的空表"):
        read_file("通知.pdf", pdf())
