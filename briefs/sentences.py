"""The single statements of a record's text. Pure."""

import re

LONG = 120  # a paragraph that runs longer than this is taken sentence by sentence
NUMBERED = re.compile(
    r"^\s*(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．)）](?!\d))\s*"
)
ENDS = "。！？；;"
HEADS = frozenset({"存在的问题", "督导意见", "意见建议", "工作亮点"})  # of a box with both


def statements(text: str) -> list[str]:
    """Line by line without its numbering, long lines by sentence; each ends without a full stop."""
    found = []
    for line in text.splitlines():
        parts = re.split("(?<=[。！？])", line) if len(line) > LONG else [line]
        found += [bare(part) for part in parts]
    return [one for one in found if one and one.rstrip("：:") not in HEADS]


def bare(text: str) -> str:
    """One statement without numbering, spaces and full stop."""
    return NUMBERED.sub("", " ".join(text.split())).rstrip(ENDS).strip()
