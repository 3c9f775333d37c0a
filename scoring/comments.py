"""审核意见: a reviewer's remarks on single points, and the team's answers to them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.record import record
from chabaocu.errors import StaleState
from orgs.roles import Permission as P
from plans.models import Visit
from rubrics.models import Criterion
from scoring.models import Comment, Scoresheet
from scoring.rights import may

# In which state of the papers who may write: the reviewer on what lies before them, the team
# while it works on what came back.
WRITERS = {Visit.Status.SUBMITTED: P.VISIT_REVIEW, Visit.Status.RETURNED: P.VISIT_FILL}


def of_visit(visit: Visit) -> QuerySet[Comment]:
    """All comments on all drafts of the visit, in the order they were made.

    For those who may review or fill it; the caller has checked which.
    """
    comments = Comment.objects.filter(sheet__visit=visit)
    return comments.select_related("sheet", "criterion", "by", "resolved_by")


def to_answer(sheet: Scoresheet) -> dict[str, list[Comment]]:
    """What the reviewer asked of papers that came back, by point; "" is the whole draft.

    Nothing is asked, of us or of the database, while the papers have not come back.
    """
    found: dict[str, list[Comment]] = {}
    if sheet.visit.status == Visit.Status.RETURNED:
        for comment in of_visit(sheet.visit).filter(resolved_at=None):
            code = comment.criterion.code if comment.criterion else ""
            found.setdefault(code, []).append(comment)
    return found


def still_open(comments: Iterable[Comment]) -> list[Comment]:
    """Those that are not settled."""
    return [comment for comment in comments if comment.resolved_at is None]


def may_write(visit: Visit, user: Any) -> bool:
    """Whether this person may comment on the draft as it stands."""
    permission = WRITERS.get(visit.status)
    return permission is not None and may(visit, user, permission)


@transaction.atomic
def add(sheet: Scoresheet, *, by: Any, text: str, criterion: Criterion | None = None) -> Comment:
    """Remark on one point, or on the whole draft; StaleState if the papers have moved on."""
    _hold(sheet)
    comment = Comment.objects.create(sheet=sheet, criterion=criterion, text=text.strip(), by=by)
    record(
        "comment.add",
        sheet.visit,
        by=by,
        stream=sheet.visit.stream,
        after={"point": criterion.code if criterion else "", "text": comment.text},
    )
    return comment


@transaction.atomic
def resolve(comment: Comment, *, by: Any) -> None:
    """Settle a comment; StaleState where it already is."""
    if not _settle(comment, by):
        raise StaleState("resolve")
    visit = comment.sheet.visit
    record("comment.resolve", visit, by=by, stream=visit.stream, after={"text": comment.text})


def _settle(comment: Comment, by: Any) -> bool:
    rows = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    return bool(rows.update(resolved_at=timezone.now(), resolved_by=by))


def _hold(sheet: Scoresheet) -> None:
    """Hold the papers while they are talked about: a remark never lands behind a move.

    Raises StaleState unless the draft is still the one that counts, in the state that was seen.
    """
    visit = sheet.visit
    seen = Visit.objects.filter(pk=visit.pk, revision=sheet.revision, status=visit.status)
    if visit.status not in WRITERS or not seen.update(status=visit.status):
        raise StaleState("comment")
