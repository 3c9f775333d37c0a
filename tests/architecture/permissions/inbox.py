"""Who gets what: the inbox. Everybody has one, and nobody another's."""

from tests.architecture.matrix import GET, POST, REST, Row

ROWS = [
    Row("inbox:notice_list", GET, "none", {200: REST}),
    Row("inbox:notice_read_all", POST, "none", {302: REST}),
    Row("inbox:notice_open", POST, "notice", {302: "worker", 404: REST}),
]
