"""Save scoring points, one or many: what each member says, and what the sheet says then."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.utils import timezone

from audit.record import Subject
from orgs.roles import Permission
from plans.models import Visit
from rubrics.evaluate import InvalidInput, Outcome, Point, score_point
from scoring import figures, statements
from scoring.entries import Entry, Sent
from scoring.figures import Row, rows_of, weigh
from scoring.marks import Given, Result, Standing, merge
from scoring.models import Answer, Scoresheet
from scoring.replies import answer_state, clock, explained, mark_state, recorded
from scoring.saves import (
    ACCEPTED,
    CONFLICT,
    REFUSALS,
    Change,
    Decision,
    Incoming,
    Reply,
    accept,
    accept_all,
)
from scoring.tables import table_of

LONGEST = 2000
STALE = "这一点已有人改过，您填的没有覆盖，请选一个。"


@dataclass(frozen=True)
class PointSave(Incoming):
    """One save of one point."""

    code: str
    entry: Entry


class Mark(NamedTuple):
    """What a member said of a point when the sheet was read."""

    pk: int
    name: str
    given: Given


class Taken(NamedTuple):
    """An accepted save: the point before and after it, what was given, what all have said then."""

    point: Point
    criterion: int
    before: Row
    after: Row
    given: Given
    own: Mark | None
    said: list[tuple[str, Given]]
    explanation: str


def save_point(sheet: Scoresheet, code: str, entry: Entry, *, by: Any, id: Any, base: int) -> Reply:
    """Save one member's mark of one point (域8：三人打分，一个结果).

    Raises Answer.DoesNotExist for a code that is not on the sheet, InvalidInput for content that
    cannot be scored, Refused when the papers are locked. A stale save comes back as a conflict
    with both values; the refused value stays in the history.
    """
    return accept(sheet, _incoming(code, Sent(id, base, entry)), by=by, decide=decide)


def save_points(
    sheet: Scoresheet, points: Sequence[tuple[str, Sent]], *, by: Any
) -> list[Reply | Exception]:
    """Save several points, (code, what was sent), in one transaction.

    Each gets its own reply, or what ``save_point`` would have raised for it; a conflict or a
    fault of one leaves the others saved. Total and progress stand in the last reply that counts.
    """
    saves = [_incoming(code, sent) for code, sent in points]
    return accept_all(sheet, saves, by=by, decide=decide)


def _incoming(code: str, sent: Sent) -> PointSave:
    return PointSave(sent.id, f"point:{code}", sent.base, sent.entry.body, code, sent.entry)


def decide(sheet: Scoresheet, saves: Sequence[PointSave], by: Any) -> Decision:
    """Decide what these saves do to the sheet as it stands now; see ``save_points``."""
    return _Sitting(sheet, saves, by).decision()


class _Sitting:
    """The saves of one request, and the sheet they meet, which is read once."""

    def __init__(self, sheet: Scoresheet, saves: Sequence[PointSave], by: Any) -> None:
        self.sheet, self.saves, self.by = sheet, saves, by
        self.table = table_of(sheet.version)
        self.rows = {row.code: row for row in rows_of(sheet, self.table)}
        self.marks = self._marks()
        self.now, zone = timezone.now(), timezone.get_current_timezone()
        today = self.now.astimezone(zone).date()
        self.clock = partial(clock, today=today, zone=zone)

    def decision(self) -> Decision:
        """Each save's reply or refusal, and what the accepted ones change together."""
        found = [self._met(save) for save in self.saves]
        taken = [one for one in found if isinstance(one, Taken)]
        if not taken:
            return Decision(found)
        after = weigh([*self.rows.values()], self.table)
        self.rows = {row.code: row for row in after.rows}
        told = figures.told(after, {one.point.code for one in taken})
        edits = {"edits": self.sheet.edits + len(taken)}
        more = {one.point.code: edits for one in taken} | {taken[-1].point.code: edits | told}
        replies = [
            self._reply(one, more[one.point.code]) if isinstance(one, Taken) else one
            for one in found
        ]
        change = Change(
            write=partial(_store, self.sheet, taken, self.by),
            saves=len(taken),
            sheet={"total": after.total},
            visit={"answered": told["answered"], "questions": told["questions"]},
            **_event(self.sheet, taken),
        )
        return Decision(replies, change)

    def _marks(self) -> dict[int, list[Mark]]:
        """The marks of the points that are saved, in the order of their times."""
        codes = {save.code for save in self.saves if save.code in self.rows}
        if len(codes) == 1:
            key = self.rows[codes.pop()].criterion
            rows = statements.MARKS_OF_ONE.rows(sheet=self.sheet.pk, criterion=key)
        else:
            rows = statements.MARKS.rows(sheet=self.sheet.pk)
        found: defaultdict[int, list[Mark]] = defaultdict(list)
        for pk, criterion, name, *said in rows:
            found[criterion].append(Mark(pk, name, Given(*said)))
        return found

    def _met(self, save: PointSave) -> Taken | Reply | Exception:
        try:
            return self._one(save)
        except REFUSALS as refused:
            return refused

    def _one(self, save: PointSave) -> Taken | Reply:
        """Decide one save; the sheet then stands as it leaves it."""
        point, row = self.table.by_code.get(save.code), self.rows.get(save.code)
        if point is None or row is None:
            raise Answer.DoesNotExist
        marks = self.marks[row.criterion]
        given, outcome = given_of(save.entry, point, self.by, self.now)
        theirs = _theirs(row, marks, given)
        if theirs and save.base != row.version and row.by != self.by.pk:
            return self._stale(point, row, given, theirs)
        return self._accepted(point, row, marks, given, outcome)

    def _stale(self, point: Point, row: Row, mine: Given, theirs: Mark) -> Reply:
        body = {
            "error": "stale",
            "message": STALE,
            "code": point.code,
            "version": row.version,
            "mine": self._told(point, mine, str(self.by)),
            "theirs": self._told(point, theirs.given, theirs.name),
        }
        return Reply(CONFLICT, body)

    def _accepted(
        self, point: Point, row: Row, marks: list[Mark], given: Given, outcome: Outcome | None
    ) -> Taken:
        own = next((mark for mark in marks if mark.given.user_id == given.user_id), None)
        said = [(mark.name, mark.given) for mark in marks if mark is not own]
        said.append((str(self.by), given))
        everybody = [mark for _, mark in said]
        may_settle = _differ(everybody) and self.settles
        result = merge(everybody, given, may_settle=may_settle, before=_before(row))
        after = self.rows[point.code] = _after(row, result, given)
        if result.mark is given:
            words = outcome.explanation if outcome else ""
        else:
            words = explained(point, after.inputs)
        return Taken(point, row.criterion, row, after, given, own, said, words)

    @cached_property
    def settles(self) -> bool:
        """Whether this person settles what members see differently; asked only where they do."""
        visits = Visit.objects.permitted(self.by, Permission.VISIT_SETTLE)
        return visits.filter(pk=self.sheet.visit_id).exists()

    def _reply(self, one: Taken, more: dict[str, Any]) -> Reply:
        row, at = self.rows[one.point.code], self.clock(one.given.at)
        point = answer_state(one.point, row, at, str(self.by), one.explanation)
        marks = [self._told(one.point, mark, name) for name, mark in one.said if not mark.is_empty]
        return Reply(ACCEPTED, {"point": point, "marks": marks} | more)

    def _told(self, point: Point, mark: Given, name: str) -> dict[str, Any]:
        return mark_state(point, mark, name, self.clock(mark.at))


