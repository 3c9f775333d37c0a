"""What the list of events is narrowed by."""

from django import forms
from django.db.models import Q, QuerySet


class EventFilter(forms.Form):
    """Words of the actor or the object; or one object, one chain, one action exactly."""

    q = forms.CharField(label="找记录", required=False, max_length=60)
    type = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    id = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    stream = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    action = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    FIELDS = {
        "type": "target_type",
        "id": "target_id",
        "stream": "stream__name",
        "action": "action",
    }

    def narrow(self, events: QuerySet) -> QuerySet:
        """The events that meet every filled field."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if text := wanted.get("q"):
            events = events.filter(Q(actor_name__icontains=text) | Q(target_label__icontains=text))
        return events.filter(**{f: wanted[k] for k, f in self.FIELDS.items() if wanted.get(k)})
