"""What the list of events is narrowed by."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import make_aware

from audit.labels import ACTIONS, GROUPS

HIDDEN = {"required": False, "widget": forms.HiddenInput}


class Chip(NamedTuple):
    """An exact condition that stands: its words, and the query string without it."""

    text: str
    without: str


def _choices() -> list[tuple[str, Any]]:
    groups = groupby(ACTIONS.items(), key=lambda one: GROUPS[one[0].partition(".")[0]])
    return [("", "全部操作"), *((name, list(actions)) for name, actions in groups)]


class EventFilter(forms.Form):
    """Words of the actor and of the object, a period, an action; one person, object or chain."""

    who = forms.CharField(label="操作人", required=False, max_length=60)
    what = forms.CharField(label="对象", required=False, max_length=60)
    action = forms.ChoiceField(label="操作", required=False, choices=_choices)
    since = forms.DateField(label="从", required=False)
    until = forms.DateField(label="到", required=False)
    actor = forms.IntegerField(**HIDDEN)
    type = forms.CharField(max_length=60, **HIDDEN)
    id = forms.CharField(max_length=40, **HIDDEN)
    stream = forms.CharField(max_length=80, **HIDDEN)

    FIELDS = {
        "who": "actor_name__icontains",
        "what": "target_label__icontains",
        "action": "action",
        "actor": "actor_id",
        "type": "target_type",
        "id": "target_id",
        "stream": "stream__name",
    }

    def clean(self) -> dict[str, Any]:
        wanted = super().clean()
        since, until = wanted.get("since"), wanted.get("until")
        if since and until and until < since:
            self.add_error("until", "“到”早于“从”，请改一个日期。")
        return wanted

    def narrow(self, events: QuerySet) -> QuerySet:
        """The events that meet every filled field; a wrong value filters nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        if day := wanted.get("since"):
            events = events.filter(at__gte=_midnight(day))
        if day := wanted.get("until"):
            events = events.filter(at__lt=_midnight(day + timedelta(days=1)))
        return events.filter(**{f: wanted[k] for k, f in self.FIELDS.items() if wanted.get(k)})

    def chips(self, lines: Iterable[Any]) -> Iterator[Chip]:
        """The exact conditions, in the words of the first line that meets them."""
        first, wanted = next(iter(lines), None), self.cleaned_data
        if wanted.get("actor"):
            yield self._chip(f"操作人：{first.actor.text if first else wanted['actor']}", "actor")
        if wanted.get("id"):
            yield self._chip(f"对象：{first.target_label if first else wanted['id']}", "type", "id")
        if wanted.get("stream"):
            yield self._chip(f"整条链：{first.subject if first else wanted['stream']}", "stream")

    def _chip(self, text: str, *names: str) -> Chip:
        query = self.data.copy()
        for name in (*names, "after", "before"):
            query.pop(name, None)
        return Chip(text, query.urlencode())


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