def given_of(entry: Entry, point: Point, by: Any, now: datetime) -> tuple[Given, Outcome | None]:
    """The mark an entry makes, scored; raises InvalidInput with a message for the person."""
    if len(entry.reason) > LONGEST or len(entry.note) > LONGEST:
        raise InvalidInput(f"理由和备注各不超过 {LONGEST} 字。")
    inputs, points, outcome = {}, None, None
    if entry.inputs and not entry.not_applicable:
        outcome = score_point(point.kind, point.points, point.params, entry.inputs)
        inputs, points = dict(outcome.inputs), outcome.points
    given = Given(by.pk, inputs, entry.not_applicable, points, entry.reason, entry.note, now)
    return given, outcome


def _theirs(row: Row, marks: list[Mark], mine: Given) -> Mark | None:
    """The colleague's mark that stands now and says something else."""
    others = [m for m in marks if m.given.user_id != mine.user_id and not m.given.is_empty]
    standing = [mark for mark in others if _stands(mark.given, row)] or others
    differing = [mark for mark in standing if not mark.given.says_as(mine)]
    return differing[-1] if differing and len(differing) == len(standing) else None


def _stands(given: Given, row: Row) -> bool:
    said = Given(0, row.inputs, row.not_applicable)
    return row.state == Standing.AGREED and given.says_as(said)


