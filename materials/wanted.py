"""What a round asks for, place by place, and what of it is in, missing or late. Pure.

源1 四（四）：督导结束后1周内，将所督导的市、县（市、区）总工会的汇报材料、典型经验材料、评分表、
记录表一并报送；源2 六：记录表、督导检查报告由督导组长签字后报送。
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clocks.due import calendar_due
from materials.models import Material

K, S = Material.Kind, Material.Status
CITY, COUNTY = 6, 9  # digits of their region paths
# of a city, and of a county in it; 评分表 and 记录表 are asked for wherever there are visits
WANTED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "medical": ((K.REPORT,), ()),
}
BY_DEFAULT = ((K.BRIEFING, K.EXPERIENCE, K.REPORT), (K.BRIEFING, K.EXPERIENCE))


@dataclass(frozen=True)
class Papers:
    """How many visits a place has, how many are submitted, and when the last of them ends."""

    place: str
    visits: int
    submitted: int
    ends_on: date


@dataclass(frozen=True)
class Cell:
    """One piece of one place: asked for or not, and how it stands."""

    kind: str
    is_wanted: bool
    held: int = 0
    returned: int = 0
    late_days: int = 0

    @property
    def is_missing(self) -> bool:
        return self.is_wanted and not self.held


@dataclass(frozen=True)
class Row:
    """A city or a county with its pieces."""

    place: str
    name: str
    papers: Papers
    papers_late: int
    due_on: date
    cells: Sequence[Cell]

    @property
    def is_city(self) -> bool:
        return len(self.place) <= CITY

    @property
    def open_papers(self) -> int:
        return self.papers.visits - self.papers.submitted

    @property
    def missing(self) -> int:
        """Pieces that are asked for and not in; 评分表 and 记录表 of a place are one piece."""
        return sum(cell.is_missing for cell in self.cells) + bool(self.open_papers)

    @property
    def wanted(self) -> int:
        return sum(cell.is_wanted for cell in self.cells) + bool(self.papers.visits)

    @property
    def late_days(self) -> int:
        return max([self.papers_late, *(cell.late_days for cell in self.cells)])


def rows(
    papers: Iterable[Papers],
    pieces: Mapping[tuple[str, str, str], int],
    *,
    template: str,
    days: int,
    names: Mapping[str, str],
    today: date,
) -> list[Row]:
    """A row for each place in the order of divisions, each city before its counties.

    ``papers`` tell of the visits county by county (a unit of the city itself: of the city);
    ``pieces`` count what was handed in by (place, kind, status); ``days`` is the term.
    """
    return [
        _row(one, pieces, WANTED.get(template, BY_DEFAULT), days, names, today)
        for one in _with_cities(papers)
    ]


def _with_cities(papers: Iterable[Papers]) -> Iterator[Papers]:
    """Each city once, with the last day of its counties and the visits of its own units."""
    by_place = {one.place: one for one in papers}
    ends: dict[str, date] = {}
    for one in by_place.values():
        city = one.place[:CITY]
        ends[city] = max(one.ends_on, ends.get(city, one.ends_on))
    for place in sorted({*by_place, *ends}):
        own = by_place.get(place)
        if own is None or place in ends:
            yield Papers(place, own.visits if own else 0, own.submitted if own else 0, ends[place])
        else:
            yield own


def _row(
    papers: Papers,
    pieces: Mapping[tuple[str, str, str], int],
    asked: tuple[tuple[str, ...], tuple[str, ...]],
    days: int,
    names: Mapping[str, str],
    today: date,
) -> Row:
    due = calendar_due(papers.ends_on, days)
    late = max((today - due).days, 0)
    wanted = asked[0] if len(papers.place) <= CITY else asked[1]
    return Row(
        place=papers.place,
        name=names.get(papers.place, ""),
        papers=papers,
        papers_late=late if papers.submitted < papers.visits else 0,
        due_on=due,
        cells=[_cell(papers.place, kind, kind in wanted, pieces, late) for kind in K.values],
    )


def _cell(
    place: str, kind: str, wanted: bool, pieces: Mapping[tuple[str, str, str], int], late: int
) -> Cell:
    held = pieces.get((place, kind, S.HELD), 0)
    returned = pieces.get((place, kind, S.RETURNED), 0)
    return Cell(kind, wanted, held, returned, late if wanted and not held else 0)
