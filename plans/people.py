"""Who may be sent: the people in reach of a plan's issuer."""

from django.db.models import Q, QuerySet

from orgs.models import Organization, User
from orgs.roles import Role
from orgs.scope import path_range
from plans.models import Plan

INSPECTORS = [Role.UNION_STAFF, Role.PROVINCE_STAFF]
UNIONS = [Organization.Kind.UNION, Organization.Kind.INDUSTRIAL_UNION]


def in_reach(plan: Plan) -> QuerySet[User]:
    """Staff of the issuer and of the unions in its region's subtree.

    The right to see them follows from the right to manage the plan, which the caller has checked.
    """
    below = path_range("organization__region__path", plan.issuer.region.path)
    people = User.objects.unscoped(reason="an issuer sends its own and its unions' staff")
    return (
        people.filter(is_active=True, role__in=INSPECTORS)
        .filter(Q(organization=plan.issuer_id) | below & Q(organization__kind__in=UNIONS))
        .select_related("organization")
        .order_by("organization__region__path", "organization_id", "pk")
    )
