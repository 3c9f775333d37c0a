"""What a save of a point or a text and an opened sheet read and write, compiled once.

Nothing is decided here: scope comes from the querysets as everywhere, rules from the callers.
"""

from functools import cache, lru_cache

from django.db.models import F

from attachments.models import Attachment
from chabaocu.prepared import Insert, Select, Slot, Update
from orgs.roles import Permission
from orgs.scope import Scope
from plans.models import Visit
from plans.models.team import TeamMember
from plans.models.visit import EDITABLE
from scoring.models import Answer, Mark, Save, Scoresheet

HEAD = ("visit__target", "visit__plan", "visit__team", "version")
POINT_COLUMNS = ("pk", "criterion__code", "criterion__item__number", "criterion__points")
POINT_COLUMNS += ("state", "points", "not_applicable", "reason")
SAID = ("inputs", "not_applicable", "points", "reason", "note", "at")


@lru_cache(maxsize=2000)
def fillable(scope: Scope) -> Select:
    """The sheet ``pk`` with visit and version, for who may fill it; kept for each person's scope.

    What a scope sees depends on the scope alone; who is in a team is a subquery of the statement.
    """
    sheets = Scoresheet.objects.select_related("visit", "version")
    sheets = sheets.within(scope, Permission.VISIT_FILL)
    return Select(lambda: sheets.filter(pk=Slot("pk")).order_by())


@lru_cache(maxsize=2000)
def readable(scope: Scope) -> Select:
    """The present draft of ``visit`` for who sees it, with all that stands in the page's head."""
    drafts = Scoresheet.objects.select_related(*HEAD).within(scope)
    present = drafts.filter(visit=Slot("visit"), revision=F("visit__revision"))
    return Select(lambda: present.order_by())


POINT = Select(
    lambda: Answer.objects.select_related("criterion").filter(
        sheet=Slot("sheet"), criterion__code=Slot("code")
    )
)
MARKS = Select(
    lambda: Mark.objects.select_related("user").filter(
        sheet=Slot("sheet"), criterion=Slot("criterion")
    )
)
ROWS = Select(
    lambda: (
        Answer.objects.filter(sheet=Slot("sheet"))
        .order_by("criterion__item__number", "criterion__order")
        .values_list(*POINT_COLUMNS)
    )
)
# The same with what was entered, for tables whose total is no plain sum.
ROWS_WITH_INPUTS = Select(
    lambda: (
        Answer.objects.filter(sheet=Slot("sheet"))
        .order_by("criterion__item__number", "criterion__order")
        .values_list(*POINT_COLUMNS, "inputs")
    )
)
FILLED = Select(
    lambda: (
        Answer.objects.filter(sheet=Slot("sheet"))
        .order_by()
        .values_list(
            *("criterion_id", "pk", "state", "version", "inputs", "not_applicable", "points"),
            *("reason", "note", "at", "by__name", "settled_by_id"),
        )
    )
)
SAID_BY = Select(
    lambda: (
        Mark.objects.filter(sheet=Slot("sheet"))
        .order_by("at", "pk")
        .values_list("criterion_id", "user_id", *SAID)
    )
)
MEMBERS = Select(
    lambda: TeamMember.objects.filter(team=Slot("team")).values_list(
        "user_id", "user__name", "role"
    )
)
FILES = Select(
    lambda: Attachment.objects.live().filter(holder_type="visit", holder_id=Slot("visit"))
)
KEEP = Insert(lambda: Save)
ANSWER = Update(
    lambda: Answer.objects.filter(pk=Slot("pk"), version=Slot("seen")),
    *("version", "state", *SAID, "by", "settled_by"),
)
MARK = Update(lambda: Mark.objects.filter(pk=Slot("pk")), *SAID)
FIRST_MARK = Insert(lambda: Mark)


@cache
def turn(*columns: str) -> Update:
    """Count the edit of a sheet, if nobody edited, submitted or froze it since it was ``seen``."""

    def rows():
        # No lookup across a relation here: Django would put all conditions into a subquery, which
        # PostgreSQL does not look at again after it waited for the row.
        open_visits = Visit.objects.filter(status__in=sorted(EDITABLE)).values("pk")
        seen = Scoresheet.objects.filter(pk=Slot("pk"), edits=Slot("seen"), frozen_at=None)
        return seen.filter(visit__in=open_visits)

    return Update(rows, "edits", *columns)
