"""How a person reads the ledger: views kept under a name, columns chosen.

Nothing official hangs on them, so they are told to no record of changes.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import transaction

from chabaocu.errors import Refused
from chabaocu.prepared import Select, Slot
from hazards.columns import COLUMNS, FIXED, shown
from hazards.models import LedgerLayout, LedgerView
from orgs.scope import Scope

MOST = 12  # views of one person: more tabs than that are no longer found
LAYOUT = Select(lambda: LedgerLayout.objects.filter(owner=Slot("owner")).values_list("columns"))


def columns_of(user: Any) -> list[str]:
    """The columns this person sees, on the page and in the file."""
    kept = LAYOUT.first(owner=user.pk)
    return shown(kept[0] if kept else ())


def views_of(user: Any) -> list[LedgerView]:
    """This person's views, in the order they were kept."""
    return _views(user.scope.shape).rows(**user.scope.values)


@lru_cache(maxsize=64)
def _views(scope: Scope) -> Select:
    return Select(lambda: LedgerView.objects.within(scope))


def keep_columns(user: Any, order: Sequence[str]) -> None:
    """These columns from now on; none of them brings the usual ones back."""
    known = [name for name in order if name in COLUMNS and name != FIXED]
    LedgerLayout.objects.update_or_create(owner=user, defaults={"columns": known})


@transaction.atomic
def keep_view(user: Any, name: str, query: str) -> LedgerView:
    """Keep a filter under this name; the same name again says what it means now."""
    mine = LedgerView.objects.filter(owner=user)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise Refused(f"最多存 {MOST} 个视图，请先删掉一个。")
    view, _ = LedgerView.objects.update_or_create(owner=user, name=name, defaults={"query": query})
    return view


@transaction.atomic
def make_default(view: LedgerView) -> None:
    """The ledger opens with this view; asked again, with none of them."""
    mine = LedgerView.objects.filter(owner=view.owner_id)
    mine.filter(is_default=True).update(is_default=False)
    if not view.is_default:
        mine.filter(pk=view.pk).update(is_default=True)
