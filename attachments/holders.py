"""What can hold a file. Apps above register here, so that the one download view imports none."""

from collections.abc import Callable, Iterator

from django.db.models import Q, QuerySet

from orgs.scope import Clause, Scope

# holder_type → clauses of the holders a person sees
Holders = Callable[[Scope], Iterator[tuple[frozenset, QuerySet]]]
_HOLDERS: dict[str, Holders] = {}


def register_holder(holder_type: str, holders: Holders) -> None:
    """Let ``holder_type`` hold files; ``holders(scope)`` yields (permissions, holders) pairs."""
    _HOLDERS[holder_type] = holders


def holder_clauses(scope: Scope) -> Iterator[Clause]:
    """One clause for each way in which a person sees a holder."""
    for holder_type, holders in _HOLDERS.items():
        for grants, rows in holders(scope):
            yield Clause(grants, Q(holder_type=holder_type, holder_id__in=rows.values("pk")))
