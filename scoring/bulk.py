"""One move for many papers: first what would happen, then each by itself.

Each paper is moved in a transaction of its own, as it was on the page: what was done stays done,
what was refused is told with its reason, and the same sending again changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from chabaocu.errors import Refused, StaleState
from chabaocu.sent import keys
from orgs.roles import Permission as P
from plans.models import Visit
from scoring import actions
from scoring.guards import refusal
from scoring.models import Comment
from scoring.workflow import MOVES, Move

LIMIT = 200  # papers at a time: what one person can read on one page
# the moves that many papers make at once; those that accept leave no remark unanswered
PRESSES: Mapping[str, Callable[..., Any]] = {
    "vet": actions.vet,
    "confirm": actions.confirm,
    "release": actions.release,
    "return": actions.return_visit,
}
ACCEPTING = frozenset({"vet", "confirm"})


@dataclass(frozen=True)
class Seen:
    """A paper as it stood on the page."""

    pk: int
    revision: int
    status: str
    is_vetted: bool

    @classmethod
    def of(cls, visit: Visit) -> "Seen":
        return cls(visit.pk, visit.revision, visit.status, visit.vetted_by_id is not None)

    @classmethod
    def read(cls, text: str) -> "Seen":
        """What ``str`` wrote; ValueError for anything else."""
        said, revision, status, vetted = text.split(".")
        (pk,) = keys([said])
        return cls(pk, int(revision), Visit.Status(status).value, bool(int(vetted)))

    def __str__(self) -> str:
        return f"{self.pk}.{self.revision}.{self.status}.{int(self.is_vetted)}"


@dataclass
class Outlook:
    """What the move would do, and what it would leave, with why."""

    free: list[Visit] = field(default_factory=list)
    left: list[tuple[Visit, str]] = field(default_factory=list)

    @property
    def seen(self) -> list[Seen]:
        return [Seen.of(visit) for visit in self.free]


@dataclass
class Outcome:
    """What the move did, what this person had done with it before, and what it left, with why."""

    done: list[Visit] = field(default_factory=list)
    again: list[Visit] = field(default_factory=list)
    left: list[tuple[Visit, str]] = field(default_factory=list)


def outlook(name: str, pks: Iterable[int], *, by: Any) -> Outlook:
    """Which of these papers, as far as ``by`` reviews them, the move would take."""
    move, found = MOVES[name], Outlook()
    visits = list(_reviewed(by).filter(pk__in=pks).prefetch_related("team__members"))
    remarks = _open_remarks(visits) if name in ACCEPTING else Counter()
    for visit in visits:
        why = _unfit(move, visit) or refusal(visit, move, by) or _unanswered(remarks[visit.pk])
        if why:
            found.left.append((visit, why))
        else:
            found.free.append(visit)
    return found


def press(name: str, seen: Iterable[Seen], *, by: Any, note: str = "") -> Outcome:
    """Make the move with each paper that still stands as it was seen."""
    papers, outcome = {one.pk: one for one in seen}, Outcome()
    extra = {"note": note} if MOVES[name].needs_note else {}
    for visit in _reviewed(by).filter(pk__in=papers):
        try:
            _press(name, visit, papers[visit.pk], by=by, **extra)
        except (Refused, StaleState) as error:
            _leave(name, visit, papers[visit.pk], by, error, outcome)
        else:
            outcome.done.append(visit)
    return outcome


@transaction.atomic
def _press(name: str, visit: Visit, seen: Seen, *, by: Any, **extra: Any) -> None:
    if Seen.of(visit) != seen:
        raise StaleState("seen")
    PRESSES[name](visit, by=by, **extra)
    # asked once the move holds the paper: no remark comes in between
    if name in ACCEPTING and (why := _unanswered(_open_remarks([visit])[visit.pk])):
        raise Refused(why)


def _leave(
    name: str, visit: Visit, seen: Seen, by: Any, error: Refused | StaleState, outcome: Outcome
) -> None:
    """Say why a paper stays; one that this person moved just so is none of them."""
    last = visit.events.order_by("-pk").first()
    now = Seen.of(Visit.objects.unscoped(reason="a paper in hand").get(pk=visit.pk))
    is_mine = last is not None and (last.move, last.by_id) == (name, by.pk)
    if now != seen and is_mine and now.revision == seen.revision + MOVES[name].new_revision:
        outcome.again.append(visit)
    else:
        outcome.left.append((visit, getattr(error, "message", str(error))))


def _reviewed(by: Any) -> QuerySet[Visit]:
    visits = Visit.objects.permitted(by, P.VISIT_REVIEW)
    related = ("plan", "team", "target", "region__parent")
    return visits.select_related(*related).order_by("place", "pk")


def _unfit(move: Move, visit: Visit) -> str:
    """Why the move is none for papers in this state."""
    if move.fits(visit):
        return ""
    if move.name == "release" and visit.released_at:
        return "已经下发过。"
    if visit.status in move.sources:
        return "已经初审过。" if visit.vetted_at else refusal(visit, move, None)
    return f"现在是“{visit.get_status_display()}”，不能{move.label}。"


def _unanswered(count: int) -> str:
    return f"还有 {count} 条意见未了结。" if count else ""


def _open_remarks(visits: Iterable[Visit]) -> Counter[int]:
    """How many remarks are not settled, by visit."""
    remarks = Comment.objects.filter(sheet__visit__in=list(visits), resolved_at=None)
    return Counter(remarks.values_list("sheet__visit", flat=True))
