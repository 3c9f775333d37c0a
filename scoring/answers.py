"""Save one scoring point: what one member says of it, and what the sheet says then."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from orgs.roles import Permission
from plans.models import Visit
from rubrics.evaluate import InvalidInput, score_point
from rubrics.kinds import SCORED
from rubrics.models import Criterion
from scoring import figures, statements
from scoring.entries import Entry, Sent
from scoring.figures import Figures, rows_of, weigh
from scoring.marks import Given, Result, Standing, merge
from scoring.models import Answer, Mark, Scoresheet
from scoring.saves import ACCEPTED, CONFLICT, Decide, Decision, Incoming, Reply, accept, accept_all
from scoring.tables import table_of

LONGEST = 2000
STALE = "这一点已有人改过，您填的没有覆盖，请选一个。"


def save_point(sheet: Scoresheet, code: str, entry: Entry, *, by: Any, id: Any, base: int) -> Reply:
    """Save one member's mark of one point (域8：三人打分，一个结果).

    Raises Answer.DoesNotExist for a code that is not on the sheet, InvalidInput for content that
    cannot be scored, Refused when the papers are locked. A stale save comes back as a conflict
    with both values; the refused value stays in the history.
    """
    incoming, decides = _job(code, Sent(id, base, entry))
    return accept(sheet, incoming, by=by, decide=decides)


def save_points(
    sheet: Scoresheet, points: Sequence[tuple[str, Sent]], *, by: Any
) -> list[Reply | Exception]:
    """Save several points, (code, what was sent), in one transaction.

    Each gets its own reply, or what ``save_point`` would have raised for it; a conflict or a
    fault of one leaves the others saved.
    """
    return accept_all(sheet, [_job(code, sent) for code, sent in points], by=by)


def _job(code: str, sent: Sent) -> tuple[Incoming, Decide]:
    incoming = Incoming(id=sent.id, slot=f"point:{code}", base=sent.base, body=sent.entry.body)
    return incoming, partial(decide, code=code, entry=sent.entry)


def decide(sheet: Scoresheet, incoming: Incoming, by: Any, *, code: str, entry: Entry) -> Decision:
    """Decide one save of one point; see ``save_point``."""
    answer = statements.POINT.first(sheet=sheet.pk, code=code)
    if answer is None:
        raise Answer.DoesNotExist
    marks = statements.MARKS.rows(sheet=sheet.pk, criterion=answer.criterion_id)
    given = given_of(entry, answer, by)
    theirs = _theirs(answer, marks, given, by)
    if theirs and incoming.base != answer.version and answer.by_id != by.pk:
        return _stale(answer, given, theirs, by)
    return _accepted(sheet, answer, marks, given, by)


def given_of(entry: Entry, answer: Answer, by: Any) -> Given:
    """The mark an entry makes, scored; raises InvalidInput with a message for the person."""
    if len(entry.reason) > LONGEST or len(entry.note) > LONGEST:
        raise InvalidInput(f"理由和备注各不超过 {LONGEST} 字。")
    mark = Given(by.pk, {}, entry.not_applicable, None, entry.reason, entry.note, timezone.now())
    if entry.not_applicable or not entry.inputs:
        return mark
    criterion = answer.criterion
    outcome = score_point(criterion.kind, criterion.points, criterion.params, entry.inputs)
    return replace(mark, inputs=dict(outcome.inputs), points=outcome.points)


def _theirs(answer: Answer, marks: list[Mark], mine: Given, by: Any) -> Mark | None:
    """The colleague's mark that stands now and says something else."""
    others = [mark for mark in marks if mark.user_id != by.pk and not _given(mark).is_empty]
    standing = [mark for mark in others if _says(mark, answer)] or others
    differing = [mark for mark in standing if not _given(mark).says_as(mine)]
    return differing[-1] if differing and len(differing) == len(standing) else None


def _says(mark: Mark, answer: Answer) -> bool:
    said = Given(0, answer.inputs, answer.not_applicable)
    return answer.state == Answer.State.AGREED and _given(mark).says_as(said)


def _stale(answer: Answer, mine: Given, theirs: Mark, by: Any) -> Decision:
    body = {
        "error": "stale",
        "message": STALE,
        "code": answer.criterion.code,
        "version": answer.version,
        "mine": mark_state(answer.criterion, mine, str(by)),
        "theirs": mark_state(answer.criterion, _given(theirs), str(theirs.user)),
    }
    return Decision(CONFLICT, body, target=answer)


def _accepted(
    sheet: Scoresheet, answer: Answer, marks: list[Mark], given: Given, by: Any
) -> Decision:
    own = next((mark for mark in marks if mark.user_id == by.pk), None)
    said = [_given(mark) for mark in marks if mark is not own] + [given]
    result = merge(said, given, may_settle=_may_settle(sheet, said, by), before=_before(answer))
    changes = _columns(result, given, by)
    after = _figures_after(sheet, answer, changes)
    told = figures.told(after, answer.criterion.code)
    names = {mark.user_id: str(mark.user) for mark in marks} | {by.pk: str(by)}
    return Decision(
        ACCEPTED,
        reply={
            "point": answer_state(answer.criterion, answer.version + 1, changes, str(by))
            | {"done": next(row.is_done for row in after.rows if row.pk == answer.pk)},
            "marks": [
                mark_state(answer.criterion, mark, names[mark.user_id])
                for mark in said
                if not mark.is_empty
            ],
            "edits": sheet.edits + 1,
        }
        | told,
        target=answer,
        action="answer.save",
        write=partial(_store, sheet, answer, changes, given, own, by),
        sheet={"total": after.total},
        visit={"answered": told["answered"], "questions": told["questions"]},
        before={"code": answer.criterion.code} | _told(_own_before(own)),
        after={"code": answer.criterion.code, "state": result.standing} | _told(given),
    )


