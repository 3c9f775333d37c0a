"""Each person's views and columns of the ledger."""

import pytest
from django.urls import reverse

from hazards import reading
from hazards.columns import COLUMNS, USUAL
from hazards.models import LedgerView
from tests.factories import hazards

KINDS = ("leak", "guard", "power")
LEDGER = "/hazards/"


def save(person, name, query):
    return person.post(reverse("hazards:view_save"), {"name": name, "query": query}, follow=True)


def test_a_view_is_kept_and_shown_to_its_owner_only(as_, world):
    answer = save(as_(world.officer), "示例视图", "tab=all&grade=major&after=[1]")
    view = LedgerView.objects.get()
    assert (view.owner, view.name, view.query) == (world.officer, "示例视图", "grade=major&tab=all")
    assert answer.context["views"] == [(view, "0")]
    assert f'href="?{view.query.replace("&", "&amp;")}" aria-current="true"' in (
        answer.content.decode()
    )
    assert as_(world.unit_union).get(LEDGER).context["views"] == []


def test_the_same_name_means_what_was_said_last(as_, world):
    person = as_(world.officer)
    save(person, "示例视图", "tab=all")
    save(person, "示例视图", "tab=done")
    assert [view.query for view in LedgerView.objects.all()] == ["tab=done"]


@pytest.mark.parametrize(
    ("name", "query"), [("", "tab=all"), ("长" * 21, "tab=all"), ("示例", "q=" + "长" * 501)]
)
def test_a_view_without_a_fitting_name_is_not_kept(as_, world, name, query):
    answer = save(as_(world.officer), name, query)
    assert "视图没有存上" in answer.content.decode()
    assert not LedgerView.objects.exists()


def test_a_thirteenth_view_is_refused(as_, world):
    for n in range(reading.MOST):
        reading.keep_view(world.officer, f"示例{n}", "tab=all")
    answer = save(as_(world.officer), "示例", "tab=all")
    assert "请先删掉一个" in answer.content.decode()
    assert LedgerView.objects.count() == reading.MOST
    save(as_(world.officer), "示例0", "tab=done")
    assert LedgerView.objects.get(name="示例0").query == "tab=done"


def test_the_ledger_opens_with_the_default_view(as_, world):
    person, first = as_(world.officer), reading.keep_view(world.officer, "示例", "tab=done")
    other = reading.keep_view(world.officer, "另一示例", "tab=all")
    for view in (first, other):
        person.post(reverse("hazards:view_default", args=[view.pk]))
        assert person.get(LEDGER).url == f"{LEDGER}?{view.query}"
    assert person.get(LEDGER, {"tab": "open"}).status_code == 200
    person.post(reverse("hazards:view_default", args=[other.pk]))
    assert person.get(LEDGER).status_code == 200


def test_a_view_is_deleted(as_, world):
    view = reading.keep_view(world.officer, "示例", "tab=done")
    other = reading.keep_view(world.unit_union, "示例", "tab=done")
    as_(world.officer).post(reverse("hazards:view_delete", args=[view.pk]))
    assert list(LedgerView.objects.all()) == [other]


def test_columns_are_chosen_moved_and_reset(as_, world):
    hazards.reported(world)
    person, address = as_(world.officer), reverse("hazards:columns_save")
    said = {"order": list(COLUMNS), "shown": ["unit", "text", "industry"]}
    person.post(address, said)
    assert reading.columns_of(world.officer) == ["number", "text", "unit", "industry"]
    assert reading.columns_of(world.unit_union) == list(USUAL)
    answer = person.get(LEDGER)
    assert [word for _, word in answer.context["columns"]] == ["编号", "隐患", "单位", "行业"]
    person.post(address, said | {"up": "unit"})
    assert reading.columns_of(world.officer) == ["number", "unit", "text", "industry"]
    person.post(address, said | {"usual": "1"})
    assert reading.columns_of(world.officer) == list(USUAL)


@pytest.mark.once
def test_a_view_says_how_many_rows_it_holds_now(as_, world):
    hazards.in_state(world, "rectifying", kind="leak")
    hazards.in_state(world, "closed", kind="leak")
    hazards.reported(world, kind="guard", text="示例：配电室无挡鼠板")
    hazards.report_at(world, "enterprise_b1", "other_officer", kind="leak")
    told = {
        "kind=leak&tab=all": "2",
        "kind=leak&tab=open": "1",
        "q=挡鼠&tab=open": "1",
        "county=001001001&tab=all": "3",
        "city=001002&tab=all": "0",
        "unit=x&tab=done": "1",
        "": "2",
    }
    for n, query in enumerate(told):
        reading.keep_view(world.city_a, f"示例{n}", query)
    page = as_(world.city_a).get(LEDGER, {"tab": "all"})
    assert {view.query: count for view, count in page.context["views"]} == told | {
        "city=001002&tab=all": "3"  # one's own city is no filter for a city
    }
    for query, count in told.items():
        listed = as_(world.city_a).get(f"{LEDGER}?{query or 'tab=open'}").context["page"]
        assert (query, listed.total) == (query, "3" if "001002" in query else count)


@pytest.mark.parametrize("views", [1, 3])
def test_each_view_is_one_count(as_, world, views, django_assert_num_queries):
    hazards.reported(world)
    for n in range(views):
        reading.keep_view(world.officer, f"示例{n}", f"grade=general&kind={KINDS[n]}&tab=all")
    person = as_(world.officer)
    person.get(LEDGER, {"tab": "open"})
    with django_assert_num_queries(7 + views):
        person.get(LEDGER, {"tab": "open"})


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_has_a_cell(as_, world, name):
    hazards.in_state(world, "closed")
    reading.keep_columns(world.officer, [name, "unit"])
    page = as_(world.officer).get(LEDGER, {"tab": "all"}).content.decode()
    row = page.split("<tbody>")[1].split("</tbody>")[0]
    ticked = 1
    assert row.count("<td") + row.count("<th") == ticked + len(reading.columns_of(world.officer))
