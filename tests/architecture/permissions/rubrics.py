"""Who gets what: rubrics."""

from tests.architecture.matrix import GET, REST, Row

ROWS = [
    Row(
        "rubrics:version_detail",
        GET,
        "version",
        {200: REST, 403: "officer other_officer tipoff worker"},
    ),
    Row(
        "rubrics:version_list", GET, "none", {200: REST, 403: "officer other_officer tipoff worker"}
    ),
]
