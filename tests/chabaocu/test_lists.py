"""Paging by key walks every row once, forwards and back."""

import pytest
from django.http import Http404, QueryDict

from chabaocu.lists import keyset_page
from orgs.models import Organization
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


@pytest.mark.parametrize("cursor", ["after=x", "after=[1]", 'after={"a":1}'])
def test_broken_cursor_is_not_found(db, cursor):
    with pytest.raises(Http404):
        page(cursor)
