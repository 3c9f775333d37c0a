"""Papers cut into pages, so that a merged cell never crosses from one page to the next.

A table cell that crosses a page loses its border and its label there. So a paper that does not
fit is laid out once without merged cells, the characters of each cell are counted page by page,
and each page is then a table of its own, with （续） where it goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import singledispatch

from reports.documents.record import RecordPaper, Text
from reports.documents.scoresheet import Group, Row, ScoresheetPaper

Paper = ScoresheetPaper | RecordPaper
# cell → [(page, characters without spaces)], in order
Measure = Mapping[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Part:
    """One page of a paper, or a whole paper laid out to be measured (``is_flow``) or to be
    stamped (``is_form``).
    """

    paper: Paper
    number: int
    index: int = 1
    count: int = 1
    is_last: bool = True
    is_flow: bool = False
    is_form: bool = False

    @property
    def is_first(self) -> bool:
        return self.index == 1

    @property
    def is_cut(self) -> bool:
        return self.count > 1

    @property
    def span(self) -> int:
        """Rows the cell 督导方法 covers."""
        return self.paper.row_count + self.is_last


def cut(paper: Paper, number: int, measure: Measure) -> list[Part]:
    """The pages of ``paper`` as the measure says."""
    pages = 1 + max((page for runs in measure.values() for page, _ in runs), default=0)
    return [
        Part(_page(paper, page, measure), number, page + 1, pages, is_last=page + 1 == pages)
        for page in range(pages)
    ]


@singledispatch
def _page(paper, page: int, measure: Measure):
    raise TypeError(type(paper).__name__)


@_page.register
def _(paper: ScoresheetPaper, page: int, measure: Measure) -> ScoresheetPaper:
    groups = []
    for number, group in enumerate(paper.groups):
        rows = []
        for place, row in enumerate(group.rows):
            rows += _row_pieces(row, measure.get(f"{number}-{place}", []), page)
        first = min((p for p, _ in measure.get(f"{number}-0", [])), default=page)
        if rows:
            groups.append(Group(group.name, tuple(rows), continued=first < page))
    return replace(paper, groups=tuple(groups))


@_page.register
def _(paper: RecordPaper, page: int, measure: Measure) -> RecordPaper:
    texts = []
    for number, text in enumerate(paper.texts):
        for piece, continued in _pieces(text.text, measure.get(str(number), []), page):
            texts.append(Text(text.label, piece, continued))
    return replace(paper, texts=tuple(texts))


def _row_pieces(row: Row, runs: list[tuple[int, int]], page: int) -> list[Row]:
    return [
        replace(row, text=piece, continued=continued)
        for piece, continued in _pieces(row.text, runs, page)
    ]


def _pieces(text: str, runs: list[tuple[int, int]], page: int) -> list[tuple[str, bool]]:
    """What of ``text`` stands on ``page``, and whether it began before."""
    found, start = [], 0
    for number, (at, count) in enumerate(runs):
        end = len(text) if number == len(runs) - 1 else _after(text, start, count)
        if at == page:
            found.append((text[start:end].strip("\n") if number else text[start:end], number > 0))
        start = end
    return found


def _after(text: str, start: int, count: int) -> int:
    """The place in ``text`` behind ``count`` characters that are no spaces."""
    for place in range(start, len(text)):
        if count == 0:
            return place
        count -= not text[place].isspace()
    return len(text)
