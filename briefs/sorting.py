"""归集 by hand: take a sentence, leave it out, merge those that say the same, put them in order."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max, QuerySet

from audit.record import record
from briefs.actions import hold
from briefs.gathering import gather
from briefs.models import Brief, Excerpt
from chabaocu.errors import Refused
from orgs.models import User

NONE = "请先勾选要{deed}的句子。"
FEW = "合并要勾选两句或更多。"
State = Excerpt.State
DEEDS = {"take": State.TAKEN, "leave": State.LEFT, "open": State.OPEN}
WORDS = {"take": "采用", "leave": "不采用", "open": "放回"}


@transaction.atomic
def again(brief: Brief, *, by: User) -> int:
    """Bring in what was confirmed since; how many sentences came."""
    held = hold(brief)
    came = gather(held, by.scope)
    record("brief.gather", held, by=by, stream=held.stream, after={"sentences": came})
    return came


@transaction.atomic
def decide(brief: Brief, deed: str, pks: Sequence[int], *, by: User) -> None:
    """Take these sentences at the end, leave them out, or put them back among the undecided.

    What was merged into one that is not taken any more is undecided again.
    """
    held = hold(brief)
    rows = list(_chosen(held, pks, WORDS[deed]))
    state, last = DEEDS[deed], _last(held)
    if state != State.TAKEN:
        merged = Excerpt.objects.filter(brief=held, into__in=rows)
        merged.update(state=State.OPEN, into=None)
    for row in rows:
        if row.state != state:
            last += 1
            row.state, row.into, row.order = state, None, last
    Excerpt.objects.bulk_update(rows, ["state", "into", "order"])
    told = {"sentences": len(rows)}
    record(f"brief.{deed}", held, by=by, stream=held.stream, after=told)


@transaction.atomic
def merge(brief: Brief, pks: Sequence[int], *, by: User) -> Excerpt:
    """Take one of these sentences for all; the units of the others are named with it.

    One that was taken already goes on; of several, or of none, the first.
    """
    held = hold(brief)
    rows = list(_chosen(held, pks, "合并"))
    if len(rows) < 2 or len({row.part for row in rows}) > 1:
        raise Refused(FEW)
    lead = min(rows, key=lambda row: (row.state != State.TAKEN, row.order, row.pk))
    if lead.state != State.TAKEN:
        lead.state, lead.into, lead.order = State.TAKEN, None, _last(held) + 1
        lead.save(update_fields=["state", "into", "order"])
    others = [row.pk for row in rows if row.pk != lead.pk]
    below = Excerpt.objects.filter(brief=held, into__in=others).exclude(pk=lead.pk)
    below.update(into=lead)
    Excerpt.objects.filter(pk__in=others).update(state=State.MERGED, into=lead)
    told = {"sentences": len(others)}
    record("brief.merge", held, by=by, stream=held.stream, after=told)
    return lead


@transaction.atomic
def arrange(
    brief: Brief,
    order: Sequence[int],
    texts: Mapping[int, tuple[str, str]],
    *,
    by: User,
) -> list[int]:
    """Put the taken sentences in this order, and word them as typed.

    ``texts`` are what the page showed and what was typed, by sentence. One that somebody else
    reworded meanwhile is left alone; their keys are returned.
    """
    held = hold(brief)
    rows = {row.pk: row for row in held.excerpts.filter(state=State.TAKEN)}
    late = []
    for pk, (seen, typed) in texts.items():
        row = rows.get(pk)
        if row is None or typed in {seen, "", row.text}:
            continue
        if row.text != seen:
            late.append(pk)
        else:
            row.text = typed
    first = {pk: n for n, pk in enumerate(order)}
    ranked = sorted(rows.values(), key=lambda row: (first.get(row.pk, len(first)), row.order))
    for number, row in enumerate(ranked, start=1):
        row.order = number
    Excerpt.objects.bulk_update(ranked, ["order", "text"])
    record("brief.arrange", held, by=by, stream=held.stream, after={"sentences": len(ranked)})
    return late


def _chosen(brief: Brief, pks: Sequence[int], deed: str) -> QuerySet[Excerpt]:
    rows = brief.excerpts.filter(pk__in=pks).order_by("pk")
    if not rows.exists():
        raise Refused(NONE.format(deed=deed))
    return rows


def _last(brief: Brief) -> int:
    return brief.excerpts.aggregate(last=Max("order"))["last"] or 0
