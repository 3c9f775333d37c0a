"""Whatever is pasted, nothing crashes and no number of points goes under."""

import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.mismatches import mismatches
from rubrics.reading.folding import fold
from rubrics.reading.source import BadSource
from tests.rubrics.reading.issued import SOURCE, read_text

WORDS = [
    *(
        "一、目标",
        "（4分）",
        "1.",
        "2.",
        "（1）",
        "每发现一家扣1分",
        "扣满5分为止",
        "低于5%，扣5分",
    ),
    *(
        "其中，",
        "省级得5分，",
        "市级得3分",
        "否决",
        "加分",
        "权重20%",
        "总分10分",
        "总得分",
        "项目",
    ),
    *(
        "内容",
        "方法",
        "得分",
        "\n",
        "\n\n",
        "\t",
        "。",
        "；",
        "，",
        "是否",
        "扣5~10分",
        "分",
        "％",
        "２",
    ),
    *("查看文件", "单位：", "不得分", "0", "9" * 9, "一半", "（", "）", "ā", "制定了方案"),
]
SOUP = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
LINES = [
    line.strip()
    for path in sorted(SOURCE.glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.strip()
]


def read(text):
    try:
        return read_text(text)
    except BadSource:
        return None


def told_of(reading):
    """The sums that do not agree, as the notes name them."""
    asked = {note.text for note in reading.of("question")}
    return [str(m) for m in mismatches(reading.outline) if str(m) not in asked]


@settings(max_examples=300)
@given(st.one_of(SOUP, st.text(max_size=200)))
def test_nothing_crashes_and_no_mismatch_is_silent(text):
    if reading := read(text):
        codes = {note.code for note in reading.of("question")}
        left = [
            m for m in told_of(reading) if m.split("：")[0].removeprefix("得分点 ") not in codes
        ]
        assert left == []


@settings(max_examples=100)
@given(st.lists(st.sampled_from(LINES), min_size=5, max_size=40))
def test_shuffled_tables_keep_every_stated_point_or_ask(lines):
    reading = read("\n\n".join(["示例评分表", *lines]))
    if reading:
        assert told_of(reading) == [] or reading.of("question")


NUMBERS = st.decimals(min_value=Decimal("0.5"), max_value=50, places=1)


@settings(max_examples=100)
@given(st.lists(st.lists(NUMBERS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_points_written_are_points_read(items):
    text = "示例评分表\n一、管理\n" + "\n".join(
        f"{n}."
        + "；".join(f"做了第{'甲乙丙丁'[k]}事（{p}分）" for k, p in enumerate(points))
        + "。"
        for n, points in enumerate(items, 1)
    )
    reading = read_text(text)
    assert [[c.points for c in i.criteria] for i in reading.outline.items] == items
    assert reading.of("question") == ()
    assert reading.outline.total == sum(p for points in items for p in points)


@settings(max_examples=200)
@given(st.sampled_from(WORDS), st.integers(min_value=11, max_value=99))
def test_number_put_anywhere_is_asked_about(word, extra):
    """A deduction that no rule takes is never passed over."""
    word = re.sub(r"[0-9]", "", fold(word))
    text = f"示例表\n一、管理\n1.有制度，发现问题时酌情扣{extra}分，{word}做得好（5分）"
    reading = read(text)
    assert reading is None or any(str(extra) in n.text for n in reading.notes)
