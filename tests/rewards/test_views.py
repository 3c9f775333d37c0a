"""The pages of rewards, and the Excel file of exactly what they show."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from hazards.addresses import receipt_of
from hazards.models import Hazard
from reports.documents.reward_ledger import reward_ledger
from reports.render.ledger_docx import ledger_docx
from reports.render.ledger_pdf import ledger_pdf
from rewards import actions
from rewards.ledger import every_line
from rewards.models import Reward, Rule
from tests.factories import hazards as made
from tests.factories import rewards
from tests.factories.rewards import G


def address(name, *args):
    return reverse(f"rewards:{name}", args=args)


def read(content):
    """How many pages, and all words without spaces."""
    pages = PdfReader(BytesIO(content)).pages
    return len(pages), "".join("".join(page.extract_text().split()) for page in pages)


def word(client, query):
    """All words of the tables of the Word file."""
    made = Document(BytesIO(client.get(reverse("reports:reward_docx"), query).content))
    return "".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)


def shown(client, **query):
    return [line.pk for line in client.get(address("reward_list"), query).context["page"]]


def test_the_form_of_the_move_begins_with_the_rule(as_, world):
    rewards.rule(world)
    hazard = rewards.closed(world)
    page, person = reverse("hazards:reward", args=[hazard.pk]), as_(world.unit_union)
    answer = person.get(page)
    assert (answer.context["form"]["amount"].value(), answer.context["advice"].refusal) == (200, "")
    sent = {"amount": "250", "step": hazard.step}
    answer = person.post(page, sent)
    assert answer.status_code == 409
    assert "请在“说明”里写明理由" in answer.content.decode()
    assert person.post(page, sent | {"note": "示例"}).status_code == 302
    assert Reward.objects.get().amount == 250


def test_the_form_says_why_nothing_is_paid(as_, world):
    rewards.rule(world, excludes_officers=True)
    hazard = rewards.closed(world, reported_by=world.officer)
    answer = as_(world.unit_union).get(reverse("hazards:reward", args=[hazard.pk]))
    assert "不予奖励" in answer.content.decode()


def test_what_waits_is_listed_with_what_the_rule_proposes(as_, world):
    rewards.granted(world)
    rewards.rule(world)
    due = rewards.closed(world)
    nameless = rewards.closed(world, reported_by=None)
    lines = as_(world.unit_union).get(address("waiting_list")).context["lines"]
    found = [(line["hazard"].pk, line["proposal"].amount) for line in lines]
    assert found == [(nameless.pk, None), (due.pk, 200)]


def test_the_ledger_is_of_ones_own_units(as_, world):
    line = rewards.granted(world)
    people = ("unit_union", "officer", "county_a1", "county_a2", "other_officer", "province")
    found = {name: shown(as_(world.people[name])) for name in people}
    seen, hidden = [line.pk], []
    assert found == {
        "unit_union": seen,
        "officer": seen,
        "county_a1": seen,
        "county_a2": hidden,
        "other_officer": hidden,
        "province": seen,
    }


def test_a_hidden_name_is_told_to_who_pays_alone(as_, world):
    rewards.granted(world, hides_name=True)
    name = str(world.worker)
    for person in (world.unit_union, world.officer, world.county_a1):
        page = as_(person).get(address("reward_list")).content.decode()
        book = as_(person).get(reverse("reports:reward_workbook")).getvalue()
        cells = [cell.value for row in load_workbook(BytesIO(book)).active for cell in row]
        is_told = person == world.unit_union
        assert (name in page, name in cells) == (is_told, is_told)


def test_the_ledger_is_narrowed_by_every_choice(as_, world):
    paid, unpaid = rewards.granted(world), rewards.granted(world)
    actions.pay(paid, by=world.unit_union, receipt="示例")
    before = timezone.now() - timedelta(days=9)
    Reward.objects.filter(pk=paid.pk).update(granted_at=before)
    Hazard.objects.filter(pk=unpaid.hazard_id).update(text="示例：护栏松动")
    person, week = as_(world.unit_union), timezone.localdate() - timedelta(days=7)
    assert shown(person) == [unpaid.pk, paid.pk]
    assert shown(person, tab="paid") == [paid.pk]
    assert shown(person, tab="unpaid") == [unpaid.pk]
    assert shown(person, since=week) == [unpaid.pk]
    assert shown(person, until=week) == [paid.pk]
    assert shown(person, q="护栏") == [unpaid.pk]
    assert shown(person, q=paid.hazard.number) == [paid.pk]
    assert shown(person, grade=G.MAJOR) == []
    assert shown(person, tab="nothing", since="soon") == [unpaid.pk, paid.pk]


def test_the_file_has_exactly_the_lines_of_the_page(as_, world):
    paid, unpaid = rewards.granted(world), rewards.granted(world)
    actions.pay(paid, by=world.unit_union, receipt="示例：=1+1")
    person = as_(world.unit_union)
    for query in ({}, {"tab": "paid"}):
        book = person.get(reverse("reports:reward_workbook"), query).getvalue()
        rows = list(load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
        page = person.get(address("reward_list"), query).context["page"]
        assert [row[0] for row in rows[1:]] == [line.number for line in page]
        assert [row[6] for row in rows[1:]] == [float(line.amount) for line in page]
    assert rows[1][13] == "示例：=1+1"
    assert unpaid.paid_at is None


def test_the_paper_has_the_lines_of_the_page_with_their_sums(as_, world):
    paid, unpaid = rewards.granted(world), rewards.granted(world, hides_name=True)
    actions.pay(paid, by=world.unit_union, receipt="示例：现金")
    for person in (world.unit_union, world.county_a1):
        for query, lines in (({}, [unpaid, paid]), ({"tab": "paid"}, [paid])):
            paper = as_(person).get(reverse("reports:reward_pdf"), query)
            pages, text = read(paper.content)
            assert (paper["Content-Type"], pages) == ("application/pdf", 1)
            told = f"共{len(lines)}项，奖励{sum(line.amount for line in lines):,}元"
            for words in (told, "领取签字", "经办（签字）", *(one.hazard.number for one in lines)):
                assert words in text
            is_told = person == world.unit_union
            assert (unpaid.recipient_name in word(as_(person), {"tab": "unpaid"})) == is_told
            assert (str(person.organization) in text, "单位隐患级别" in text) == (True, not is_told)
            assert [line.hazard.number in word(as_(person), query) for line in (unpaid, paid)] == [
                line in lines for line in (unpaid, paid)
            ]


def test_a_paper_of_many_lines_has_its_heads_on_each_page_and_one_sum(as_, world):
    line = next(every_line(Reward.objects.filter(pk=rewards.granted(world).pk), world.unit_union))
    unit, today = world.unit_union.organization, timezone.localdate()
    paper = reward_ledger([line] * 40, of=unit, wanted={}, today=today)
    pages = PdfReader(BytesIO(ledger_pdf(paper))).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    assert len(texts) > 2
    assert all("领取签字" in text for text in texts)
    assert [f"—{n}—" in text for n, text in enumerate(texts, 1)] == [True] * len(texts)
    assert sum("合计" in text for text in texts) == 1
    table = Document(BytesIO(ledger_docx(paper))).tables[0]
    assert len(table.rows) == 42
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert table.rows[41].cells[6].text == f"{40 * line.amount:,}"


def test_too_many_lines_for_one_paper_are_refused(as_, world, monkeypatch):
    monkeypatch.setattr("reports.views.rewards.MOST", 1)
    rewards.granted(world), rewards.granted(world)
    person = as_(world.unit_union)
    for name in ("reward_pdf", "reward_docx"):
        answer = person.get(reverse(f"reports:{name}"), {"tab": "unpaid"}, follow=True)
        assert answer.redirect_chain == [(f"{address('reward_list')}?tab=unpaid", 302)]
        assert "一份印不下" in answer.content.decode()


def test_a_reward_is_paid_from_its_form_once(as_, world):
    line = rewards.granted(world)
    page, person = address("pay", line.pk), as_(world.unit_union)
    assert person.post(page, {}).status_code == 422
    assert person.post(page, {"receipt": "示例：本人签收"}).url == address("reward_list")
    assert person.post(page, {"receipt": "示例"}).status_code == 409
    line.refresh_from_db()
    assert line.receipt == "示例：本人签收"


def test_a_rule_is_set_and_ended_from_its_forms(as_, world):
    person, today = as_(world.officer), timezone.localdate()
    sent = {"grade": "general", "amount": "200", "valid_from": today}
    assert f'value="{today:%Y-%m-%d}"' in person.get(address("rule_new")).content.decode()
    assert person.post(address("rule_new"), sent | {"amount": "0"}).status_code == 422
    assert person.post(address("rule_new"), sent).url == address("rule_list")
    assert person.post(address("rule_new"), sent).status_code == 409
    rule = Rule.objects.get()
    assert person.get(address("rule_list")).context["today"][0] == (G.GENERAL, rule)
    end = address("rule_end", rule.pk)
    assert person.post(end, {"reason": "示例"}).status_code == 302
    assert person.post(end, {"reason": "示例"}).status_code == 409


def test_a_name_is_left_by_the_receipt(client, world):
    hazard = made.reported(world, source=Hazard.Source.CODE)
    Hazard.objects.filter(pk=hazard.pk).update(reported_by=None)
    page = address("claim", receipt_of(hazard))
    assert (
        page in client.get(reverse("hazards:receipt", args=[receipt_of(hazard)])).content.decode()
    )
    assert client.post(page, {"name": " "}).status_code == 422
    assert client.post(page, {"name": "示例某"}).status_code == 302
    assert client.post(page, {"name": "演示某"}).status_code == 409
    hazard.refresh_from_db()
    assert hazard.reporter_name == "示例某"


def test_a_receipt_of_another_kind_opens_nothing(client, world):
    hazard = made.reported(world)
    assert client.get(address("claim", receipt_of(hazard))).status_code == 404
    assert client.get(address("claim", "1.forged")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_as_often_for_many_lines(as_, world, count, django_assert_num_queries):
    for _ in range(count):
        rewards.granted(world)
        rewards.closed(world)
    person = as_(world.unit_union)
    for page, queries in ((address("reward_list"), 7), (address("waiting_list"), 7)):
        person.get(page)
        with django_assert_num_queries(queries):
            assert len(person.get(page).context["page"]) == count
    with django_assert_num_queries(4):
        person.get(reverse("reports:reward_docx"))
