"""挂牌督办台账 and 通报批评名单."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chabaocu.lists import bounded_counts, keyset_page, told
from hazards import listings
from hazards.listings import TABS, Listing
from hazards.models import Hazard
from orgs.access import requires
from orgs.roles import Permission as P


class ListingFilter(forms.Form):
    """A tab and words; a wrong value filters nothing."""

    tab = forms.ChoiceField(choices=TABS.items(), required=False)
    q = forms.CharField(required=False, max_length=40)

    @property
    def chosen(self) -> tuple[str, str]:
        self.is_valid()
        return self.cleaned_data.get("tab") or "open", self.cleaned_data.get("q", "")


@require_GET
@requires(P.HAZARD_VIEW)
def listing_list(request: HttpRequest) -> HttpResponse:
    """One page of the ledger, the newest listing first."""
    scope, today = request.user.scope, timezone.localdate()
    tab, words = ListingFilter(request.GET).chosen
    page = keyset_page(
        listings.parts(scope, tab, words, today),
        request.GET,
        order=listings.ORDER,
        load=lambda pks: _load(pks, today),
    )
    context = {"page": page, "tab": tab, "q": words, "tabs": _tabs(scope, words, today)}
    return render(request, "hazards/listing_list.html", context)


@require_GET
@requires(P.HAZARD_VIEW)
def listing_late(request: HttpRequest) -> HttpResponse:
    """Those who do not rectify in time, government by government (第十条)."""
    today = timezone.localdate()
    blamed = listings.overdue(request.user.scope, today)
    count = sum(len(one.listings) for one in blamed)
    context = {"blamed": blamed, "count": count, "today": today, "article": listings.ARTICLE}
    return render(request, "hazards/listing_late.html", context)


def _load(pks: list[int], today) -> dict[int, Listing]:
    kept = Hazard.objects.unscoped(reason="keys from a query in scope").filter(pk__in=pks)
    return {one.hazard.pk: one for one in listings.lines(kept.select_related("unit"), today)}


def _tabs(scope, words: str, today) -> list[tuple[str, str, str]]:
    asked = {tab: listings.parts(scope, tab, words, today) for tab in TABS}
    counts = iter(bounded_counts([part for parts in asked.values() for part in parts]))
    return [
        (tab, TABS[tab], told(sum(next(counts) for _ in parts))) for tab, parts in asked.items()
    ]
