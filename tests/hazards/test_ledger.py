"""What a filter of the ledger holds: the same for the page, for files and for the counts."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from hazards import ledger
from hazards.columns import COLUMNS, USUAL, moved, ordered, shown
from hazards.forms.filters import LedgerFilter
from hazards.ledger import ORDERS, TABS, Wanted
from hazards.models import Hazard
from hazards.paging import Listing
from tests.factories import hazards

S, G = Hazard.Status, Hazard.Grade
ALL_OF_A1 = "gone closed accepting major late new"
READERS = ("officer", "unit_union", "county_a1", "city_a", "province", "regulator", "leader")


def today():
    return timezone.localdate()


@pytest.fixture
def mixed(world):
    """Hazards of 甲一县's enterprise in many states, one of 乙一县's."""
    made = {
        "new": hazards.reported(world),
        "late": hazards.in_state(world, S.RECTIFYING),
        "major": hazards.in_state(world, S.RECTIFYING, G.MAJOR),
        "accepting": hazards.in_state(world, S.ACCEPTING),
        "closed": hazards.in_state(world, S.CLOSED),
        "gone": hazards.in_state(world, S.DISMISSED),
    }
    Hazard.objects.filter(pk=made["late"].pk).update(due_on=today() - timedelta(days=2))
    made["there"] = hazards.report_at(world, "enterprise_b1", "other_officer")
    return made


def found(user, wanted):
    return Listing(user.scope, wanted, today()).first(50)


@pytest.mark.parametrize("tab", TABS)
def test_page_file_and_count_hold_the_same(world, mixed, tab):
    for person in READERS:
        user, wanted = world.people[person], Wanted(tab=tab)
        rows = list(ledger.rows(user.scope, wanted, today()).values_list("pk", flat=True))
        counts = Listing(user.scope, wanted, today()).counts([tab])
        expected = (person, rows, {tab: len(rows), "": len(rows)})
        assert (person, found(user, wanted), counts) == expected


@pytest.mark.parametrize("order", ORDERS)
def test_pages_follow_each_other_there_and_back(world, mixed, order):
    wanted = Wanted(tab="all", order=order)
    rows = list(ledger.rows(world.province.scope, wanted, today()).values_list("pk", flat=True))
    listing = Listing(world.province.scope, wanted, today())

    def pages(query, side):
        while True:
            page = listing.page(QueryDict(query), size=2, load=lambda pks: {pk: pk for pk in pks})
            yield page
            query = getattr(page, side)
            if not query:
                return

    there = list(pages("", "next"))
    assert [pk for page in there for pk in page] == rows
    back = list(pages(there[-1].previous, "previous"))
    assert [pk for page in reversed(back) for pk in page] == rows[: 2 * len(back)]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), "late major accepting new"),
        (Wanted(order="new"), "accepting major late new"),
        (Wanted(tab="overdue"), "late"),
        (Wanted(tab="major"), "major"),
        (Wanted(tab="done"), "closed"),
        (Wanted(tab="finding"), ""),
        (Wanted(tab="all", status=S.DISMISSED), "gone"),
        (Wanted(status=S.CLOSED), ""),
        (Wanted(grade=G.MAJOR), "major"),
        (Wanted(tab="all", kind="leak"), ""),
        (Wanted(level="team"), "late accepting"),
        (Wanted(tab="all", city="001002"), ""),
        (
            Wanted(tab="all", county="001001001", order="new"),
            "gone closed accepting major late new",
        ),
        (Wanted(failed=True), ""),
        (Wanted(person="worker"), "late major accepting"),
        (Wanted(person="示例officer"), ""),
    ],
)
def test_each_filter_narrows(world, mixed, wanted, names):
    assert found(world.county_a1, wanted) == [mixed[name].pk for name in names.split()]


def test_days_narrow_with_both_ends_included(world, mixed):
    day, before = today(), today() - timedelta(days=1)
    assert found(world.county_a1, Wanted(until=before)) == []
    assert len(found(world.county_a1, Wanted(since=day, until=day))) == 4
    closed = Wanted(tab="done", closed_since=day, closed_until=day)
    assert found(world.county_a1, closed) == [mixed["closed"].pk]
    assert found(world.county_a1, Wanted(tab="done", closed_until=before)) == []
    assert found(world.county_a1, Wanted(due_until=day)) == [mixed["late"].pk]
    assert found(world.county_a1, Wanted(due_since=day, due_until=before)) == []


def test_what_is_due_on_sunday_is_due_this_week(world, mixed):
    sunday = today() + timedelta(days=6 - today().weekday())
    Hazard.objects.filter(pk=mixed["major"].pk).update(due_on=sunday)
    Hazard.objects.filter(pk=mixed["accepting"].pk).update(due_on=sunday + timedelta(days=1))
    assert found(world.officer, Wanted(tab="week")) == [mixed["major"].pk]


@pytest.mark.parametrize("q", ["甲一县示例", "示例worker", "法兰", "泵房", "0002"])
def test_words_are_sought_in_text_place_number_unit_and_people(world, mixed, q):
    late = mixed["late"]
    assert late.number.endswith("0002")
    assert late.pk in found(world.officer, Wanted(tab="all", q=q))


def test_words_of_the_neighbour_find_nothing(world, mixed):
    assert found(world.county_a1, Wanted(tab="all", q="乙一县")) == []
    assert found(world.province, Wanted(tab="all", q="乙一县")) == [mixed["there"].pk]


def test_a_row_that_words_find_twice_is_counted_once(as_, world, mixed):
    Hazard.objects.filter(pk=mixed["new"].pk).update(text="示例：甲一县示例化工有限公司门口")
    page = as_(world.officer).get("/hazards/", {"q": "甲一县示例"}).context["page"]
    assert (len(page), page.caption) == (4, "本页 4 条，共 4 条")


@pytest.mark.parametrize(
    ("person", "fields"),
    [
        ("province", {"city", "county"}),
        ("city_a", {"county"}),
        ("county_a1", set()),
        ("officer", set()),
    ],
)
def test_only_places_below_are_offered(world, person, fields):
    form = LedgerFilter(QueryDict("city=001001"), scope=world.people[person].scope)
    assert {"city", "county"} & set(form.fields) == fields
    if fields:
        offered = [path for path, _ in form.fields["county"].choices]
        assert offered == ["", "001001001", "001001002"]


def test_wrong_choices_narrow_nothing_and_say_so(as_, world, mixed):
    answer = as_(world.officer).get("/hazards/", {"grade": "huge", "unit": "999999", "tab": "x"})
    assert len(answer.context["page"]) == 4
    assert set(answer.context["form"].errors) == {"grade", "unit", "tab"}


def test_chips_say_what_is_chosen_and_lead_without_it(world):
    data = QueryDict("tab=all&grade=major&city=001001&county=001001001&after=[1]")
    chips = dict(LedgerFilter(data, scope=world.province.scope).chips())
    assert chips == {
        "级别 重大": "tab=all&city=001001&county=001001001",
        "市 甲市": "tab=all&grade=major",
        "县（市、区） 甲一县": "tab=all&grade=major&city=001001",
    }


def test_columns_are_those_chosen_with_the_number_first():
    assert shown(["unit", "nonsense", "text", "unit"]) == ["number", "unit", "text"]
    assert shown([]) == list(USUAL)
    everything = [name for name, _, _ in ordered(["unit"])]
    assert everything[:2] == ["number", "unit"]
    assert sorted(everything) == sorted(COLUMNS)


@pytest.mark.parametrize(
    ("name", "by", "order"), [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("x", 1, "abc")]
)
def test_a_column_moves_by_one(name, by, order):
    assert "".join(moved(list("abc"), name, by)) == order
