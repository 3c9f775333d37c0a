"""A whole official document cut into the tables that stand in it. Pure.

A plan comes with its annexes: prose, two scoring tables, forms to be filled. Each table is read
by itself; read as one, two tables of 50 would make one of 100 that nobody issued.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rubrics.reading.folding import bare, fold
from rubrics.reading.heads import role_of
from rubrics.reading.text import ITEM, SECTION, SUB

ANNEX = re.compile(r"附件\d{0,2}[：:]?")
CHAPTER = re.compile(r"\s*（[一二三四五六七八九十]{1,3}）")
UNIT = re.compile(r"[^。；：]{1,20}：(?:\s.*)?")  # 企业名称：      时间：  年  月  日
REMARK = re.compile(r"[（]?(?:满分|总分|说明|备注|注：)")
PROSE = re.compile(r"[。；，、]$")
LONGEST_TITLE = 60
QUESTIONS = 3  # fewer numbered questions make no table


@dataclass(frozen=True)
class Span:
    """Where a table stands among the lines of a document, from its title on."""

    start: int
    end: int
    annex: str = ""


def tables_in(lines: Sequence[str]) -> list[Span]:
    """The tables of a document in their order; none where the lines are one table and no more."""
    return _Document(lines).spans()


class _Document:
    """Lines, and what is known of each that says anything."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [fold(line) for line in lines]
        self.said = [n for n, line in enumerate(self.lines) if line.strip()]
        self.annexes = [n for n in self.said if ANNEX.fullmatch(bare(self.lines[n]))]

    def spans(self) -> list[Span]:
        headed = list(self._headed())
        listed = [one for one in self._listed() if not self._is_inside(one[0], headed)]
        begins = sorted([*((n, None) for n in headed), *listed])
        if len(begins) < 2 and not (begins and self.annexes):
            return []
        ahead = [*(start for start, _ in begins[1:]), len(self.lines)]
        return [
            Span(start, end or self._end(start, after), self._annex(start))
            for (start, end), after in zip(begins, ahead, strict=True)
        ]

    def _headed(self) -> Iterator[int]:
        """Where tables with heads begin: with the title above a run of heads."""
        run: list[int] = []
        for place, n in enumerate(self.said):
            cells = [cell for cell in self.lines[n].split("\t") if cell.strip()]
            if all(role_of(cell) for cell in cells):
                run += [place] * len(cells)
                continue
            yield from self._begun(run)
            run = []

    def _begun(self, run: list[int]) -> Iterator[int]:
        if len(run) > 1 and (title := self._title(run[0])) is not None:
            yield title

    def _title(self, place: int) -> int | None:
        """The line of the title above; none above heads that are printed again on a page."""
        for n in reversed(self.said[max(place - 4, 0) : place]):
            text = self.lines[n].strip()
            if self._is_title(text):
                return self._whole(n)
            if not (UNIT.fullmatch(text) or REMARK.match(text)):
                return None
        return None

    def _whole(self, n: int) -> int:
        """A title broken over lines; those that belong together have no empty line between."""
        above = self.lines[n - 1].strip() if n else ""
        return n - 1 if above and self._is_title(above) and not self._is_spaced(n) else n

    def _is_spaced(self, n: int) -> bool:
        """Whether what follows stands close too: then lines say nothing about belonging."""
        return n + 1 < len(self.lines) and bool(self.lines[n + 1].strip())

    def _is_title(self, text: str) -> bool:
        is_numbered = any(mark.match(text) for mark in (ITEM, SUB, SECTION))
        is_short = 4 < len(bare(text)) <= LONGEST_TITLE
        marked = UNIT.fullmatch(text) or REMARK.match(text) or PROSE.search(text)
        return is_short and not is_numbered and not marked and not ANNEX.fullmatch(bare(text))

    def _listed(self) -> Iterator[tuple[int, int]]:
        """Questions numbered from 1 below a heading of their own, and where they end."""
        place = 0
        while place < len(self.said):
            run = self._questions(place)
            if len(run) >= QUESTIONS and place and self._is_heading(self.said[place - 1]):
                yield self.said[place - 1], run[-1] + 1
            place += max(len(run), 1)

    def _questions(self, place: int) -> list[int]:
        """The lines from here on that are numbered 1, 2, 3 … and ask 是否."""
        found: list[int] = []
        for number, n in enumerate(self.said[place:], 1):
            text = self.lines[n]
            if not re.match(rf"\s*{number}\s*[.、](?!\d)", text) or "是否" not in text:
                break
            found.append(n)
        return found

    def _is_heading(self, n: int) -> bool:
        text = self.lines[n].strip()
        return self._is_title(text) or bool(CHAPTER.match(text) and not PROSE.search(text))

    def _is_inside(self, n: int, headed: Sequence[int]) -> bool:
        """Whether a list belongs to a table with heads that began before it."""
        before = max((start for start in headed if start <= n), default=None)
        return before is not None and not any(before < annex <= n for annex in self.annexes)

    def _end(self, start: int, after: int) -> int:
        return next((n for n in self.annexes if start < n < after), after)

    def _annex(self, start: int) -> str:
        """附件3, where it stands right above the title."""
        above = [n for n in self.said if n < start][-1:]
        return "".join(bare(self.lines[n]).rstrip("：:") for n in above if n in self.annexes)
