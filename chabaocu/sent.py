"""What a page sends back, read as what it can only be."""

import re
from collections.abc import Iterable

DIGITS = re.compile(r"[0-9]{1,18}")  # what every database takes for a key
MOST = 10**18 - 1


def keys(said: Iterable[str]) -> list[int]:
    """The keys among it, each once; what can be none is left."""
    return list(dict.fromkeys(int(one) for one in said if DIGITS.fullmatch(one)))


def key(said: str | None) -> int | None:
    """The one key that was sent; nothing where it can be none."""
    return next(iter(keys([said or ""])), None)
