"""What a person may do with a visit; each question is compiled once for the scope that asks it."""

from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet

from chabaocu.prepared import Select, Slot
from orgs.roles import Permission
from orgs.scope import Scope
from plans.models import Visit


def may(visit: Visit, user: Any, permission: Permission) -> bool:
    """Whether this person has the permission on this visit, as ``permitted`` says it."""
    if not (user.is_authenticated and user.is_active):
        return False
    try:
        return bool(_asking(user.scope, permission).rows(visit=visit.pk))
    except EmptyResultSet:  # who stands there has it on no visit at all
        return False


@lru_cache(maxsize=512)
def _asking(scope: Scope, permission: Permission) -> Select:
    visits = Visit.objects.within(scope, permission).filter(pk=Slot("visit"))
    return Select(lambda: visits.order_by().values_list("pk"))
