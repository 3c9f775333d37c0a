"""Who sees and edits which table: a table belongs to the unit that brought it in."""

from collections.abc import Iterator

from django.db.models import Q

from orgs.models import Organization
from orgs.roles import Permission, Role
from orgs.scope import NOTHING, WIDTH, Clause, Scope, path_range

P = Permission
Kind = Organization.Kind
TABLES = frozenset({P.RUBRIC_VIEW, P.RUBRIC_MANAGE})
READING = frozenset({P.RUBRIC_VIEW})
TERRITORIAL = (Kind.UNION, Kind.COMMITTEE_OFFICE, Kind.REGULATOR)  # they issue for their region


def clauses(scope: Scope, *, owner: str, issued: Q) -> Iterator[Clause]:
    """Own tables, drafts too; those that came with the system; issued ones from above and below.

    ``owner`` is the way from the row to its unit, ``issued`` what is no draft any more.
    """
    granted = scope.permissions & TABLES
    yield Clause(granted, Q(**{owner: scope.organization_id}))
    yield Clause(granted if leads(scope) else granted & READING, Q(**{f"{owner}__isnull": True}))
    if scope.role == Role.SYSTEM_ADMIN:  # as with accounts: whatever stands in the subtree
        yield Clause(granted, scope.region(f"{owner}__region__path"))
    yield Clause(granted & READING, above(scope, owner) & issued)
    yield Clause(granted & READING, _below(scope, owner) & issued)


def leads(scope: Scope) -> bool:
    """Whether somebody stands at the province's 总工会, which keeps the tables of the system."""
    return scope.is_territorial and scope.level == "province"


def above(scope: Scope, owner: str) -> Q:
    """Tables of those whose region the person's own lies in, and of the 产业工会 above."""
    path = scope.path
    lines = [path[:end] for end in range(WIDTH, len(path) + 1, WIDTH)]
    territorial = {f"{owner}__region__path__in": lines, f"{owner}__kind__in": TERRITORIAL}
    parents = Organization._base_manager.filter(children=scope.organization_id)
    trades = Organization._base_manager.filter(
        Q(pk__in=parents.values("pk")) | Q(children__in=parents.values("pk")),
        kind=Kind.INDUSTRIAL_UNION,
    )
    return Q(**territorial) | Q(**{f"{owner}__in": trades.values("pk")})


def _below(scope: Scope, owner: str) -> Q:
    """A 总工会 reads what the 总工会 of its subtree issue; a 产业工会's tables stay its own."""
    if not scope.is_territorial:
        return NOTHING
    return path_range(f"{owner}__region__path", scope.path) & Q(**{f"{owner}__kind": Kind.UNION})
