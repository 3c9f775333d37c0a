"""Who gets what: the first page."""

from tests.architecture.matrix import GET, REST, Row

ROWS = [
    Row("home", GET, "none", {200: REST}),
]
