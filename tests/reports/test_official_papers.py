"""督导意见, its answer and 督导检查报告 as 公文: what they say, frozen, fetched, verified."""

import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from briefs import actions as briefing
from feedback import actions
from feedback.actions import Said
from feedback.models import Letter, LetterEntry
from reports import brief_papers, letter_papers
from reports.documents.of_hazard import day_of
from reports.documents.of_letter import answer_paper, letter_paper
from reports.documents.paper import Stamp
from reports.models import BriefPaper, LetterPaper
from scoring.models import Finding
from tests.factories import briefs, letters

pytestmark = pytest.mark.django_db


def paragraphs(response) -> list[str]:
    return [p.text for p in Document(io.BytesIO(response.content)).paragraphs if p.text]


def test_letter_says_what_to_mend_by_when_and_encloses_the_list(world):
    letter = letters.sent(world)
    paper = letter_paper(letter, letter.entries.select_related("finding"))
    assert (paper.title, paper.addressee) == (f"关于{letter.unit}的督导意见", letter.unit.name)
    assert (paper.sender, paper.day) == (letter.plan.issuer.name, day_of(letter.sent_at))
    assert [block.text for block in paper.blocks if block.look == "item"] == [
        "1.针对第1个问题，示例意见。",
        "2.针对第2个问题，示例意见。",
    ]
    assert f"于{day_of(letter.due_on)}前" in paper.blocks[-1].text
    [(label, annex)] = paper.enclosed
    assert (label, annex.name, annex.wide) == ("附件", "存在问题清单", True)
    assert [row[:3] for row in annex.blocks[0].rows] == [
        ("序号", "存在问题", "督导意见"),
        ("1", "示例问题1", "示例意见"),
        ("2", "示例问题2", "示例意见"),
    ]


def test_withdrawn_letter_says_so(world):
    letter = letters.sent(world)
    actions.move(letter, "withdraw", by=world.province, reason="示例：发错了")
    letter = Letter.objects.get(pk=letter.pk)
    assert letter_paper(letter, letter.entries.all()).note == "（已撤回）"


def test_answer_goes_entry_by_entry(world):
    letter = letters.sent(world)
    said = {
        pk: Said("示例：已补齐\n并存档", date(2026, 9, 5) if not n else None)
        for n, pk in enumerate(letter.entries.values_list("pk", flat=True))
    }
    actions.move(letter, "answer", by=world.officer, said=said)
    letter = Letter.objects.get(pk=letter.pk)
    paper = answer_paper(letter, letter.entries.select_related("finding"), 3)
    assert (paper.sender, paper.addressee) == (letter.unit.name, letter.plan.issuer.name)
    assert "其中1个已写明完成日期" in paper.blocks[0].text
    assert [block.text for block in paper.blocks[1:3]] == [
        "1.示例问题1。",
        "整改情况：示例：已补齐并存档。",
    ]
    assert [annex.name for annex in paper.annexes] == ["整改情况表", "整改佐证材料（3份）"]
    assert paper.annexes[0].blocks[0].rows[1][3] == "2026年9月5日"


def test_letter_and_answer_are_frozen_under_codes(world, as_):
    letter = letters.sent(world)
    url = reverse("reports:letter_docx", args=[letter.pk])
    [issued] = letter.papers.all()
    sent = as_(world.officer).get(url).content
    assert (
        issued.code in Document(io.BytesIO(sent)).sections[0].footer.tables[0].rows[0].cells[1].text
    )
    LetterEntry.objects.update(answer="示例：改过")
    Finding.objects.update(text="示例：改过")
    assert as_(world.officer).get(url).content == sent
    actions.move(letter, "answer", by=world.officer, said=letters.said(letter))
    answer = letter.papers.get(kind="answer")
    LetterEntry.objects.update(answer="示例：又改过")
    got = as_(world.officer).get(reverse("reports:answer_docx", args=[letter.pk]))
    assert "整改情况：示例：已改好。" in paragraphs(got)
    assert letter_papers.paper_of(answer).stamp.code == answer.code != issued.code


