"""A second, slow scoring of 石狮's tables, read from the issued wording alone, in fractions.

It knows nothing of fixtures, kinds or parameters: it reads （N分）, 扣满N分为止 and
低于N%，扣N分 out of the text, and scores what inspectors count and measure.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

SOURCE = Path(__file__).parent / "source"
SECTION = re.compile(r"[一二三四五六七八九十]+、[^（]*（\d+分）")
ITEM = re.compile(r"(?<![0-9.])(\d{1,2})\.(?![0-9])")
RULE = re.compile(
    r"扣满(?P<cap>\d)分为止|（(?P<points>\d+(?:\.\d)?)分）"
    r"|率低于(?P<upper>\d+)%，扣(?P<less>\d)分，低于(?P<lower>\d+)%，扣(?P<more>\d)分"
    r"|达标率低于5%，扣5分(?P<steps>，评审达标率5%-10%，扣3分；评审达标率10%-15%，扣1分)"
)


@dataclass(frozen=True)
class Rule:
    """One scoring rule of the text: the words that tell it, and the item it stands in."""

    item: int
    said: re.Match

    @property
    def full(self) -> Fraction:
        words = self.said
        if words["steps"]:
            return Fraction(5)
        return Fraction(words["points"] or words["cap"] or words["more"])

    @property
    def measures(self) -> bool:
        return bool(self.said["steps"] or self.said["upper"])

    @property
    def counts(self) -> bool:
        return bool(self.said["cap"])


def rules(code: str) -> list[Rule]:
    """Every rule of the issued table, in order."""
    text = "".join((SOURCE / f"{code}.txt").read_text(encoding="utf-8").split())
    text = SECTION.sub("", text)
    starts = list(ITEM.finditer(text))
    ends = [m.start() for m in starts[1:]] + [len(text)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        stated = re.compile(r"（\d+分）").search(text, start.end())  # the item's own points
        body = RULE.finditer(text, stated.end(), end)
        found += [Rule(int(start[1]), said) for said in body]
    return found


def gained(rule: Rule, said: Fraction) -> Fraction:
    """The points for a mark, a number of occurrences, or a rate in percent."""
    words = rule.said
    if rule.counts:
        return max(rule.full - said, Fraction(0))
    if words["upper"]:
        lost = words["more"] if said < int(words["lower"]) else words["less"]
        return rule.full - (int(lost) if said < int(words["upper"]) else 0)
    if words["steps"]:
        lost = 5 if said < 5 else 3 if said < 10 else 1 if said < 15 else 0
        return rule.full - lost
    return said
