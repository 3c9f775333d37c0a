"""Who may be sent: the people in reach of a plan's issuer."""

from django.db.models import Q, QuerySet

from orgs.models import Organization, User
from orgs.roles import Role
from orgs.scope import path_range
from plans.models import Plan

INSPECTORS = [Role.UNION_STAFF, Role.PROVINCE_STAFF]
Kind = Organization.Kind
UNIONS = [Kind.UNION, Kind.INDUSTRIAL_UNION]
AUTHORITIES = [Kind.REGULATOR, Kind.COMMITTEE_OFFICE]


def in_reach(plan: Plan) -> QuerySet[User]:
    """Staff of the issuer and of the unions in its region's subtree; of a 产业工会's own unions.

    An office of a government (安委会办公室, 局) sends the staff of the authorities there too. The
    right to see them follows from the right to manage the plan, which the caller has checked.
    """
    issuer = plan.issuer
    below = path_range("organization__region__path", issuer.region.path)
    if issuer.kind == Kind.INDUSTRIAL_UNION:
        below = Q(organization__parent=issuer.pk)
    kinds = UNIONS + (AUTHORITIES if issuer.kind in AUTHORITIES else [])
    people = User.objects.unscoped(reason="an issuer sends its own and its unions' staff")
    return (
        people.filter(is_active=True, role__in=INSPECTORS)
        .filter(Q(organization=plan.issuer_id) | below & Q(organization__kind__in=kinds))
        .select_related("organization")
        .order_by("organization__region__path", "organization_id", "pk")
    )
