"""The page of 归集: groups of alike sentences, the largest first, and what was taken."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from briefs.models import Brief, Chapter, Excerpt
from chabaocu.sent import key

Part, State = Excerpt.Part, Excerpt.State
SIZE = 25  # groups on a page
SHOWN = 4  # sentences of a group before the rest is folded
SHOWS = {"open": "未定的", "all": "全部"}


@dataclass
class Group:
    """Sentences that likely say the same."""

    number: int
    rows: list[Excerpt] = field(default_factory=list)

    @property
    def units(self) -> int:
        return len({row.unit_id for row in self.rows})

    @property
    def more(self) -> int:
        """How many are folded away; a single one is not."""
        return len(self.rows) - SHOWN if len(self.rows) > SHOWN + 1 else 0

    @property
    def undecided(self) -> list[Excerpt]:
        return [row for row in self.rows if row.state == State.OPEN]


@dataclass(frozen=True)
class Taken:
    """A sentence that goes into the report, with the units whose records say so."""

    row: Excerpt
    text: str  # as typed, where somebody else reworded it first
    units: list[str]
    late: bool = False


@dataclass(frozen=True)
class Collected:
    """One part of a report's sentences, one page of it."""

    part: str
    show: str
    number: int
    pages: int
    groups: list[Group]
    taken: list[Taken]
    counts: dict[str, dict[str, int]]  # by part: all, open, taken
    chapter: Chapter | None

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        return [(key, label, self.counts[key]["open"]) for key, label in Part.choices]


def collected(
    brief: Brief, part: str, show: str, page: str, typed: dict[int, str] | None = None
) -> Collected:
    """What an address asks for; what it does not name is the first."""
    part = part if part in Part.values else Part.PROBLEMS.value
    show = show if show in SHOWS else "open"
    mine = brief.excerpts.filter(part=part)
    shown = mine.filter(state=State.OPEN) if show == "open" else mine
    sizes = shown.values("group").annotate(n=Count("pk")).order_by("-n", "group")
    numbers = list(sizes.values_list("group", flat=True))
    pages = max(-(-len(numbers) // SIZE), 1)
    at = min(key(page) or 1, pages)
    return Collected(
        part,
        show,
        at,
        pages,
        _groups(mine, numbers[(at - 1) * SIZE : at * SIZE]),
        _taken(mine, typed or {}),
        _counts(brief),
        _chapter(brief, part),
    )


def undecided(brief: Brief, part: str, group: int) -> list[int]:
    """The keys of a group's sentences about which nobody has decided."""
    rows = brief.excerpts.filter(part=part, group=group, state=State.OPEN)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _groups(mine, numbers: list[int]) -> list[Group]:
    found = {number: Group(number) for number in numbers}
    rows = mine.filter(group__in=numbers).select_related("unit", "into").order_by("pk")
    for row in rows:
        found[row.group].rows.append(row)
    return list(found.values())


def _taken(mine, typed: dict[int, str]) -> list[Taken]:
    rows = mine.filter(state=State.TAKEN).select_related("unit").order_by("order", "pk")
    units: dict[int, list[str]] = {}
    merged = mine.filter(state=State.MERGED).order_by("pk")
    for lead, name in merged.values_list("into", "unit__name"):
        units.setdefault(lead, []).append(name)
    return [
        Taken(
            row,
            typed.get(row.pk, row.text),
            list(dict.fromkeys([row.unit.name, *units.get(row.pk, ())])),
            row.pk in typed,
        )
        for row in rows
    ]


def _counts(brief: Brief) -> dict[str, dict[str, int]]:
    counts = (
        brief.excerpts.order_by()
        .values("part")
        .annotate(
            all=Count("pk"),
            open=Count("pk", filter=Q(state=State.OPEN)),
            taken=Count("pk", filter=Q(state=State.TAKEN)),
        )
    )
    found = {row["part"]: row for row in counts}
    none = {"all": 0, "open": 0, "taken": 0}
    return {part: found.get(part, none) for part in Part.values}


def _chapter(brief: Brief, part: str) -> Chapter | None:
    """Where the sentences of this part go."""
    slugs = {"highlights": ["highlights", "standards"]}.get(part, [part])
    return brief.chapters.filter(slug__in=slugs).first()
