"""Who gets what: audit."""

from tests.architecture.matrix import GET, REST, Row

ROWS = [
    Row("audit:event_list", GET, "none", {200: "admin", 403: REST}),
]
