"""Passwords: chosen by the person, or set anew by an administrator."""

from django.db import transaction

from audit.record import record
from orgs.models import User


@transaction.atomic
def change_password(user: User, password: str, *, by: User) -> None:
    """The person sets their own password; sessions elsewhere end, since their hash differs."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("user.password", user, by=by, stream="orgs")
