"""A second, slow scoring, read from the issued wording alone.

It knows nothing of fixtures, kinds or parameters: it reads the issued text, finds every
（N分） and what 其中 says behind it, and scores what inspectors say in words, in fractions.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

SOURCE = Path(__file__).parent / "source"
ITEM = re.compile(r"(?<![0-9])(\d{1,2})\.(?!听取|查看)")
POINT = re.compile(r"（(\d+)分）(?:（其中，(.*?)）)?")
GAINS = re.compile(r"([^，、]+?)得(\d+)分")


@dataclass(frozen=True)
class Clause:
    """One （N分） of the text: its item, its full marks, and the gains 其中 lists, in order."""

    item: int
    full: Fraction
    gains: tuple[tuple[str, Fraction], ...]

    @property
    def by_times(self) -> bool:
        return any("次" in words for words, _ in self.gains)


def rules(code: str) -> list[Clause]:
    """Every scoring point of the issued table, in order."""
    text = (SOURCE / f"{code}.txt").read_text(encoding="utf-8")
    text = "".join(text.split())
    starts = [m for m in ITEM.finditer(text)]
    ends = [m.start() for m in starts[1:]] + [len(text)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        for point in POINT.finditer(text, start.end(), end):
            gains = tuple((w, Fraction(p)) for w, p in GAINS.findall(point[2] or ""))
            found.append(Clause(int(start[1]), Fraction(point[1]), gains))
    return found


def gained(clause: Clause, said) -> Fraction:
    """The points for what was said: a mark, 'nothing', the words reached, or a number of times."""
    if said == "nothing":
        return Fraction(0)
    if not clause.gains:
        return said
    if not clause.by_times:
        return dict(clause.gains)[said]
    for words, points in clause.gains:
        least = int(re.search(r"(\d+)次", words)[1])
        if said == least or ("及以上" in words and said >= least):
            return points
    return Fraction(0)  # 没有组织开展不得分
