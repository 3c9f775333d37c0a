"""Who sees which rows: the one place where scope becomes a query.

A model's queryset spells its *clauses*: each is a condition together with the permissions a
person has on the rows that meet it. ``visible_to`` is the union of all clauses, ``permitted``
the union of those that grant the permission: role and region are never checked apart.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q

from chabaocu.prepared import Slot
from orgs.roles import Permission, permissions_of

WIDTH = 3  # digits of one level of a region path; segments run 001–998, so the bound never carries
NOTHING = Q(pk__in=())
GOVERNING = frozenset({"union"})  # kinds of Organization that stand for a region


class PathSlot(Slot):
    """The place of a region path in a prepared statement (chabaocu.prepared).

    How long the path is, is known: it tells the level of the region, and which index is read.
    """

    def __init__(self, name: str, length: int, made: Callable[[str], str] | None = None) -> None:
        super().__init__(name, made=made)
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, beginning: slice) -> "PathSlot":
        return PathSlot(self.name, min(beginning.stop, self.length))

    def of(self, values: Mapping[str, Any], connection: Any) -> str:
        path = values[self.name][: self.length]
        return self.made(path) if self.made else path


def path_range(field: str, path: str | PathSlot) -> Q:
    """Rows at or below ``path``: a range on an index, which LIKE is not on SQLite."""
    if isinstance(path, PathSlot):
        bound: Any = PathSlot(path.name, path.length, bound_of)
    else:
        bound = bound_of(path)
    return Q(**{f"{field}__gte": path, f"{field}__lt": bound})


def bound_of(path: str) -> str:
    """The first path behind a path and all below it."""
    return path[:-WIDTH] + str(int(path[-WIDTH:]) + 1).zfill(WIDTH)


def through(relation: str, rows: Q) -> Q:
    """The same condition, asked of what ``relation`` (to one) leads to."""
    asked = [
        through(relation, part) if isinstance(part, Q) else (f"{relation}__{part[0]}", part[1])
        for part in rows.children
    ]
    return Q(*asked, _connector=rows.connector, _negated=rows.negated)


def _alternatives(rows: Q) -> Iterator[Q]:
    """What stands between the ORs of a condition."""
    if rows.connector != Q.OR or rows.negated:
        yield rows
        return
    for part in rows.children:
        yield from _alternatives(part if isinstance(part, Q) else Q(part))


def _is_inside(rows: Q, others: list[Q]) -> bool:
    """Whether a condition narrows one of the others further, so that it adds no row."""
    is_narrower = rows.connector == Q.AND and not rows.negated
    return is_narrower and any(other in rows.children for other in others)


@dataclass(frozen=True)
class Scope:
    """What a person's account says of where they stand; built once per user object."""

    user_id: int
    organization_id: int
    governs: bool
    level: str
    path: str
    role: str
    permissions: frozenset[Permission]
    is_territorial: bool  # 总工会; an 产业工会 has a seat in a region, not the region

    @classmethod
    def of(cls, user: Any) -> "Scope":
        """The scope of an account that can act."""
        organization = user.organization
        return cls(
            user_id=user.pk,
            organization_id=organization.pk,
            governs=organization.kind in GOVERNING,
            level=organization.region.level,
            path=organization.region.path,
            role=user.role,
            permissions=permissions_of(user.role),
            is_territorial=organization.kind == "union",
        )

    @cached_property
    def shape(self) -> "Scope":
        """The scope of everybody who stands like this person, somewhere: slots for their values.

        What is made from it, such as a compiled statement, is the same for all of them and knows
        nothing of any; ``values`` says who asks.
        """
        slots = {"user_id": Slot("scope_user"), "organization_id": Slot("scope_organization")}
        return replace(self, path=PathSlot("scope_path", len(self.path)), **slots)

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the slots of ``shape`` for this person."""
        return {
            "scope_user": self.user_id,
            "scope_organization": self.organization_id,
            "scope_path": self.path,
        }

    def region(self, field: str) -> Q:
        """Rows whose region path lies in the person's own subtree.

        Only a 总工会 stands for its region: an enterprise or a 产业工会 merely has its seat there.
        """
        return path_range(field, self.path) if self.governs else NOTHING


@dataclass(frozen=True)
class Clause:
    """Rows that meet ``rows`` are seen with ``grants``.

    ``rows`` must not join a to-many relation, or a row would show twice: say ``pk__in`` a
    subquery instead, which also lets a list be read along its index.
    """

    grants: frozenset[Permission]
    rows: Q


class ScopedQuerySet(models.QuerySet):
    """A queryset that knows who may see its rows; subclasses spell the clauses."""

    def clauses(self, scope: Scope) -> Iterator[Clause]:
        """Yield one clause for each way in which a person comes to see a row."""
        raise NotImplementedError(type(self).__name__)

    def visible_to(self, user: Any) -> Self:
        """The rows this person may know of; none for an anonymous or disabled account."""
        return self._meeting(user, lambda clause: bool(clause.grants))

    def permitted(self, user: Any, permission: Permission) -> Self:
        """The visible rows on which this person has ``permission``."""
        return self._meeting(user, lambda clause: permission in clause.grants)

    def parts(self, scope: Scope, permission: Permission | None = None) -> list[Self]:
        """``within`` as one queryset for each way to come to see a row.

        An OR over two tables can follow no index; each of these can. A row may be in several of
        them: chabaocu.lists reads them together and shows it once.
        """
        clauses = self.clauses(scope)
        if permission is None:
            found = [clause.rows for clause in clauses if clause.grants]
        else:
            found = [clause.rows for clause in clauses if permission in clause.grants]
        ways: list[Q] = []
        for rows in found:
            if not _is_inside(rows, found):
                ways += [way for way in _alternatives(rows) if way not in [NOTHING, *ways]]
        return [self.filter(way) for way in ways] or [self.none()]

    def unscoped(self, *, reason: str) -> Self:
        """All rows, for a job that acts for nobody; the reason is for the reader."""
        if not reason:
            raise ValueError("an unscoped query says why")
        return self.all()

    def within(self, scope: Scope, permission: Permission | None = None) -> Self:
        """``permitted``, or ``visible_to``, for a scope at hand.

        Whoever asks knows that the account can act.
        """
        if permission is None:
            return self._meeting_in(scope, lambda clause: bool(clause.grants))
        return self._meeting_in(scope, lambda clause: permission in clause.grants)

    def _meeting(self, user, wanted) -> Self:
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self._meeting_in(user.scope, wanted)

    def _meeting_in(self, scope: Scope, wanted) -> Self:
        found = [clause.rows for clause in self.clauses(scope) if wanted(clause)]
        rows = [one for one in found if not _is_inside(one, found)]
        return self.filter(reduce(or_, rows, NOTHING))
