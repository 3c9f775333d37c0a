"""Paging by key walks every row once, forwards and back."""

from urllib.parse import urlencode

import pytest
from django.http import Http404, QueryDict

from chabaocu.lists import keyset_page
from orgs.models import Organization
from plans.models import Visit
from tests.factories.orgs import OrganizationFactory, RegionFactory

ORDER = ("region__path", "-pk")


@pytest.fixture
def units(db):
    one, two = (RegionFactory(path=f"00{n}") for n in (1, 2))
    OrganizationFactory.create_batch(4, region=one)
    OrganizationFactory.create_batch(3, region=two)
    return list(Organization.objects.order_by(*ORDER))


def page(query: str):
    queryset = Organization.objects.select_related("region")
    return keyset_page(queryset, QueryDict(query), order=ORDER, size=3)


def test_pages_forwards_show_every_row_once(units):
    seen, query = [], ""
    while True:
        current = page(query)
        seen += current.rows
        if not (query := current.next):
            break
    assert seen == units


def test_previous_page_is_the_page_before(units):
    second = page(page("").next)
    assert page(second.previous).rows == units[:3]
    assert page(second.previous).previous == ""


def test_caption_counts(units):
    assert page("").caption == "本页 3 条，共 7 条"


def test_a_row_of_several_parts_stands_in_the_list_once(units):
    everything = Organization.objects.all()
    parts = [everything.filter(region__path="002"), everything, everything.none()]
    shown = keyset_page(parts, QueryDict(""), order=ORDER, size=5, load=everything.in_bulk)
    assert (shown.rows, shown.caption) == (units[:5], "本页 5 条，共 7 条")
    rest = keyset_page(parts, QueryDict(shown.next), order=ORDER, size=5, load=everything.in_bulk)
    assert (rest.rows, rest.next) == (units[5:], "")


def test_parts_without_rows_are_an_empty_page(db):
    nobody = Organization.objects.none()
    shown = keyset_page([nobody, nobody], QueryDict(""), order=ORDER, load=nobody.in_bulk)
    assert (shown.rows, shown.caption) == ([], "本页 0 条，共 0 条")


WRONG_TYPES = ['["001","x"]', '["001",null]', '["001",{}]', '["001",[1]]', '["\\u0000",1]']


@pytest.mark.parametrize("cursor", WRONG_TYPES)
def test_a_cursor_of_wrong_type_is_not_found(units, cursor):
    with pytest.raises(Http404):
        page(urlencode({"after": cursor}))


@pytest.mark.parametrize(
    "cursor", ['["x",1,1]', '["NaN","1e999999",1]', '[null,"1.0",1]', "[{},1,1]"]
)
def test_a_number_that_is_none_is_not_found(db, cursor):
    data = QueryDict(urlencode({"after": cursor}))
    with pytest.raises(Http404):
        keyset_page(Visit.objects.all(), data, order=("-rate", "-total", "pk"))


@pytest.mark.parametrize("cursor", ["after=x", "after=[1]", 'after={"a":1}'])
def test_broken_cursor_is_not_found(db, cursor):
    with pytest.raises(Http404):
        page(cursor)
