"""What a save of a point or a text and an opened sheet read and write, compiled once.

Nothing is decided here: scope comes from the querysets as everywhere, rules from the callers.
"""

from functools import cache, lru_cache

from django.db.models import F, QuerySet

from attachments.models import Attachment
from chabaocu.prepared import Insert, Select, Slot, Update
from orgs.roles import Permission
from orgs.scope import Scope
from plans.models import Visit
from plans.models.team import TeamMember
from plans.models.visit import EDITABLE
from scoring.models import Answer, Mark, Save, Scoresheet

HEAD = ("visit__target", "visit__plan", "visit__team", "version")
SAVED = ("edits", "frozen_at", "version__content_hash")
SAVED += ("visit__status", "visit__scorer", "visit__answered", "visit__questions")
SAID = ("inputs", "not_applicable", "points", "reason", "note", "at")


@lru_cache(maxsize=2000)
def fillable(scope: Scope) -> Select:
    """The sheet ``pk`` with what a save needs of it, its visit and version, for who may fill it.

    Kept for each person's scope. What a scope sees depends on the scope alone; who is in a team is
    a subquery of the statement.
    """
    sheets = Scoresheet.objects.select_related("visit", "version").only(*SAVED)
    sheets = sheets.within(scope, Permission.VISIT_FILL)
    return Select(lambda: sheets.filter(pk=Slot("pk")).order_by())


@lru_cache(maxsize=2000)
def readable(scope: Scope) -> Select:
    """The present draft of ``visit`` for who sees it, with all that stands in the page's head."""
    drafts = Scoresheet.objects.select_related(*HEAD).within(scope)
    present = drafts.filter(visit=Slot("visit"), revision=F("visit__revision"))
    return Select(lambda: present.order_by())


# The same without scope, for who may fill it and was overtaken.
AGAIN = Select(
    lambda: (
        Scoresheet.objects.select_related("visit", "version").only(*SAVED).filter(pk=Slot("pk"))
    ).order_by()
)
ROWS = Select(
    lambda: (
        Answer.objects.filter(sheet=Slot("sheet"))
        .order_by()
        .values_list(
            *("criterion__code", "pk", "state", "points", "not_applicable", "reason", "inputs"),
            *("version", "note", "by_id", "settled_by_id", "criterion_id"),
        )
    )
)
MARKS = Select(lambda: _marks().filter(sheet=Slot("sheet")))
MARKS_OF_ONE = Select(lambda: _marks().filter(sheet=Slot("sheet"), criterion=Slot("criterion")))
FILLED = Select(
    lambda: (
        Answer.objects.filter(sheet=Slot("sheet"))
        .order_by()
        .values_list(
            *("criterion__code", "pk", "state", "version", "inputs", "not_applicable", "points"),
            *("reason", "note", "at", "by__name", "settled_by_id"),
        )
    )
)
SAID_BY = Select(
    lambda: (
        Mark.objects.filter(sheet=Slot("sheet"))
        .order_by("at", "pk")
        .values_list("criterion__code", "user_id", *SAID)
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
    lambda: Answer.objects.filter(
        pk=Slot("pk", Answer._meta.pk), version=Slot("seen", Answer._meta.get_field("version"))
    ),
    *("version", "state", *SAID, "by", "settled_by"),
)
MARK = Update(lambda: Mark.objects.filter(pk=Slot("pk", Mark._meta.pk)), *SAID)
FIRST_MARK = Insert(lambda: Mark)
PROGRESS = Update(lambda: Visit.objects.filter(pk=Slot("pk")), "answered", "questions")


def _marks() -> QuerySet:
    """Marks with the names of those who gave them, in the order of their times."""
    marks = Mark.objects.order_by("at", "pk")
    return marks.values_list("pk", "criterion_id", "user__name", "user_id", *SAID)


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
