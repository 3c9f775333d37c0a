"""Tables as offices issue them, never seen before: each point right, each doubt marked."""

from decimal import Decimal

from tests.rubrics.reading import unseen
from tests.rubrics.reading.issued import read_text, read_word


def points(reading):
    return [(c.code, c.kind, c.points) for i in reading.outline.items for c in i.criteria]


def told(reading, kind):
    return [(n.code or n.place, n.text) for n in reading.of(kind)]


def test_committee_table_of_two_pages():
    reading = read_word(unseen.committee())
    assert points(reading) == [
        ("1", "chosen", 60),
        ("2", "deduct", 80),
        ("3", "chosen", 60),
        ("4", "deduct", 200),
        ("5", "bands", 300),
        ("6", "deduct", 300),
        ("7", "tiers", 20),
        ("8", "veto", 0),
    ]
    assert [s.points for s in reading.outline.sections] == [200, 500, 300, None, None]
    assert reading.outline.total == 100  # a thousand points, brought to a hundred
    assert told(reading, "question") == [("1", "“未成立的不得分”没有读进计分方式")]
    assert ("表2", "第2张表接在第1张后面读，当作同一张表的下一页") in told(reading, "guessed")
    assert reading.of("dropped") == ()


def test_committee_table_keeps_what_it_says_beside_its_points():
    outline = read_word(unseen.committee()).outline
    (group,) = outline.scheme["groups"]
    assert (group["points"], group["bonus"], group["codes"]) == ("20", True, ["7"])
    assert outline.scheme["scale"] == {"points": "100", "places": 1}
    assert [g["name"] for g in outline.scheme["grades"]] == ["优秀", "良好"]
    assert outline.items[7].criteria[0].params == {"effect": "sheet"}
    assert outline.items[0].methods == ("查阅文件",)


def test_hospital_checklist_has_no_points():
    reading = read_word(unseen.hospital())
    assert points(reading) == [(str(n), "verdict", 0) for n in range(1, 7)]
    assert [len(s.items) for s in reading.outline.sections] == [2, 3, 1]
    assert (reading.outline.layout, reading.outline.total) == ("checklist", 0)
    assert told(reading, "question") == []
    assert told(reading, "guessed") == [("4", "问的是不该有的事，答“否”为符合")]


def test_row_that_a_page_cut_in_two_is_one_item():
    reading = read_word(unseen.split_rows())
    assert [(code, worth) for code, _, worth in points(reading)] == [
        ("1-1", 10),
        ("1-2", 10),
        ("2", 20),
        ("3", 30),
        ("4", 30),
    ]
    assert reading.outline.items[0].criteria[1].text == "层层签订责任书（10分）。"
    assert [s.methods for s in reading.outline.sections] == [("听取汇报",), ("查阅台账",)]
    assert told(reading, "question") == []
    assert [place for place, _ in told(reading, "guessed")] == ["表1第3行第2格", "表2"]


def test_converted_text_is_cleaned_and_adds_up():
    reading = read_text(unseen.DEBRIS)
    assert [worth for _, _, worth in points(reading)] == [15, 10, 5, 10, 20, 40]
    assert [kind for _, kind, _ in points(reading)] == [
        "award",
        "deduct",
        "award",
        "deduct",
        "award",
        "tiers",
    ]
    assert reading.outline.total == Decimal(100)
    assert told(reading, "question") == []
    assert [text for _, text in told(reading, "dropped")] == [
        "转换留下的“（kǎo píng xì zé）”",
        "转换留下的“（ｚé rèn zhì）”",
        "转换留下的“(tái zhàng)”",
    ]
