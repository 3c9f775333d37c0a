"""Finding hazards by words: in the hazard itself, by its unit, by who is responsible."""

from django.db.models import Q

from orgs.models import Organization, User
from orgs.scope import Scope

NAMES = 50  # units and people that a word may mean; a word that means more says nothing


def ways(q: str, scope: Scope) -> list[Q]:
    """Each way in which the words may mean a hazard; none where nothing was asked."""
    q = q.strip()
    if not q:
        return []
    found = [Q(number__icontains=q) | Q(text__icontains=q) | Q(where__icontains=q)]
    named = Organization.objects.within(scope).filter(name__icontains=q)
    if units := list(named.order_by().values_list("pk", flat=True)[:NAMES]):
        found.append(Q(unit__in=units))
    people = User.objects.unscoped(reason="whose hazards are shown is said by their scope")
    people = people.select_related(None).filter(name__icontains=q)
    if hands := list(people.order_by().values_list("pk", flat=True)[:NAMES]):
        found.append(Q(responsible__in=hands))
    return found
