"""The permission matrix is complete and true."""

import pytest
from django.db import connection

from tests.architecture.matrix import (
    EVERYBODY,
    Row,
    actual,
    addresses,
    ask,
    methods,
    proposal,
)
from tests.architecture.objects import FOR
from tests.architecture.permissions import ROWS
from tests.architecture.spokesmen import spokesmen

NAMES = sorted({name for name, _ in addresses()})


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_matrix_says(row, world):
    people = EVERYBODY if connection.vendor == "sqlite" else spokesmen(row)
    found = actual(row, world, people)
    expected = {name: row.expected()[name] for name in people}
    assert found == expected, f"\n\nas things stand:\n    {proposal(row, found)}"


@pytest.mark.once  # about the table; its rows themselves are asked on each
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_address_has_its_rows(name, world):
    """A row for each method and for each object that could belong to somebody else."""
    known = {(row.method, row.object) for row in ROWS if row.url == name}
    objects = FOR.get(name) or FOR[name.rpartition(":")[0]]
    allowed = methods(name, objects[0], world)
    missing = [
        Row(name, method, key, {})
        for method in allowed
        for key in objects
        if (method, key) not in known
    ]
    lines = [proposal(row, actual(row, world)) for row in missing]
    assert allowed, "say which methods the view answers: @require_GET, @require_POST, …"
    assert lines == [], "as things stand:\n    " + "\n    ".join(lines)


def test_no_row_is_left_over():
    assert {row.url for row in ROWS} - set(NAMES) == set()


@pytest.mark.django_db
def test_the_admin_is_for_system_administrators(world):
    found = {name: ask(world, name, "GET", "/admin/").status_code for name in world.people}
    assert {name for name, status in found.items() if status == 200} == {"admin"}
