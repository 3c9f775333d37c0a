"""The sum of every part beside what the table says of it; the printed form shows both."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.documents.grid import blocks
from reports.documents.proof import proof
from reports.documents.scoresheet import blank_form
from rubrics import editing
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.mismatches import mismatches
from rubrics.outline import read
from rubrics.sums import Sum, adopted, sums

TABLES = {
    path.stem: read(json.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.json"))
}
TABLE = TABLES["fujian1-county-union"]
PRODUCER = TABLES["shishi-fujian3-producer"]


def wrong(outline):
    return {place for place, one in sums(outline).items() if not one.agrees}


def test_issued_tables_agree_but_for_the_slips_of_their_issuer():
    items = {n: place for place, n in numbered(PRODUCER)}
    assert {name: wrong(table) for name, table in TABLES.items() if wrong(table)} == {
        "shishi-fujian3-producer": {items[16], items[17]}
    }


def numbered(outline):
    return [(place, part.number) for place, part in editing.places(outline) if len(place) == 2]


def test_one_changed_point_shows_at_every_level():
    made = editing.changed(TABLE, (0, 0, 0), points=Decimal(9))
    assert wrong(made) == {(), (0, 0), (0, 0, 0)}
    stated = replace(made.sections[0], points=Decimal(10))
    made = replace(made, sections=(stated, *made.sections[1:]))
    assert (0,) in wrong(made)
    assert sums(made)[0, 0, 0] == Sum(Decimal(9), sums(TABLE)[0, 0, 0].found)


def test_stated_sums_are_made_what_their_parts_come_to():
    made = editing.changed(PRODUCER, (0, 0, 0), points=Decimal(9))
    assert wrong(adopted(made)) == {(0, 0, 0)}
    assert [m.where for m in mismatches(adopted(made))] == ["得分点 1"]
    scheme = {"scale": {"points": "10", "places": 1}}
    assert adopted(replace(made, scheme=scheme)).total == 10


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_proof_has_every_cell_of_the_printed_form(table):
    """Cell by cell what the printers draw, the wording in pieces where points share a cell."""
    made, paper = proof(table), blank_form(table)
    printed = [row for block in blocks(paper, below=1 if made.total else 0) for row in block]
    assert [[one.cell for one in row] for row in made.rows] == printed
    for row in made.rows:
        for one in row:
            if one.cell.value == "" and one.cell.column.name != "score":
                assert "".join(piece.text for piece in one.pieces) == one.cell.text


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_point_of_a_table_can_be_reached_from_its_proof(table):
    reached = {piece.at for row in proof(table).rows for one in row for piece in one.pieces}
    points = {".".join(map(str, place)) for place, _ in editing.places(table) if len(place) == 3}
    assert points <= reached


def test_proof_marks_what_contradicts_beside_the_wording():
    made = editing.changed(TABLE, (0, 0, 0), points=Decimal(9))
    found = {
        (piece.at, one.cell.column.name)
        for row in proof(made).rows
        for one in row
        for piece in one.pieces
        if piece.sum and not piece.sum.agrees
    }
    assert found == {("0.0.0", "item"), ("0.0", "score")}
    assert proof(made).total.agrees is False
