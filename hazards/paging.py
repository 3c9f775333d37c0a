"""The ledger page by page: one compiled list for all who stand and narrow alike.

What is kept here is made of shapes (``Scope.shape``, ``Wanted.shape``) and holds nobody's values;
each question brings those of whoever asks. So a new person, another unit, the next day find the
statement compiled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.http import QueryDict

from chabaocu.lists import Keyset, Load, Page, totals
from hazards import ledger
from hazards.ledger import ORDERS, TODAY, Wanted
from hazards.search import Meant
from orgs.scope import Scope

SHAPES = 512


@dataclass(frozen=True)
class Listing:
    """The rows of a filter for one person on one day."""

    scope: Scope
    wanted: Wanted
    today: date

    def page(self, params: QueryDict, *, load: Load, count: int | None = None, **how: Any) -> Page:
        """The page that an address asks for; see ``Keyset.page``."""
        return self._list.page(params, load=load, count=count, values=self._values, **how)

    def first(self, size: int) -> list[int]:
        """The primary keys of the first rows."""
        return self._list.first(size, self._values)

    def counts(self, tabs: Iterable[str]) -> dict[str, int]:
        """How many rows each tab has, and under "" the list itself; bounded, in one statement.

        Rows found by words may be found twice: that list is counted by itself, each row once.
        """
        lists = {tab: _counted(self.scope.shape, Wanted(tab=tab)) for tab in tabs}
        if not self.wanted.q:
            lists[""] = _counted(self.scope.shape, self.wanted.shape)
        return dict(zip(lists, totals(*lists.values(), values=self._values), strict=True))

    def count(self) -> int:
        """How many rows it has; bounded, and each row once."""
        if self.wanted.q:
            return self._list.length(self._values)
        return self.counts(())[""]

    @cached_property
    def _words(self) -> Meant:
        return ledger.asked(self.scope, self.wanted)

    @cached_property
    def _list(self) -> Keyset:
        return _listed(self.scope.shape, self.wanted.shape, self._words.shape)

    @cached_property
    def _values(self) -> dict[str, Any]:
        mine = self.scope.values | self.wanted.values | self._words.values
        return mine | {TODAY.name: self.today}


@lru_cache(maxsize=SHAPES)
def _listed(scope: Scope, wanted: Wanted, words: Meant) -> Keyset:
    return Keyset(ledger.parts(scope, wanted, words, TODAY), ORDERS[wanted.sort])


@lru_cache(maxsize=SHAPES)
def _counted(scope: Scope, wanted: Wanted) -> Keyset:
    return Keyset(ledger.counted(scope, wanted, TODAY))
