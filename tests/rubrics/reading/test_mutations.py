"""A table with one slip of a typist or a converter in it: the right sum, or a marked doubt.

What the sources state twice (points and sums) contradicts itself after the slip, and the reader
must say so; what they state once is read as it now stands.
"""

import io
from collections import Counter
from decimal import Decimal
from functools import lru_cache

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.mismatches import mismatches
from rubrics.reading.folding import fold
from rubrics.reading.rules import STATED
from rubrics.reading.source import BadSource
from tests.rubrics.reading import unseen
from tests.rubrics.reading.issued import SOURCE, details_in_word, read_text, read_word
from tests.rubrics.test_fixtures import PRODUCER, TOWN, outline

ONCE = ["fujian1-county-union", "fujian2-enterprise-union"]  # points stated once, no sums
SIGNS = "分（）()。；0123456789"


@lru_cache
def source(code):
    if code == "debris":
        return unseen.DEBRIS
    return (SOURCE / f"{code}.txt").read_text(encoding="utf-8")


@st.composite
def slips(draw, text):
    """The text with one digit or sign lost, changed, doubled or torn, or one line lost."""
    if draw(st.integers(0, 3)) == 0:
        lines = text.split("\n")
        at = draw(st.sampled_from([n for n, line in enumerate(lines) if line.strip()]))
        begin, end = lines[:at], lines[at + 1 :]
        cut = draw(st.integers(1, max(len(lines[at]) - 1, 1)))
        kept = draw(st.sampled_from([[], [lines[at]] * 2, [lines[at][:cut], lines[at][cut:]]]))
        return "\n".join([*begin, *kept, *end])
    at = draw(st.sampled_from([n for n, char in enumerate(text) if char in SIGNS]))
    other = draw(st.sampled_from(["", text[at] * 2, text[at] + " ", "l", "0", "7", "分"]))
    return text[:at] + other + text[at + 1 :]


def asked(reading):
    """The doubts that somebody must settle."""
    kinds = ("question", "guessed")
    return Counter(note.text for note in reading.notes if note.kind in kinds)


def is_marked(reading, untouched):
    return bool(asked(reading) - asked(untouched))


def adds_up(reading, total):
    table = reading.outline
    worth = sum((item.worth for item in table.items), Decimal(0))
    return (table.total, worth) == (total, total)


@pytest.mark.parametrize("code", [PRODUCER, TOWN, "debris"])
@settings(max_examples=120)
@given(st.data())
def test_slip_in_a_table_of_a_hundred_is_marked_or_harmless(code, data):
    text = source(code)
    try:
        reading = read_text(data.draw(slips(text)))
    except BadSource:
        return
    assert is_marked(reading, untouched_text(code)) or adds_up(reading, 100)


@pytest.mark.parametrize("code", ONCE)
@settings(max_examples=120)
@given(st.data())
def test_slip_where_points_stand_once_is_marked_or_read_as_it_stands(code, data):
    text = data.draw(slips(source(code)))
    try:
        reading = read_text(text)
    except BadSource:
        return
    stated = sum(Decimal(found[1]) for found in STATED.finditer(fold(text)))
    assert is_marked(reading, untouched_text(code)) or adds_up(reading, stated)


@lru_cache
def in_word(name):
    if name == PRODUCER:
        return details_in_word(outline(PRODUCER))
    return getattr(unseen, name)()


@lru_cache
def untouched_word(name):
    return read_word(in_word(name))


@lru_cache
def untouched_text(code):
    return read_text(source(code))


def said(reading):
    points = [(c.kind, c.points) for item in reading.outline.items for c in item.criteria]
    return points, reading.outline.total, reading.outline.scheme.get("groups")


@pytest.mark.parametrize("name", ["committee", "split_rows", PRODUCER])
@settings(max_examples=60)
@given(st.data())
def test_slip_in_a_cell_is_marked_or_harmless(name, data):
    document = Document(io.BytesIO(in_word(name)))
    cells = [t for t in document.element.body.iter(qn("w:tbl")) for t in t.iter(qn("w:t"))]
    cell = data.draw(st.sampled_from([c for c in cells if set(c.text or "") & set(SIGNS)]))
    cell.text = data.draw(st.one_of(slips(cell.text), st.just("")))
    stream = io.BytesIO()
    document.save(stream)
    try:
        reading = read_word(stream.getvalue())
    except BadSource:
        return
    untouched = untouched_word(name)
    is_whole = said(reading) == said(untouched) and (
        mismatches(reading.outline) == mismatches(untouched.outline)
    )
    assert is_marked(reading, untouched) or is_whole
