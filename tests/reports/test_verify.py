"""The public verifier: what it says, and what it keeps to itself."""

import pytest
from django.urls import reverse

from reports.models import IssuedDocument
from scoring import actions
from tests.factories import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(world):
    papers.submitted(world)
    return IssuedDocument.objects.select_related("sheet__visit").get(kind="record")


def page(client, document) -> str:
    return client.get(reverse("reports:verify_code", args=[document.code])).content.decode()


def compare(client, document, total):
    url = reverse("reports:verify_total", args=[document.code])
    return client.post(url, {"total": total})


def test_verifier_needs_no_login(client):
    assert client.get(reverse("reports:verify")).status_code == 200


def test_typed_code_leads_to_its_paper(client, document):
    response = client.get(reverse("reports:verify"), {"code": document.code.lower()})
    assert response["Location"] == reverse("reports:verify_code", args=[document.code])


def test_code_says_paper_unit_and_date_but_no_score(client, document):
    text = page(client, document)
    for words in ("督导工作记录表", "甲一县总工会", "2017年12月5日", "第1稿", "最新一稿"):
        assert words in text
    assert "11" not in text.split("系统记载")[1].split("签发")[0]
    assert "示例亮点" not in text


def test_total_that_matches_shows_the_score(client, document):
    text = compare(client, document, "11.0").content.decode()
    assert "一致" in text
    assert "<dt>总得分</dt><dd><b>11</b></dd>" in text


def test_total_that_differs_keeps_the_score(client, document):
    text = compare(client, document, "12").content.decode()
    assert "不一致" in text
    assert "<dt>总得分</dt>" not in text


def test_total_in_full_width_is_read(client, document):
    assert "最新一稿" in compare(client, document, "１１分").content.decode()


def test_total_that_is_no_number_is_asked_again(client, document):
    response = compare(client, document, "abc")
    assert response.status_code == 400
    assert 'value="abc"' in response.content.decode()


def test_unknown_code_says_so(client, db):
    response = client.get(reverse("reports:verify_code", args=["K7M3-9QXD-4TRA"]))
    assert response.status_code == 404
    assert "查不到" in response.content.decode()


def test_malformed_code_says_what_a_code_looks_like(client, db):
    response = client.get(reverse("reports:verify"), {"code": "<b>0</b>"})
    assert response.status_code == 400
    assert "&lt;b&gt;0&lt;/b&gt;" in response.content.decode()


def test_returned_paper_is_said_to_be_under_correction(client, document, world):
    actions.return_visit(world.visit, by=world.province, note="示例意见")
    assert "已退回更正" in page(client, document)


def test_replaced_paper_names_the_newer_draft(client, document, world):
    sheet = actions.return_visit(world.visit, by=world.province, note="示例意见")
    for role in ("leader", "recorder"):
        papers.sign(sheet, role, world.people[role])
    actions.submit(world.visit, by=world.leader)
    assert "已被第2稿替代" in page(client, document)


def test_looking_takes_few_queries(client, document, django_assert_num_queries):
    page(client, document)  # the first of a stretch makes the row that counts
    with django_assert_num_queries(3):
        page(client, document)
