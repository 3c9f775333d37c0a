"""The importer over the sources' own text and tables yields the official tables, exactly."""

from dataclasses import replace

import pytest

from tests.rubrics.reading.issued import IN_WORD, SOURCE, read_text, read_word
from tests.rubrics.test_fixtures import CODES, PRODUCER, SLIPS, TOWN, outline

GIVEN = ("code", "number", "target", "annex", "issuer", "source")  # not in the table itself
UNNAMED = {TOWN, "yiwu-city", "yiwu-unit", "gaoqing-office", "gaoqing-fujian2-firm"}
GUESSED = {  # points that are worth what their cap or their bands say
    PRODUCER: ["6-2", "19-1"],
    TOWN: ["5", "6", "9", "10-2", "13", "14", "15-1", "15-2", "15-4"],
    "gaoqing-office": ["3-2", "3-3", "4-1", "5-4"],  # answered with 否
    "gaoqing-fujian2-firm": ["1-3", "2-3"],
}


def compare(reading, code):
    want = outline(code)
    given = (*GIVEN, "unit_label") if code in UNNAMED else GIVEN
    got = replace(reading.outline, **{name: getattr(want, name) for name in given})
    assert got == want
    assert [n.text for n in reading.of("question")] == SLIPS.get(code, [])
    assert [n.code for n in reading.of("guessed")] == GUESSED.get(code, [])
    assert reading.of("dropped") == ()


@pytest.mark.parametrize("code", CODES)
def test_pasted_text_is_the_official_table(code):
    compare(read_text((SOURCE / f"{code}.txt").read_text(encoding="utf-8")), code)


@pytest.mark.parametrize("code", CODES)
def test_word_table_is_the_official_table(code):
    table = outline(code)
    compare(read_word(IN_WORD[table.layout](table)), code)


def test_half_width_marks_and_broken_lines_are_read_the_same():
    text = (SOURCE / "fujian1-county-union.txt").read_text(encoding="utf-8")
    mixed = text.replace("（2分）", "( 2 分 )").replace("1次", "１次")
    got, want = read_text(mixed).outline, outline("fujian1-county-union")
    assert [c.points for i in got.items for c in i.criteria] == [
        c.points for i in want.items for c in i.criteria
    ]


def test_sounds_left_by_a_converter_are_dropped_and_told():
    text = (SOURCE / "fujian2-enterprise-union.txt").read_text(encoding="utf-8")
    reading = read_text(text.replace("制定了本单位", "制定了（zhì dìng le）本单位"))
    assert reading.outline.items[0].text == outline("fujian2-enterprise-union").items[0].text
    assert [n.text for n in reading.of("dropped")] == ["转换留下的“（zhì dìng le）”"]


def test_every_point_has_its_place_in_the_source():
    reading = read_text((SOURCE / f"{PRODUCER}.txt").read_text(encoding="utf-8"))
    places = {line.place for line in reading.lines}
    codes = [c.code for item in reading.outline.items for c in item.criteria]
    assert list(reading.places) == codes
    assert set(reading.places.values()) <= places
