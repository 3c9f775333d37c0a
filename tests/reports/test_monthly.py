"""XX科室X月份安全生产工作开展情况: the template's wording, the round's figures, three forms."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from plans.models import Visit
from reports.documents.monthly import INSPECTED, Figures, Monthly
from reports.monthly import monthly, offices
from reports.render.pages import pages_of
from scoring.models import Finding
from tests.factories.papers import started

TEMPLATE = """一、工作开展计划
根据XXXX文件要求，组织开展XX行动，计划对XX开展工作，预计取得XX效果
二、工作完成情况
（一）行业规划：
1、上级部门发文情况（例如：“十四五”民用爆炸物品行业安全发展规划等文件），以及开展形式。
2、我局制定相关文件，以及开展形式。
（二）产业政策：
1、上级部门发文情况（例如：“技改专项贷”、“设备购置补助”等政策），以及开展形式。
2、我局制定产业政策文件情况，以及开展形式。
（三）法规标准：
组织行业企业开展多种形式学习法规标准情况。（例如：《关于开展全市废弃资源综合利用业企业安全生产“大学习、大培训、大考试”专项行动的通知》）
（四）其他工作开展情况。安全检查、领导调研、安全宣传、安全培训等工作。
三、下个月工作计划
根据上级文件要求或工作安排，拟开展XX行动、参加XX调研、组织开展安全培训、安全宣传等工作。"""  # noqa: E501
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def test_wording_is_the_template_s_to_the_letter():
    told = Monthly("XX科室", MAY, "XX", Figures())
    lines = [text for text in told.lines if not text.startswith(INSPECTED)]
    assert told.title == "XX科室5月份安全生产工作开展情况"
    assert "\n".join(lines) == TEMPLATE


@pytest.fixture
def may(world):
    """Two visits of the office's people handed in: three problems, one mended, one late."""
    for visit, day in ((world.visit, 5), (world.enterprise_visit, 20)):
        sheet = started(visit, world.leader)
        visit.visit_on, visit.status = date(2026, 5, day), Visit.Status.SUBMITTED
        visit.submitted_at, visit.submitted_by = timezone.now(), world.leader
        visit.total, visit.content_hash = 0, "0" * 64
        visit.save()
    for n, (fixed, due) in enumerate([(MAY, None), (None, MAY), (None, None)]):
        Finding.objects.create(
            sheet=sheet,
            order=n,
            text=f"示例问题{n}",
            fixed_on=fixed,
            due_on=due,
            created_by=world.leader,
        )
    return world


def told_of(world, month):
    return monthly(world.plan, world.orgs["industrial_union"], month, user=world.province)


def test_figures_are_those_of_the_month(may):
    names = (may.visit.target.name, may.enterprise_visit.target.name)
    figures = told_of(may, MAY).figures
    assert figures == Figures(3, names, problems=3, fixed=1, late=1, coming=())
    may.other_visit.visit_on = date(2026, 6, 9)
    may.other_visit.save()
    assert told_of(may, MAY).figures.coming == (may.other_visit.target.name,)
    assert told_of(may, JUNE).figures.visited == ()


def test_sentence_says_what_was_found_and_mended(may):
    (said, *_) = [text for text in told_of(may, MAY).lines if text.startswith(INSPECTED)]
    assert said.endswith("发现问题3个，已整改1个，未整改2个（其中逾期1个）。")
    assert "5月检查单位2家（" in said


def test_offices_are_those_whose_people_inspect(world):
    assert list(offices(world.plan, world.province)) == [world.orgs["industrial_union"]]


def test_form_is_a_page_a_pdf_and_a_word_file(may, as_):
    browser = as_(may.province)
    asked = {"office": may.orgs["industrial_union"].pk, "month": "2026-05"}
    get = lambda name: browser.get(reverse(f"reports:monthly_{name}", args=[may.plan.pk]), asked)  # noqa: E731
    title = "省示例产业工会5月份安全生产工作开展情况"
    assert title in get("page").content.decode()
    told = Document(io.BytesIO(get("word").content)).paragraphs
    texts = [(p.style.name, p.text.replace("\n", "")) for p in told if p.text]
    assert texts[0] == ("公文标题", title)
    assert [text for _, text in texts[1:]] == told_of(may, MAY).lines
    assert [look for look, _ in texts[1:5]] == ["一级标题", "公文正文", "一级标题", "二级标题"]
    printed = [c.text for page in pages_of(get("pdf").content) for line in page.lines for c in line]
    assert "".join(printed).startswith(title + "".join(told_of(may, MAY).lines)[:60])


def test_office_that_is_not_at_work_in_the_round_is_not_found(may, as_):
    page = reverse("reports:monthly_page", args=[may.plan.pk])
    other = may.orgs["enterprise_b1"].pk
    assert as_(may.province).get(page, {"office": other}).status_code == 404
    assert as_(may.leader).get(page).status_code == 403


@pytest.mark.parametrize("visits", [1, 3])
def test_page_costs_the_same_for_any_number(may, as_, django_assert_num_queries, visits):
    rows = Visit.objects.filter(plan=may.plan).order_by("pk")
    rows.exclude(pk__in=rows.values("pk")[:visits]).update(visit_on=date(2027, 1, 1))
    browser, page = as_(may.province), reverse("reports:monthly_page", args=[may.plan.pk])
    browser.get(page, {"month": "2026-05"})
    with django_assert_num_queries(11):
        browser.get(page, {"month": "2026-05"})
