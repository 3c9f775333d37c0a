"""Papers about a hazard: issued with its moves, printed, fetched within scope, verified."""

import io

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from hazards.models import Hazard
from reports import hazard_papers as papers
from reports.documents.paper import to_json
from reports.models import HazardPaper
from reports.render.hazard_pdf import hazard_pdf
from reports.render.official_docx import official_docx
from tests.factories import hazards

S, G, K = Hazard.Status, Hazard.Grade, HazardPaper.Kind


def read(content: bytes) -> tuple[int, str]:
    """How many pages, and all words without spaces."""
    pages = PdfReader(io.BytesIO(content)).pages
    return len(pages), "".join("".join(page.extract_text().split()) for page in pages)


def issued(hazard) -> list[tuple[str, str]]:
    return [(p.event.move, p.kind) for p in hazard.papers.select_related("event").order_by("pk")]


def letter(hazard, kind):
    return papers.paper_of(hazard.papers.filter(kind=kind).first())


def test_general_road_issues_its_papers(world):
    hazard = hazards.in_state(world, S.REWARDED)
    assert issued(hazard) == [
        ("plan", K.NOTICE),
        ("close", K.ACCEPTANCE),
        ("close", K.FILE),
        ("reward", K.FILE),
    ]


def test_listed_road_issues_its_papers(world):
    hazard = hazards.listed(world, "sign_off")
    assert issued(hazard) == [
        ("advise_stop", K.STOP),
        ("file", K.NOTICE),
        ("list", K.LISTING),
        ("sign_off", K.DELISTING),
        ("close", K.ACCEPTANCE),
        ("close", K.FILE),
    ]


def test_stored_paper_is_the_paper(world):
    hazard = hazards.listed(world, "sign_off")
    for kept in hazard.papers.all():
        assert to_json(papers.paper_of(kept)) == kept.context


