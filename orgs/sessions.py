"""Who asks: the session and the account of every request, each one statement compiled once.

Nothing is cached. Both rows are read anew each time, so that an ended session, a closed account
and a new role count from the next request on (docs/adr/0005).
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import Expression
from django.utils import timezone

from chabaocu.prepared import Select, Slot
from orgs.models import User

LIVE = Select(
    lambda: Session.objects.filter(
        session_key=Slot("key"), expire_date__gt=Slot("now")
    ).values_list("session_data")
)
ACCOUNT = Select(lambda: User.objects.filter(pk=Slot("pk")).order_by().annotate(**_beside()))
_BESIDE: dict[str, Callable[[], Expression]] = {}


def read_with_account(name: str, make: Callable[[], Expression]) -> None:
    """From now on the account of a request has ``name`` too: for an app above, without a query.

    It is read by every request, so let it be a look into one index.
    """
    _BESIDE[name] = make


def _beside() -> dict[str, Expression]:
    return {name: make() for name, make in _BESIDE.items()}


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with their reading compiled once."""

    def load(self) -> dict[str, Any]:
        """What the session holds; one that ended or never was is empty, and gets a new key."""
        found = LIVE.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])


class AccountBackend(ModelBackend):
    """Django's log-in by password, with the account of later requests compiled once."""

    def get_user(self, user_id: int) -> User | None:
        """The account as it is now, with its unit and region; None once it is closed."""
        user = ACCOUNT.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None