def _differ(marks: list[Given]) -> bool:
    spoken = [mark for mark in marks if not mark.is_empty]
    return any(not mark.says_as(spoken[0]) for mark in spoken)


def _before(row: Row) -> Result | None:
    """What the 组长 had settled."""
    if not row.settled_by:
        return None
    mark = Given(row.settled_by, row.inputs, row.not_applicable, row.gained, row.reason, row.note)
    return Result(Standing(row.state), mark, settled_by=row.settled_by)


def _after(row: Row, result: Result, given: Given) -> Row:
    """The point as the sheet says it once this is saved."""
    mark = result.mark or Given(given.user_id)
    return row._replace(
        version=row.version + 1,
        state=result.standing.value,
        inputs=mark.inputs,
        not_applicable=mark.not_applicable,
        gained=mark.points,
        reason=result.reason,
        note=result.note,
        by=given.user_id,
        settled_by=result.settled_by,
    )


def _event(sheet: Scoresheet, taken: Sequence[Taken]) -> dict[str, Any]:
    """One save is an event of its point, several of a request are one event of the sheet."""
    before = {one.point.code: recorded(one.own and one.own.given) for one in taken}
    after = {one.point.code: {"state": one.after.state} | recorded(one.given) for one in taken}
    if len(taken) > 1:
        target = Subject("scoring.scoresheet", sheet.pk, f"得分点 {'、'.join(after)}")
        said = {"before": {"marks": before}, "after": {"marks": after}}
        return {"action": "answer.save_many", "target": target} | said
    one = taken[0]
    code = {"code": one.point.code}
    return {
        "action": "answer.save",
        "target": Subject("scoring.answer", one.before.pk, f"得分点 {one.point.code}"),
        "before": code | before[one.point.code],
        "after": code | after[one.point.code],
    }


def _store(sheet: Scoresheet, taken: Sequence[Taken], by: Any) -> bool:
    """Write answers and marks, if the answers are still the ones that were read."""
    if statements.ANSWER.run_all([_answer(one) for one in taken]) != len(taken):
        return False
    statements.MARK.run_all([{"pk": one.own.pk} | _mark(one) for one in taken if one.own])
    statements.FIRST_MARK.run_all(
        [
            {"sheet": sheet.pk, "criterion": one.criterion, "user": by.pk} | _mark(one)
            for one in taken
            if not one.own
        ]
    )
    return True


def _answer(one: Taken) -> dict[str, Any]:
    row = one.after
    return {
        "pk": row.pk,
        "seen": one.before.version,
        "version": row.version,
        "state": row.state,
        "inputs": row.inputs,
        "not_applicable": row.not_applicable,
        "points": row.gained,
        "reason": row.reason,
        "note": row.note,
        "by": row.by,
        "at": one.given.at,
        "settled_by": row.settled_by,
    }


def _mark(one: Taken) -> dict[str, Any]:
    given = one.given
    return {
        "inputs": given.inputs,
        "not_applicable": given.not_applicable,
        "points": given.points,
        "reason": given.reason,
        "note": given.note,
        "at": given.at,
    }
