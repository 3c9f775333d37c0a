"""The demo's clock: what was done weeks ago carries the hour at which it was done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@contextmanager
def clock(day: date, hour: str) -> Iterator[None]:
    """Let Django tell that hour of that day, and what passes since; never a time to come.

    Stamps are taken deep inside the actions, which rightly ask the clock and nobody else. So the
    clock is set back, for the one process that loads the demo.
    """
    then = timezone.make_aware(datetime.combine(day, time.fromisoformat(hour)))
    shift = min(then - timezone.now(), timedelta())

    class Shifted(datetime, metaclass=_AnyDatetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + shift

    real, timezone.datetime = timezone.datetime, Shifted
    try:
        yield
    finally:
        timezone.datetime = real


class _AnyDatetime(type):
    """Django asks its own name for datetime whether a value is one: it still is."""

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, datetime)
