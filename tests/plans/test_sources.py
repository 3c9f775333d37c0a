"""The templates of sources 2, 4 and 5 say what was issued: not a character more or less."""

import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from orgs.models import Organization
from orgs.roles import Role
from plans import actions
from plans.models import Plan
from plans.source import FIELDS
from plans.source_gaoqing import GAOQING
from plans.source_medical import MEDICAL
from plans.source_shishi import SHISHI
from plans.sources import SOURCES, source_of
from plans.targets import targets_of
from tests.edits import save
from tests.factories.orgs import OrganizationFactory, UserFactory, region
from tests.factories.rubrics import small_version

FOLDER = Path(__file__).parent / "source"
AS_ISSUED = {  # template → file, year, the dates of the issued round
    "medical": ("medical-requirements.txt", date(2017, 5, 1), date(2017, 5, 31)),
    "shishi": ("shishi-2024.txt", date(2024, 11, 4), date(2024, 12, 31)),
    "gaoqing": ("gaoqing-2022.txt", date(2022, 5, 1), date(2022, 12, 31)),
}
HEADS = {"medical": 2, "shishi": 1, "gaoqing": 1}  # lines of the document's title


def folded(text: str) -> str:
    """Without spaces and line breaks, and with one width of every character."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def issued(key: str) -> Counter[str]:
    """The paragraphs of the document behind its title."""
    lines = (FOLDER / AS_ISSUED[key][0]).read_text(encoding="utf-8").splitlines()
    return Counter(folded(line) for line in lines[HEADS[key] :])


def template_paragraphs(key: str) -> Counter[str]:
    """The paragraphs of the template with the dates of the issued round."""
    _, first, last = AS_ISSUED[key]
    texts = source_of(key).wording(first.year, 1, first, last)
    return Counter(folded(line) for name in FIELDS for line in texts[name].splitlines())


@pytest.mark.parametrize("key", ["shishi", "gaoqing"])
def test_texts_are_the_whole_issued_plan(key):
    assert template_paragraphs(key) == issued(key)


def test_texts_of_the_requirements_are_the_eight_clauses_with_the_ways_in_the_second():
    told = template_paragraphs("medical")
    [opening] = [line for line in told if line.startswith("二、")]
    whole = Counter(told - Counter([opening]))
    whole[opening + folded(MEDICAL.methods_wording)] += 1
    assert whole == issued("medical")


@pytest.mark.parametrize("source", [MEDICAL, SHISHI, GAOQING])
def test_sentences_beside_the_text_are_in_the_document(source):
    whole = folded((FOLDER / AS_ISSUED[source.key][0]).read_text(encoding="utf-8"))
    assert folded(source.sampling_wording) in whole
    assert folded(source.methods_wording) in whole


def test_phases_of_the_issued_rounds_are_the_issued_ones():
    windows = {
        key: [
            (one.name, one.scorer, f"{one.starts_on:%m%d}", f"{one.ends_on:%m%d}") for one in rows
        ]
        for key, (_, first, last) in AS_ISSUED.items()
        for rows in [source_of(key).phases(first, last)]
    }
    assert windows["shishi"] == [
        ("自查自纠", "self", "1104", "1115"),
        ("帮扶", "helpers", "1116", "1130"),
        ("督导", "team", "1201", "1215"),
        ("复核", "recheck", "1216", "1231"),
        ("总结提升", "nobody", "0101", "0120"),
    ]
    assert windows["gaoqing"] == [
        ("安排部署", "nobody", "0501", "0515"),
        ("自查自纠", "self", "0516", "0930"),
        ("督促指导", "team", "0501", "1130"),
        ("总结提升", "nobody", "1201", "1231"),
    ]


def test_another_round_moves_phases_and_the_days_in_the_texts():
    texts = SHISHI.wording(2026, 1, date(2026, 10, 1), date(2026, 11, 30))
    assert "自查自纠阶段（2026年10月15日前）" in texts["tasks"]
    assert "总结提升阶段（2026年12月20日前）" in texts["tasks"]
    assert "于2026年12月15日前各新增" in texts["tasks"]
    assert "2024" not in texts["tasks"].replace("〔2024〕", "")
    windows = SHISHI.phases(date(2026, 10, 1), date(2026, 11, 30))
    assert windows[0].starts_on == date(2026, 10, 1)


def test_round_that_is_too_short_has_no_phase_that_ends_before_it_begins():
    for one in SHISHI.phases(date(2026, 10, 1), date(2026, 10, 8)):
        assert date(2026, 10, 1) <= one.starts_on <= one.ends_on


@pytest.mark.parametrize("key", list(SOURCES))
def test_text_of_a_plan_is_shown_under_the_headings_of_its_source(key):
    _, first, last = AS_ISSUED.get(key, ("", date(2017, 12, 1), date(2017, 12, 8)))
    source = source_of(key)
    texts = {k: v for k, v in source.wording(first.year, 2, first, last).items() if k in FIELDS}
    page = render_to_string("plans/_plan_texts.html", {"plan": Plan(template=key, **texts)})
    assert [h for h in source.headings.values() if f"<h3>{h}</h3>" not in page] == []
    assert page.count("<h3>") == len(source.headings)


# --- the steps of each in the browser


@pytest.fixture
def desk(db):
    """An office that issues rounds in a county with a town and an enterprise."""
    place = region("示例县", "001001001", code="350581")
    office = OrganizationFactory(
        kind=Organization.Kind.COMMITTEE_OFFICE, name="示例县安委会办公室", region=place
    )
    return UserFactory(organization=office, role=Role.PROVINCE_STAFF)


@pytest.mark.parametrize(
    ("key", "targets", "phases"),
    [
        ("medical", ["medical_city", "medical_unit"], ["督导"]),
        ("shishi", ["producer", "town"], ["自查自纠", "帮扶", "督导", "复核", "总结提升"]),
        ("gaoqing", ["office", "industry"], ["安排部署", "自查自纠", "督促指导", "总结提升"]),
    ],
)
def test_template_is_one_click_and_every_step_speaks_of_its_own(desk, as_, key, targets, phases):
    client = as_(desk)
    _, first, last = AS_ISSUED[key]
    data = {"year": first.year, "round_number": 1, "starts_on": first, "visits_end_on": last}
    answer = client.post(reverse("plans:plan_create"), data | {"start": key})
    plan = Plan.objects.get()
    assert answer.url == reverse("plans:plan_basis", args=[plan.pk])
    assert (plan.template, plan.sampling) == (key, source_of(key).sampling)
    assert [phase.name for phase in plan.phases.all()] == phases
    rubrics = client.get(reverse("plans:plan_rubrics", args=[plan.pk]))
    assert list(rubrics.context["form"].fields) == targets
    for step in ("basis", "rubrics", "rule", "teams", "phases", "check"):
        page = client.get(reverse(f"plans:plan_{step}", args=[plan.pk])).content.decode()
        assert "重点监管县" not in page
        assert "山东省总工会" not in page


def draft(desk, key="gaoqing") -> Plan:
    _, first, last = AS_ISSUED[key]
    return actions.create(
        desk.organization,
        by=desk,
        year=first.year,
        round_number=1,
        starts_on=first,
        visits_end_on=last,
        template=key,
    )


def test_rule_of_units_is_changed_in_its_table(desk, as_):
    plan = draft(desk)
    url = reverse("plans:plan_rule", args=[plan.pk])
    data = {"office_way": "listed", "industry_way": "drawn", "industry_choose": 3}
    save(as_(desk), url, data | {"industry_per": "town", "industry_pool": "reach"})
    plan.refresh_from_db()
    assert plan.sampling == {
        "drawn": [{"target": "industry", "choose": 3, "per": "town", "pool": "reach"}],
        "listed": ["office"],
    }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"office_way": "drawn"}, "局业务科室随机抽取，请填抽几家（1–999）。"),
        ({}, "至少选一类督导对象。"),
    ],
)
def test_rule_that_is_none_is_refused_where_it_was_typed(desk, as_, data, told):
    plan = draft(desk)
    page = save(as_(desk), reverse("plans:plan_rule", args=[plan.pk]), data).content.decode()
    assert told in page
    assert Plan.objects.get().sampling == GAOQING.sampling


def test_another_rule_is_one_click_and_changes_the_targets(desk, as_):
    plan = draft(desk)
    client, url = as_(desk), reverse("plans:plan_rule", args=[plan.pk])
    seen = client.get(url).context["seen"]
    take = reverse("plans:plan_use_source_rule", args=[plan.pk])
    client.post(take, {"seen": seen, "source": "shandong"})
    rubrics = client.get(reverse("plans:plan_rubrics", args=[plan.pk]))
    assert list(rubrics.context["form"].fields) == ["county_union", "enterprise_union"]


def test_phases_saved_again_keep_the_order_of_the_source(desk):
    plan = draft(desk)
    rows = list(plan.phases.values("name", "scorer", "starts_on", "ends_on"))
    actions.save_phases(plan, by=desk, phases=reversed(rows))
    assert [phase.name for phase in plan.phases.all()] == [row["name"] for row in rows]


@pytest.mark.parametrize("key", ["medical", "shishi", "gaoqing"])
def test_template_with_its_tables_is_published_and_says_what_comes_next(desk, as_, key):
    for target, _ in targets_of(Plan(sampling=source_of(key).sampling)):
        small_version(target)
    plan, client = draft(desk, key), as_(desk)
    check = client.get(reverse("plans:plan_check", args=[plan.pk])).content.decode()
    assert "还差" not in check
    answer = client.post(reverse("plans:plan_publish", args=[plan.pk]), follow=True)
    assert "方案已发布" in answer.content.decode()
    page = client.get(reverse("plans:plan_detail", args=[plan.pk])).content.decode()
    expected = {"medical": "抽取督导单位", "shishi": "添加督导单位", "gaoqing": "添加督导单位"}
    assert expected[key] in page
    assert "抽取县（市、区）" not in page