def test_notice_says_what_to_do_by_when(world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    pages, text = read(hazard_pdf(letter(hazard, K.NOTICE)))
    assert pages == 1
    for words in (
        "安全隐患整改通知书",
        hazard.number,
        hazard.text,
        f"措施：{hazard.measures}",
        "应急预案：",
        f"期限：{hazard.due_on:%Y年%-m月%-d日}",
        hazard.papers.get().code,
    ):
        assert "".join(words.split()) in text


def test_failed_acceptance_gives_another_notice_with_its_reason(world):
    hazard = hazards.in_state(world, S.ACCEPTING)
    hazards.moved(world, hazard, ("unit_union", "object"))
    notice = letter(hazard, K.NOTICE)
    assert notice.lines[0].text == "工会监督不通过，理由：示例理由。请按下列要求继续整改。"
    assert f"期限：{hazard.due_on:%Y年%-m月%-d日}" in [line.text for line in notice.lines]


def test_stop_letter_is_the_unions(world):
    hazard = hazards.in_state(world, S.RECTIFYING, G.MAJOR)
    stop = letter(hazard, K.STOP)
    assert stop.sender == f"{hazard.unit}工会"
    assert "示例：立即停止罐区动火" in [line.text for line in stop.lines]


def test_acceptance_has_two_hands_and_the_failed_attempt(world):
    hazard = hazards.in_state(world, S.ACCEPTING)
    hazards.moved(world, hazard, ("officer", "reject"), ("worker", "offer"))
    hazards.moved(world, hazard, ("officer", "accept"), ("unit_union", "witness"))
    paper = letter(hazard, K.ACCEPTANCE)
    assert [(hand.role, hand.name.split()[-1]) for hand in paper.hands] == [
        ("职能部门验收", "示例officer"),
        ("工会监督", "示例unit_union"),
    ]
    rows = {row.label: row.text for row in paper.rows}
    assert rows["第1次验收"].startswith("不通过：示例理由")
    assert rows["本次验收"] == "第2次"
    _, text = read(hazard_pdf(paper))
    assert "示例officer" in text
    assert "示例unit_union" in text


def test_listing_letters_say_what_the_articles_ask(world):
    hazard = hazards.listed(world, "sign_off")
    listing, off = letter(hazard, K.LISTING), letter(hazard, K.DELISTING)
    headings = [line.text for line in listing.lines if line.look == "heading"]
    assert headings == [
        "一、重大安全生产隐患名称",
        "二、督办事项",
        "三、整改完成期限",
        "四、有关要求",
    ]
    assert (listing.reference, listing.addressee) == ("示例督〔2026〕1 号", "甲市人民政府")
    assert (off.reference, off.signer) == ("示例督〔2026〕2 号", "示例主任")
    assert "示例专家三人：示例说明" in [line.text for line in off.lines]


def test_file_tells_every_step_with_who_and_why(world):
    hazard = hazards.listed(world, "sign_off")
    paper = papers.file_of(hazard)
    assert len(paper.deeds) == hazard.events.count()
    assert [deed.what for deed in paper.deeds][:3] == ["发现并上报", "登记台账", "定为重大隐患"]
    _, text = read(hazard_pdf(paper))
    assert paper.stamp.code in text
    assert "签发销号文件" in text


def test_file_in_the_making_is_a_draft(world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    paper = papers.file_of(hazard)
    _, text = read(hazard_pdf(paper))
    assert (paper.stamp.code, "办理中，未归档，不作凭据" in text) == ("", True)


def test_no_paper_tells_a_hidden_name(world):
    hazard = hazards.in_state(world, S.REPORTED, hides_name=True)
    Hazard.objects.filter(pk=hazard.pk).update(reported_by=world.worker)
    hazard.refresh_from_db()
    hazards.moved(world, hazard, ("officer", "register"))
    assert world.worker.name not in str(to_json(papers.file_of(hazard)))


def test_equal_papers_give_equal_bytes(world):
    paper = letter(hazards.in_state(world, S.RECTIFYING), K.NOTICE)
    assert hazard_pdf(paper) == hazard_pdf(paper)


def test_word_says_the_same(world, as_):
    hazard = hazards.in_state(world, S.RECTIFYING)
    code = hazard.papers.get().code
    url = reverse("reports:hazard_paper_docx", args=[hazard.pk, code])
    document = Document(io.BytesIO(as_(world.officer).get(url).content))
    text = "".join(p.text for p in document.paragraphs)
    assert "安全隐患整改通知书" in text
    assert hazard.measures in text
    footer = document.sections[0].footer.tables[0].rows[0].cells[1].text
    assert code in footer


@pytest.mark.parametrize("kind", [K.ACCEPTANCE, K.DELISTING])
def test_word_of_each_form_opens(world, kind):
    hazard = hazards.listed(world, "sign_off")
    content = official_docx(letter(hazard, kind).official)
    assert content == official_docx(letter(hazard, kind).official)
    assert Document(io.BytesIO(content)).paragraphs


def test_page_offers_what_was_issued_and_no_more(as_, world):
    hazard = hazards.in_state(world, S.REGISTERED)
    url = reverse("hazards:hazard_detail", args=[hazard.pk])
    assert "安全隐患整改通知书" not in as_(world.officer).get(url).content.decode()
    hazards.moved(world, hazard, ("officer", "grade_general"), ("officer", "plan"))
    page = as_(world.officer).get(url).content.decode()
    assert reverse("reports:hazard_paper_pdf", args=[hazard.pk, hazard.papers.get().code]) in page
    assert "安全隐患整改验收单" not in page


def test_paper_of_another_hazard_is_not_found(as_, world):
    hazard, other = (hazards.in_state(world, S.RECTIFYING) for _ in range(2))
    url = reverse("reports:hazard_paper_pdf", args=[hazard.pk, other.papers.get().code])
    assert as_(world.officer).get(url).status_code == 404


def test_verifier_tells_whether_a_paper_stands(client, world):
    hazard = hazards.in_state(world, S.CLOSED)
    notice, acceptance = (hazard.papers.get(kind=kind) for kind in (K.NOTICE, K.ACCEPTANCE))
    page = client.get(reverse("reports:verify_code", args=[acceptance.code])).content.decode()
    assert "系统签发过" in page
    assert hazard.number in page
    assert hazard.text not in page
    hazards.moved(world, hazard, ("county_a1", "reopen"))
    assert papers.standing(acceptance) == papers.OPENED
    assert papers.standing(notice) == papers.REPLACED


def test_regraded_hazard_has_no_standing_notice(world):
    hazard = hazards.in_state(world, S.RECTIFYING)
    notice = hazard.papers.get()
    hazards.moved(world, hazard, ("officer", "regrade_major"))
    assert papers.standing(notice) == papers.REGRADED


def test_sender_gets_no_copy_of_his_own_letter(world):
    hazard = hazards.listed(world)
    assert letter(hazard, K.LISTING).copies == hazard.unit.name
