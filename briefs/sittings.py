"""One event for what a person wrote on a chapter at a sitting, though the page saves by itself.

The first save of a sitting leaves its event at once. Those after it are told by one more, from
the text as it was told last to the text as it stands, when the sitting ends: half an hour after
it began, when anybody else touches the chapter, or when the report is issued or cancelled.
Until then the chapter itself holds both texts.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from audit.record import record
from briefs.models import Brief, Chapter
from orgs.models import User

SITTING = timedelta(minutes=30)


def is_sitting(chapter: Chapter, by: User, now: datetime) -> bool:
    """Whether this person's sitting at the chapter goes on."""
    begun = chapter.told_at
    return begun is not None and chapter.by_id == by.pk and now - begun < SITTING


def said_of(chapter: Chapter) -> dict[str, str]:
    """What an event tells of a chapter."""
    return {"heading": chapter.heading, "text": chapter.text}


def telling(before: dict[str, str], after: dict[str, str]) -> dict[str, dict[str, str]]:
    """Both sides of an event; the chapter is always named."""
    is_renamed = before["heading"] != after["heading"]
    return {"before": before if is_renamed else {"text": before["text"]}, "after": after}


def end(chapter: Chapter) -> None:
    """Tell what was not told yet; the caller holds the report."""
    brief, said = chapter.brief, said_of(chapter)
    if chapter.told_at is None:
        return
    if chapter.told != said:
        told = telling(chapter.told, said)
        record("brief.write", brief, by=chapter.by, stream=brief.stream, **told)
    Chapter.objects.filter(pk=chapter.pk).update(told={}, told_at=None)


def end_all(brief: Brief) -> None:
    """The same of every chapter of a report that is held."""
    for chapter in _sat_at().filter(brief=brief):
        end(chapter)


def sweep(now: datetime) -> int:
    """End the sittings that nobody went on with; how many that were."""
    late, ended = _sat_at().filter(told_at__lte=now - SITTING), 0
    for pk in sorted(set(late.values_list("brief", flat=True))):
        with transaction.atomic():
            held = Brief.objects.select_for_update().get(pk=pk)
            for chapter in late.filter(brief=held):
                end(chapter)
                ended += 1
    return ended


def _sat_at() -> QuerySet[Chapter]:
    return Chapter.objects.filter(told_at__isnull=False).select_related("brief", "by")
