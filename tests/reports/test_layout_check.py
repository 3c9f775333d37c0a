"""The layout of a Word file measured: right, wrong, and where nothing can be measured."""

import io
import re
import shutil
import sys

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document
from docx.shared import Mm, Pt

from briefs import actions
from reports import jobs
from reports.documents.official import Block, Official, blocks_of
from reports.layout_check import DIFFERS, UNVERIFIED, VERIFIED, check_layout
from reports.models import Job, LayoutCheck
from reports.render.official_docx import official_docx
from tests.factories import briefs

pytestmark = pytest.mark.once
OFFICE = shutil.which("soffice")
PAPER = Official(
    "示例报告",
    "示例省总工会",
    "2026年11月22日",
    blocks=(Block("part", "一、示例"), *[Block("text", "一二三四五六七八九十" * 70)] * 2),
)
MEASURED = ["每行字数", "每页行数", "版心宽", "页码"]
FACES = ["仿宋_GB2312", "方正小标宋简体", "黑体"]


def altered(paper: Official, change) -> bytes:
    document, kept = Document(io.BytesIO(official_docx(paper))), io.BytesIO()
    change(document)
    document.save(kept)
    return kept.getvalue()


def planted(document) -> None:
    """27 characters a line, 20 lines a page, page numbers always at the right."""
    document.styles["公文正文"].paragraph_format.line_spacing = Pt(31.8)
    document.sections[0].right_margin = Mm(32)
    document.settings.odd_and_even_pages_header_footer = False


def told(content: bytes) -> dict[str, tuple[str, str]]:
    return {f.name: (f.verdict, f.measured) for f in check_layout(content)}


@pytest.fixture
def without_office(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def test_without_libreoffice_nothing_is_taken_for_right(without_office):
    figures = {f.name: f for f in check_layout(official_docx(PAPER))}
    for name in (*MEASURED, *(f"字体 {face}" for face in FACES)):
        assert (figures[name].verdict, figures[name].measured) == (UNVERIFIED, "")
        assert figures[name].why == "没有找到 LibreOffice（soffice）"


def test_what_the_file_asks_for_is_read_without_libreoffice(without_office):
    figures = told(official_docx(PAPER))
    assert figures["订口（页面设置）"] == (VERIFIED, "28.0 毫米")
    assert figures["正文字体字号"] == (VERIFIED, "仿宋_GB2312 16 磅")
    assert figures["标题字体字号"] == (VERIFIED, "方正小标宋简体 22 磅")


def test_wrong_face_and_size_are_found(without_office):
    def change(document):
        document.styles["公文正文"].font.size = Pt(14)
        document.styles["公文标题"].font.size = Pt(18)

    figures = told(altered(PAPER, change))
    assert figures["正文字体字号"] == (DIFFERS, "仿宋_GB2312 14 磅")
    assert figures["标题字体字号"] == (UNVERIFIED, "")


def test_command_says_each_figure_and_fails_on_a_wrong_one(without_office, tmp_path, capsys):
    right, wrong = tmp_path / "right.docx", tmp_path / "wrong.docx"
    right.write_bytes(official_docx(PAPER))
    wrong.write_bytes(altered(PAPER, planted))
    call_command("check_layout", right)
    said = capsys.readouterr().out
    assert "unverified 每行字数：应为 28（没有找到 LibreOffice（soffice））" in said
    with pytest.raises(CommandError, match="不符"):
        call_command("check_layout", wrong)
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("check_layout", tmp_path / "none.docx")


@pytest.mark.django_db
def test_button_measures_and_keeps_the_result_beside_the_edition(world, as_, without_office):
    brief, browser = briefs.written(world), as_(world.province)
    page = reverse("briefs:brief_detail", args=[brief.pk])
    assert "检查版面</button>" in browser.get(page).content.decode()
    place = browser.post(reverse("reports:brief_layout", args=[brief.pk])).url
    job = Job.objects.get()
    assert place == reverse("reports:job", args=[job.pk])
    jobs.run(job.pk)
    html = browser.get(page).content.decode()
    assert "没有找到 LibreOffice（soffice）" in html
    assert re.findall(r"<b>([^<]*)</b> <span>[^<]*</span><em>未能核实</em>", html)[:4] == MEASURED
    assert "<b>订口（页面设置）</b> <span>28.0 毫米</span><em>合格</em>" in html
    assert "检查以后又改过" not in html
    told = b"".join(browser.get(reverse("reports:job_file", args=[job.pk])))
    assert "合格　订口（页面设置）：应为 28±1 毫米，量得 28.0 毫米" in told.decode()
    actions.amend(brief, {"title": "另一个标题"}, seen={"title": brief.title}, by=world.province)
    assert "检查以后又改过" in browser.get(page).content.decode()
    browser.post(reverse("reports:brief_layout", args=[brief.pk]))
    jobs.run(job.pk)
    assert "检查以后又改过" not in browser.get(page).content.decode()
    assert LayoutCheck.objects.get().by == world.province


if OFFICE:

    def test_measured_figures_are_those_of_the_standard():
        figures = told(official_docx(PAPER))
        assert [figures[name][0] for name in MEASURED] == [VERIFIED] * 4
        assert (figures["每行字数"][1], figures["每页行数"][1]) == ("28", "22")

    def test_planted_wrong_document_is_found():
        figures = told(altered(PAPER, planted))
        assert [figures[name][0] for name in MEASURED] == [DIFFERS] * 4
        assert (figures["每行字数"][1], figures["每页行数"][1]) == ("27", "20")

    def test_without_a_full_page_the_pitch_is_measured():
        paper = Official("示例", "示例工会", "2026年9月5日", blocks=blocks_of("检查3家单位。" * 30))
        figures = {f.name: f for f in check_layout(official_docx(paper))}
        for name, count in (("每行字数", "28"), ("每页行数", "22")):
            assert (figures[name].verdict, figures[name].measured) == (VERIFIED, count)
            assert "推算" in figures[name].why

    def test_without_the_reader_nothing_is_taken_for_right(monkeypatch):
        monkeypatch.setitem(sys.modules, "pypdfium2", None)
        figures = {f.name: f for f in check_layout(official_docx(PAPER))}
        assert {figures[name].verdict for name in MEASURED} == {UNVERIFIED}
        assert "pypdfium2" in figures["每行字数"].why

    def test_face_that_stood_in_is_named():
        """Verified only where the very face is installed; else it says which one was used."""
        figures = {f.name: f for f in check_layout(official_docx(PAPER))}
        for face in FACES:
            found = figures[f"字体 {face}"]
            assert found.verdict == VERIFIED or "代替" in found.why
