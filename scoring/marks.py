"""Three marks, one result (域8): what the sheet says, given what each member said. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rubrics.kinds.outcome import Outcome


class Standing(StrEnum):
    """How a point stands; the values are those of ``Answer.State``."""

    OPEN = "open"
    AGREED = "agreed"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class Given:
    """One member's mark; without inputs and not 不适用 it says nothing."""

    user_id: int
    inputs: dict[str, Any] = field(default_factory=dict)
    not_applicable: bool = False
    points: Decimal | None = None
    reason: str = ""
    note: str = ""
    at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        return not self.inputs and not self.not_applicable

    def says_as(self, other: "Given") -> bool:
        """Whether both say the same; a reason or note alone never makes a difference."""
        return self.not_applicable == other.not_applicable and (
            self.not_applicable or self.inputs == other.inputs
        )


@dataclass(frozen=True)
class Result:
    """What the sheet says: the standing, the mark that counts, and who settled a dispute."""

    standing: Standing
    mark: Given | None = None
    reason: str = ""
    note: str = ""
    settled_by: int | None = None


def merge(
    marks: Iterable[Given], saved: Given, *, may_settle: bool, before: Result | None = None
) -> Result:
    """The result after ``saved`` joined ``marks`` (it is among them).

    While all say the same, that is the sheet's mark. Where they differ the point waits for the
    组长, whose own save settles it; it stays settled until somebody saves a value that differs.
    """
    said = [mark for mark in marks if not mark.is_empty]
    if not said:
        return Result(Standing.OPEN)
    if all(mark.says_as(said[0]) for mark in said):
        counting = saved if not saved.is_empty else said[-1]
        return _standing(counting, said)
    if may_settle and not saved.is_empty:
        return _standing(saved, said, settled_by=saved.user_id)
    if _still_settled(saved, before):
        return _standing(before.mark, said, settled_by=before.settled_by)
    return Result(Standing.DISPUTED)


def is_done(mark: Given | None, full: Decimal, reason: str) -> bool:
    """Whether a point is done: lost points and 不适用 need their reason."""
    if mark is None:
        return False
    return suffices(mark.points, full, reason, not_applicable=mark.not_applicable)


def suffices(
    points: Decimal | None,
    full: Decimal,
    reason: str,
    *,
    not_applicable: bool = False,
    outcome: Outcome | None = None,
    free: bool = False,
) -> bool:
    """``is_done`` for what was given, without the mark around it.

    ``outcome`` says more than the points where a point is judged or can be hit; a ``free`` point
    stands on top of full marks and needs no words.
    """
    if not_applicable or points is None:
        return bool(reason.strip())
    short = outcome.falls_short(full) if outcome else points < full
    return free or not short or bool(reason.strip())


def _still_settled(saved: Given, before: Result | None) -> bool:
    """Nobody but the 组长 took part, or what was saved is what the 组长 said."""
    if not (before and before.settled_by and before.mark):
        return False
    withdrawn = saved.is_empty and saved.user_id != before.settled_by
    return withdrawn or saved.says_as(before.mark)


def _standing(counting: Given, said: list[Given], settled_by: int | None = None) -> Result:
    same = [mark for mark in said if mark.says_as(counting)]
    return Result(
        Standing.AGREED,
        counting,
        reason=counting.reason or _latest(same, "reason"),
        note=counting.note or _latest(same, "note"),
        settled_by=settled_by,
    )


def _latest(marks: list[Given], text: str) -> str:
    """The latest non-empty text; marks come in the order of their times."""
    return next((getattr(mark, text) for mark in reversed(marks) if getattr(mark, text)), "")
