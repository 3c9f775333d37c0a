"""What a page sends back, read as what it can only be."""

import re
from collections.abc import Iterable

DIGITS = re.compile(r"[0-9]{1,18}")  # what every database takes for a key


def keys(said: Iterable[str]) -> list[int]:
    """The keys among it, each once; what can be none is left."""
    return list(dict.fromkeys(int(one) for one in said if DIGITS.fullmatch(one)))
