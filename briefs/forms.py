"""What a new report is about."""

from django import forms
from django.db.models.functions import Left

from briefs.counted import visits_of
from briefs.models import Brief
from orgs.models import Region
from orgs.scope import WIDTH, Scope
from plans.models import Plan


class BriefForm(forms.Form):
    """Its kind, and the place: the whole round, or a city or county in which there are visits."""

    kind = forms.ChoiceField(
        label="种类", choices=Brief.Kind.choices, widget=forms.RadioSelect, initial="inspection"
    )
    region = forms.ModelChoiceField(label="范围", queryset=Region.objects.none(), empty_label=None)

    def __init__(self, data=None, *, plan: Plan, scope: Scope) -> None:
        super().__init__(data)
        self.fields["region"].queryset = places_of(plan, scope)


def places_of(plan: Plan, scope: Scope):
    """The issuer's own region, and those right below it that the round comes to."""
    whole = plan.issuer.region
    below = Left("place", len(whole.path) + WIDTH)
    paths = visits_of(plan, whole, scope).order_by().annotate(row=below).values("row").distinct()
    every = Region.objects.unscoped(reason="divisions are public; the visits are scoped")
    return (every.filter(path__in=paths) | every.filter(pk=whole.pk)).order_by("path")
