"""The 抽取公告 as PDF: of a draw that stands, for those who see it."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.draws import Pool

pytestmark = pytest.mark.django_db


def test_notice_has_result_and_proof(as_):
    pool = Pool()
    draw = pool.drawn()
    response = as_(pool.people[0]).get(reverse("reports:draw_notice_pdf", args=[draw.pk]))
    pages = PdfReader(io.BytesIO(response.content)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert len(pages) == 1
    assert "2017年示例第2次督导抽取公告" in text
    assert draw.list_hash in text
    assert draw.code in text


def test_notice_is_for_those_who_see_the_draw(as_):
    pool = Pool()
    url = reverse("reports:draw_notice_pdf", args=[pool.drawn().pk])
    assert as_(pool.outsider()).get(url).status_code == 404


def test_draw_not_yet_done_has_no_notice(as_):
    pool = Pool()
    draw = pool.seeded()
    response = as_(pool.people[0]).get(reverse("reports:draw_notice_pdf", args=[draw.pk]))
    assert response["Location"] == reverse("plans:draw_ceremony", args=[draw.pk])
