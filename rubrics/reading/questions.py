"""An item in running text, cut into its 是否 questions. Pure."""

import re

from rubrics.reading.folding import fold
from rubrics.reading.rules import STATED

OPEN, CLOSE = "“《（〔", "”》）〕"


def headed(text: str) -> tuple[str, str]:
    """The heading sentence and the questions behind it, or nothing where it has none."""
    head, mark, rest = text.partition("。")
    if mark and "是否" not in head and rest.count("是否") >= 1:
        return head + mark, rest
    return "", text


def questions(text: str) -> list[str]:
    """One piece a 是否; what goes before it in its own sentence belongs to it."""
    found: list[str] = []
    fresh = True
    waiting = ""
    for clause in _clauses(text):
        if "是否" in clause:
            found.append(waiting + clause)
            waiting = ""
        elif fresh or waiting or not found:
            waiting += clause
        else:
            found[-1] += clause
        fresh = clause.endswith("。")
    if waiting:
        found = [*found[:-1], found[-1] + waiting] if found else [waiting]
    return found


def _clauses(text: str) -> list[str]:
    """Cut at ，；。 outside quotes and brackets."""
    found, current, depth = [], "", 0
    for char in text:
        current += char
        depth += (char in OPEN) - (char in CLOSE and depth > 0)
        if char in "，；。" and not depth:
            found.append(current)
            current = ""
    return [*found, current] if current else found


def points(text: str) -> list[str]:
    """One piece a stated （N分）, with 其中 and the mark behind it; the rest goes with the last."""
    folded = fold(text)
    ends = []
    for stated in STATED.finditer(folded):
        tail = re.compile(r"\s*(?:（其中[^（）]*）)?\s*[；。;，]?").match(folded, stated.end())
        ends.append(tail.end() if tail else stated.end())
    cuts = [0, *ends[:-1], len(text)]
    return [text[a:b].strip() for a, b in zip(cuts[:-1], cuts[1:], strict=True)] if ends else [text]
