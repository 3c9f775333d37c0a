"""Many people at the same moment: threads with connections of their own, as in production."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import IntegrityError, connections

from chabaocu.errors import Refused, StaleState

PATIENCE = 30


def at_once(deeds: Sequence[Callable[[], object]]) -> Counter[str]:
    """Start every deed at the same moment; how many were "done", and what stopped the others."""
    ready = Barrier(len(deeds))

    def client(deed: Callable[[], object]) -> str:
        try:
            ready.wait(PATIENCE)
            deed()
        except (Refused, StaleState, IntegrityError) as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(client, deeds))
