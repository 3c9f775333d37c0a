"""Papers cut into pages, so that a merged cell never crosses from one page to the next.

A table cell that crosses a page loses its border and its label there. So a paper that does not
fit is laid out once without merged cells, the characters of each cell are counted page by page,
and each page is then a table of its own, with （续） where it goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import singledispatch

from reports.documents.grid import Cell, Line, blocks, lines_below, values
from reports.documents.record import RecordPaper, Text
from reports.documents.scoresheet import Detail, Row, ScoresheetPaper
from rubrics.columns import TABLE, Column

Paper = ScoresheetPaper | RecordPaper
# cell → [(page, characters without spaces)], in order
Measure = Mapping[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Part:
    """One page of a paper, or a whole paper laid out to be measured (``is_flow``, with less on
    each page if ``is_tight``) or to be stamped (``is_form``).
    """

    paper: Paper
    number: int
    index: int = 1
    count: int = 1
    is_last: bool = True
    is_flow: bool = False
    is_form: bool = False
    is_tight: bool = False

    @property
    def is_first(self) -> bool:
        return self.index == 1

    @property
    def is_cut(self) -> bool:
        return self.count > 1

    @property
    def lines(self) -> list[Line]:
        """The rows below the table, on its last page."""
        return lines_below(self.paper) if self.is_last else []

    @property
    def blocks(self) -> list[list[list[Cell]]]:
        """The cells of a scoring table, item by item."""
        below = len(self.lines)
        return blocks(self.paper, is_flow=self.is_flow, is_first=self.is_first, below=below)

    @property
    def values(self) -> list[Cell | Line]:
        """What people fill in, by name."""
        return values(self.paper)

    @property
    def columns_before_score(self) -> int:
        """How many columns the label of a row below covers."""
        return [column.name for column in self.paper.table].index("score")

    @property
    def columns_after_score(self) -> list[Column]:
        """Those that no cell from above covers in the rows below."""
        after = self.paper.table[self.columns_before_score + 1 :]
        is_covered = bool(self.paper.groups) and not self.is_flow
        return [column for column in after if not (is_covered and column.level == TABLE)]


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
            rows += _row_pieces(row, f"{number}-{place}", measure, page)
        is_continued = _first_page(f"{number}-0", measure, page) < page
        if rows:
            groups.append(replace(group, rows=tuple(rows), continued=is_continued))
    return replace(paper, groups=tuple(groups))


@_page.register
def _(paper: RecordPaper, page: int, measure: Measure) -> RecordPaper:
    texts = []
    for number, text in enumerate(paper.texts):
        for piece, continued in _pieces(text.text, measure.get(str(number), []), page):
            texts.append(Text(text.label, piece, continued))
    return replace(paper, texts=tuple(texts))


def _row_pieces(row: Row, name: str, measure: Measure, page: int) -> list[Row]:
    """What of a 督导内容 stands on the page: of its own text, or of its points."""
    if not row.details:
        return [
            replace(row, text=piece, continued=continued)
            for piece, continued in _pieces(row.text, measure.get(name, []), page)
        ]
    details = [
        piece
        for number, detail in enumerate(row.details)
        for piece in _detail_pieces(detail, f"{name}-{number}", measure, page)
    ]
    if not details:
        return []
    is_continued = _first_page(name, measure, page) < page
    return [replace(row, details=tuple(details), continued=is_continued)]


def _detail_pieces(detail: Detail, name: str, measure: Measure, page: int) -> list[Detail]:
    """A point whose text ends before its words, or its words before its text, goes on without."""
    texts = _pieces(detail.text, measure.get(name, []), page)
    words = _pieces(detail.words, measure.get(f"{name}-words", []), page)
    if not texts and not words:
        return []
    text, words_here = (found[0][0] if found else "" for found in (texts, words))
    is_continued = not texts or texts[0][1]
    return [replace(detail, text=text, words=words_here, continued=is_continued)]


def _first_page(name: str, measure: Measure, page: int) -> int:
    """Where a row begins, or its first point does."""
    runs = measure.get(name) or measure.get(f"{name}-0", [])
    return min((at for at, _ in runs), default=page)


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