def _may_settle(sheet: Scoresheet, said: list[Given], by: Any) -> bool:
    """Asked only where marks differ: whether this person is the one who settles."""
    spoken = [mark for mark in said if not mark.is_empty]
    if all(mark.says_as(spoken[0]) for mark in spoken):
        return False
    visits = Visit.objects.permitted(by, Permission.VISIT_SETTLE)
    return visits.filter(pk=sheet.visit_id).exists()


def _before(answer: Answer) -> Result | None:
    if not answer.settled_by_id:
        return None
    mark = Given(
        answer.settled_by_id,
        answer.inputs,
        answer.not_applicable,
        answer.points,
        answer.reason,
        answer.note,
    )
    return Result(Standing(answer.state), mark, settled_by=answer.settled_by_id)


def _columns(result: Result, given: Given, by: Any) -> dict[str, Any]:
    mark = result.mark or Given(by.pk)
    return {
        "state": result.standing.value,
        "inputs": mark.inputs,
        "not_applicable": mark.not_applicable,
        "points": mark.points,
        "reason": result.reason,
        "note": result.note,
        "by": by.pk,
        "at": given.at,
        "settled_by": result.settled_by,
    }


def _store(
    sheet: Scoresheet,
    answer: Answer,
    changes: dict[str, Any],
    given: Given,
    own: Mark | None,
    by: Any,
) -> bool:
    """Write answer and mark, if the answer is still the one that was read."""
    seen = {"pk": answer.pk, "seen": answer.version, "version": answer.version + 1}
    if not statements.ANSWER.run(**seen, **changes):
        return False
    said = {
        "inputs": given.inputs,
        "not_applicable": given.not_applicable,
        "points": given.points,
        "reason": given.reason,
        "note": given.note,
        "at": given.at,
    }
    if own:
        statements.MARK.run(pk=own.pk, **said)
    else:
        point = {"sheet": sheet.pk, "criterion": answer.criterion_id, "user": by.pk}
        statements.FIRST_MARK.run(**point, **said)
    return True


def _figures_after(sheet: Scoresheet, answer: Answer, changes: dict[str, Any]) -> Figures:
    table = table_of(sheet.version)
    after = {
        "state": changes["state"],
        "gained": changes["points"],
        "not_applicable": changes["not_applicable"],
        "reason": changes["reason"],
        "inputs": changes["inputs"],
    }
    rows = rows_of(sheet, table)
    rows = [row._replace(**after) if row.pk == answer.pk else row for row in rows]
    return weigh(rows, table)


def answer_state(
    point: Criterion, version: int, columns: dict[str, Any], by: str
) -> dict[str, Any]:
    """One point as pages are told of it."""
    inputs, not_applicable = columns["inputs"], columns["not_applicable"]
    return {
        "code": point.code,
        "version": version,
        "state": columns["state"],
        "settled": bool(columns["settled_by"]),
        **_said(inputs, not_applicable, columns["points"]),
        "explanation": explained(point, inputs),
        "reason": columns["reason"],
        "note": columns["note"],
        "by": by,
        "at": clock(columns["at"]),
    }


def mark_state(point: Criterion, mark: Given, name: str) -> dict[str, Any]:
    """One member's mark as pages are told of it."""
    return {
        "user": mark.user_id,
        "name": name,
        **_said(mark.inputs, mark.not_applicable, mark.points),
        "judged": "" if point.kind in SCORED else explained(point, mark.inputs),
        "reason": mark.reason,
        "note": mark.note,
        "at": clock(mark.at),
    }


def explained(point: Criterion, inputs: Mapping[str, Any]) -> str:
    """Why the point has the points it has, in words; nothing while nothing was entered."""
    if not inputs:
        return ""
    return score_point(point.kind, point.points, point.params, inputs).explanation


def _said(inputs: dict, not_applicable: bool, points: Decimal | None) -> dict[str, Any]:
    return {
        "inputs": inputs,
        "not_applicable": not_applicable,
        "points": None if points is None else f"{points.normalize():f}",
    }


def clock(at: datetime | None, today: date | None = None, zone: tzinfo | None = None) -> str:
    """10:42 today; 12月5日 10:42 on another day.

    Who asks for many says the day and the zone, which else are looked up for each.
    """
    if at is None:
        return ""
    local = at.astimezone(zone or timezone.get_current_timezone())
    time = f"{local.hour:02}:{local.minute:02}"
    if local.date() == (today or timezone.localdate()):
        return time
    return f"{local.month}月{local.day}日 {time}"


def _given(mark: Mark) -> Given:
    return Given(
        mark.user_id,
        mark.inputs,
        mark.not_applicable,
        mark.points,
        mark.reason,
        mark.note,
        mark.at,
    )


def _own_before(own: Mark | None) -> Given | None:
    return _given(own) if own else None


def _told(mark: Given | None) -> dict[str, Any]:
    """A mark as the audit keeps it."""
    if mark is None:
        return {}
    return _said(mark.inputs, mark.not_applicable, mark.points) | {
        "reason": mark.reason,
        "note": mark.note,
    }
