"""存在问题清单 of an inspected unit: its page, PDF and Excel."""

import io

from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from scoring import findings
from tests.factories import papers


def found(world):
    sheet = papers.started(world.enterprise_visit, world.leader)
    for n in range(2):
        findings.add(sheet, by=world.member, text=f"示例问题{n}", advice=f"示例意见{n}")
    return world.enterprise_visit


def test_page_lists_problems_with_the_advice(as_, world):
    visit = found(world)
    page = as_(world.leader).get(reverse("reports:problem_list", args=[visit.pk])).content.decode()
    for words in ("示例问题0", "示例意见1", "共 2 个问题"):
        assert words in page


def test_pdf_is_to_be_signed_by_both(as_, world):
    visit = found(world)
    content = as_(world.leader).get(reverse("reports:problem_list_pdf", args=[visit.pk])).content
    pages = PdfReader(io.BytesIO(content)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for words in ("存在问题清单", "示例问题1", "督导组组长（签字）", "单位负责人（签字）"):
        assert words in text


def test_word_has_the_rows_of_the_pdf(as_, world):
    visit = found(world)
    content = as_(world.leader).get(reverse("reports:problem_list_docx", args=[visit.pk])).content
    made = Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert [row[:3] for row in rows] == [
        ["序号", "存在问题", "督导意见"],
        ["1", "示例问题0", "示例意见0"],
        ["2", "示例问题1", "示例意见1"],
    ]
    assert "单位负责人（签字）" in "".join(paragraph.text for paragraph in made.paragraphs)


def test_excel_has_one_row_a_problem(as_, world):
    visit = found(world)
    url = reverse("reports:problem_list_workbook", args=[visit.pk])
    sheet = load_workbook(io.BytesIO(b"".join(as_(world.leader).get(url)))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[:3] for row in rows[1:]] == [
        [1, "示例问题0", "示例意见0"],
        [2, "示例问题1", "示例意见1"],
    ]
