"""Who gets what: reports."""

from tests.architecture.matrix import ALL, GET, POST, REST, Row

ROWS = [
    Row("reports:blank", GET, "version", {200: REST, 404: "officer other_officer tipoff worker"}),
    Row(
        "reports:blank_pdf", GET, "version", {200: REST, 404: "officer other_officer tipoff worker"}
    ),
    Row(
        "reports:blank_xlsx",
        GET,
        "version",
        {200: REST, 404: "officer other_officer tipoff worker"},
    ),
    Row(
        "reports:document_pdf",
        GET,
        "draft_record",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "reports:document_pdf",
        GET,
        "released_record",
        {
            200: REST,
            404: "admin other_leader other_recorder city_b county_a2 county_b1 other_officer"
            " tipoff worker",
        },
    ),
    Row(
        "reports:document_xlsx",
        GET,
        "draft",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "reports:document_xlsx",
        GET,
        "released",
        {
            200: REST,
            404: "admin other_leader other_recorder city_b county_a2 county_b1 other_officer"
            " tipoff worker",
        },
    ),
    Row("reports:verify", GET, "none", {200: ALL}),
    Row("reports:verify_code", GET, "code", {200: ALL}),
    Row("reports:verify_code", GET, "unknown_code", {404: ALL}),
    Row("reports:verify_total", POST, "code", {400: ALL}),
    Row("reports:verify_total", POST, "unknown_code", {404: ALL}),
    Row(
        "reports:visit_print",
        GET,
        "draft",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "reports:visit_print",
        GET,
        "released",
        {
            200: REST,
            404: "admin other_leader other_recorder city_b county_a2 county_b1 other_officer"
            " tipoff worker",
        },
    ),
]
