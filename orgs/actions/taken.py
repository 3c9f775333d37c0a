"""Two people register the same thing at once: the slower one reads what is taken, at its field."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.forms import BaseForm

from chabaocu.errors import Refused


class Taken(Refused):
    """A code, a name or an account is in use; ``errors`` has the words for each field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__("".join(message for said in errors.values() for message in said))

    def tell(self, form: BaseForm) -> None:
        """Put each message at its field of ``form``."""
        for name, messages in self.errors.items():
            form.add_error(name if name in form.fields else None, messages)


@contextmanager
def taken(row: Model, *, at: str) -> Iterator[None]:
    """Turn the database's refusal of a row that is there already into Taken.

    A form has looked before; this is for who was faster in between. What concerns several fields
    is told ``at`` one of them.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        errors = _errors(row, at)
        if not errors:
            raise
        raise Taken(errors) from error


def _errors(row: Model, at: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for look in (row.validate_unique, row.validate_constraints):
        try:
            look()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                said = found.setdefault(at if name == NON_FIELD_ERRORS else name, [])
                said += [message for message in messages if message not in said]
    return found