def test_verifier_tells_whether_a_letter_stands(world, client):
    letter = letters.sent(world)
    actions.move(letter, "answer", by=world.officer, said=letters.said(letter))
    later = timezone.localdate() + timedelta(days=40)
    first, answer = letter.papers.order_by("pk")

    def said(paper):
        page = client.get(reverse("reports:verify_code", args=[paper.code])).content.decode()
        return re.findall(r"系统签发过</b>|撤回</b>|更新的一份</b>|重答</b>", page)

    assert said(first) == said(answer) == ["系统签发过</b>"]
    actions.move(letter, "return", by=world.province, reason="示例：不全", due_on=later)
    assert (said(first), said(answer)) == (["更新的一份</b>"], ["重答</b>"])
    again = letter.papers.filter(kind="letter").first()
    assert f"于{day_of(later)}前" in letter_papers.paper_of(again).blocks[-1].text
    actions.move(letter, "withdraw", by=world.province, reason="示例：发错了")
    assert said(again) == said(answer) == ["撤回</b>"]
    assert letter_papers.printed(letter, "letter").stamp.void == "督导意见已撤回"


def test_letter_sent_before_it_had_papers_is_printed_as_it_stands(world, as_):
    letter = letters.sent(world)
    bare = letter_papers.composed(letter, "letter", Stamp())
    LetterPaper.objects.all()._raw_delete("default")  # append-only for the system itself
    assert letter_papers.printed(letter, "letter") == bare


def test_answer_is_there_once_it_is_handed_in(world, as_):
    letter = letters.sent(world)
    url = reverse("reports:answer_docx", args=[letter.pk])
    page = reverse("feedback:letter_detail", args=[letter.pk])
    browser = as_(world.officer)
    assert (browser.get(url).status_code, url in browser.get(page).content.decode()) == (404, False)
    actions.move(letter, "answer", by=world.officer, said=letters.said(letter))
    assert "整改情况：示例：已改好。" in paragraphs(browser.get(url))
    assert url in browser.get(page).content.decode()


def test_report_numbers_its_chapters(world):
    brief = briefs.written(world)
    paper = brief_papers.printed(brief)
    parts = [block.text for block in paper.blocks if block.look == "part"]
    assert [text[:2] for text in parts] == ["一、", "二、", "三、", "四、", "五、", "六、"][
        : len(parts)
    ]
    assert (paper.stamp.state, paper.stamp.code, paper.name) == ("draft", "", brief.title)


def test_issued_report_is_frozen_under_a_code(world, as_):
    brief = briefs.issued(world)
    issued = BriefPaper.objects.get(brief=brief)
    assert brief_papers.printed(brief).stamp.code == issued.code
    url = reverse("reports:brief_docx", args=[brief.pk])
    before = as_(world.city_a).get(url).content
    brief.chapters.update(text="示例：改过")
    assert as_(world.city_a).get(url).content == before


def test_verifier_tells_whether_a_report_stands(client, world):
    brief = briefs.issued(world)
    issued = brief.paper
    page = client.get(reverse("reports:verify_code", args=[issued.code])).content.decode()
    assert "这一份现在作准" in page
    assert brief.title in page
    assert "示例正文" not in page
    later = briefing.revise(brief, by=world.province)
    assert brief_papers.standing(issued) == ""
    briefing.issue(later, by=world.province)
    assert brief_papers.standing(issued) == brief_papers.REPLACED
    assert brief_papers.paper_of(later.paper).about == "第2版"
    briefing.cancel(brief, reason="示例", by=world.province)
    issued.brief.refresh_from_db()
    assert brief_papers.standing(issued) == brief_papers.CANCELLED


def test_refused_issue_leaves_no_paper(world):
    brief = briefs.begun(world)
    with pytest.raises(Exception, match="不能印发"):
        briefing.issue(brief, by=world.province)
    assert not BriefPaper.objects.exists()


@pytest.mark.parametrize("problems", [1, 3])
def test_letter_costs_the_same_however_long(world, as_, problems, django_assert_num_queries):
    visit = letters.released(world, problems=problems)
    letter = actions.send(visit, due_on=date(2099, 1, 1), by=world.province)
    browser = as_(world.province)
    with django_assert_num_queries(7):
        browser.get(reverse("reports:letter_docx", args=[letter.pk]))
