"""The report as Word and PDF: what stands on the page stands on the paper, by named styles."""

import io

import docx
import pytest
from django.urls import reverse

from briefs import actions
from reports.brief_papers import printed
from reports.render.pages import pages_of
from tests.analysis import rounds
from tests.factories import briefs
from tests.sessions import logged_in

pytestmark = pytest.mark.django_db
TEXT = "（一）督导范围。共四个市。\n1. 第一条。\n普通段落。\n| 名次 | 市 |\n| 1 | 甲市 |"


def written(world):
    brief = briefs.written(world)
    one = briefs.chapter(brief, "situation")
    actions.write(one, version=one.version, heading="基本情况", text=TEXT, by=world.province)
    return brief


def test_lines_become_the_levels_of_an_official_paper(world):
    paper = printed(written(world))
    looks = [(block.look, block.text) for block in paper.blocks]
    assert looks[:6] == [
        ("text", "示例正文。"),
        ("part", "一、基本情况"),
        ("point", "（一）督导范围。共四个市。"),
        ("item", "1. 第一条。"),
        ("text", "普通段落。"),
        ("table", ""),
    ]
    assert paper.blocks[5].rows == (("名次", "市"), ("1", "甲市"))
    parts = [text for look, text in looks if look == "part"]
    assert parts == [
        "一、基本情况", "二、主要做法和工作亮点", "三、存在的问题", "四、意见建议",
        "五、下一步工作",
    ]  # fmt: skip
    assert paper.stamp.is_draft


@pytest.mark.once
def test_word_has_named_styles_and_every_line(world):
    brief = written(world)
    actions.issue(brief, by=world.province)
    address = reverse("reports:brief_docx", args=[brief.pk])
    content = logged_in(world.province).get(address).content
    document = docx.Document(io.BytesIO(content))
    told = {one.text: one.style.name for one in document.paragraphs if one.text}
    assert told["一、基本情况"] == "一级标题"
    assert told["（一）督导范围。共四个市。"] == "二级标题"
    assert told["1. 第一条。"] == "三级标题"
    assert told["普通段落。"] == "公文正文"
    assert told["山东省总工会"] == "落款"
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["1", "甲市"]


@pytest.mark.once
def test_pdf_is_printed_from_a_draft_of_real_data(world):
    rounds.held(world)
    brief = briefs.begun(world)
    answer = logged_in(world.province).get(reverse("reports:brief_pdf", args=[brief.pk]))
    assert answer.content.startswith(b"%PDF")


@pytest.mark.once
def test_report_that_no_longer_stands_says_so_on_every_page(world):
    brief = briefs.written(world)
    one, long = briefs.chapter(brief, "next"), "示例正文一二三。" * 120
    actions.write(one, version=one.version, heading=one.heading, text=long, by=world.province)
    actions.issue(brief, by=world.province)
    client = logged_in(world.province)

    def marked(said):
        word = docx.Document(io.BytesIO(got(client, brief, "docx")))
        heads = [word.sections[0].header, word.sections[0].even_page_header]
        pages = pages_of(got(client, brief, "pdf"))
        texts = ["".join(c.text for line in page.lines for c in line) for page in pages]
        assert len(pages) > 1
        in_word = [said in one.paragraphs[0].text for one in heads]
        return {*in_word, *(said in text for text in texts)}

    assert marked("报告已作废") == {False}
    later = actions.revise(brief, by=world.province)
    actions.issue(later, by=world.province)
    assert marked("已有更新的一版") == {True}
    actions.cancel(brief, reason="示例：数据有误", by=world.province)
    assert marked("报告已作废") == {True}


def got(client, brief, form):
    return client.get(reverse(f"reports:brief_{form}", args=[brief.pk])).content


def test_page_shows_what_will_be_printed(world):
    brief = written(world)
    page = reverse("briefs:brief_detail", args=[brief.pk])
    html = logged_in(world.province).get(page).content.decode()
    assert '<h3 class="bf-part">一、基本情况</h3>' in html
    assert "<td>甲市</td>" in html
