"""Who gets what: rubrics."""

from tests.architecture.matrix import GET, POST, REST, Row

VIEWERS = {200: REST, 403: "officer other_officer tipoff worker regulator other_regulator"}
STAFF = "admin province province2"  # the province's union keeps the tables of the system
DRAFTERS = {200: STAFF, 403: REST}
MOVERS = {302: STAFF, 403: REST}

ROWS = [
    Row("rubrics:version_check", GET, "draft_version", DRAFTERS),
    Row("rubrics:version_check", GET, "version", MOVERS),
    Row("rubrics:version_edit", GET, "draft_version", DRAFTERS),
    Row("rubrics:version_edit", GET, "version", MOVERS),
    *(
        Row(f"rubrics:{name}", POST, "version", MOVERS)
        for name in (
            "part_kind",
            "part_change",
            "part_next",
            "part_add",
            "part_up",
            "part_down",
            "part_move",
            "part_remove",
            "part_split",
            "part_merge",
            "codes_recode",
            "sums_adopt",
            "version_undo",
        )
    ),
    Row("rubrics:version_accept", POST, "version", MOVERS),
    Row("rubrics:version_publish", POST, "version", MOVERS),
    Row("rubrics:version_cancel", POST, "version", MOVERS),
    Row("rubrics:version_retire", POST, "version", MOVERS),
    Row("rubrics:version_draft", POST, "version", MOVERS),
    Row("rubrics:version_differences", GET, "version", VIEWERS),
    Row(
        "rubrics:version_detail",
        GET,
        "version",
        {200: REST, 403: "officer other_officer tipoff worker regulator other_regulator"},
    ),
    Row(
        "rubrics:version_detail",
        GET,
        "city_table",
        {
            200: "admin city_a city_admin",
            403: "officer other_officer tipoff worker regulator other_regulator",
            404: REST,
        },
    ),
    Row(
        "rubrics:version_list",
        GET,
        "none",
        {200: REST, 403: "officer other_officer tipoff worker regulator other_regulator"},
    ),
    Row("rubrics:rubric_new", GET, "none", {200: STAFF, 403: REST}),
    Row("rubrics:rubric_new", POST, "none", {422: STAFF, 403: REST}),
    Row("rubrics:intake_upload", GET, "none", {200: STAFF, 403: REST}),
    Row("rubrics:intake_upload", POST, "none", {422: STAFF, 403: REST}),
    Row("rubrics:intake_template", GET, "none", {200: STAFF, 403: REST}),
    Row("rubrics:intake_detail", GET, "intake", {200: "admin", 404: REST}),
    Row("rubrics:intake_correct", POST, "intake", {302: "admin", 404: REST}),
    Row("rubrics:intake_store", POST, "intake", {422: "admin", 404: REST}),
    Row(
        "rubrics:version_xlsx",
        GET,
        "version",
        {200: REST, 403: "officer other_officer tipoff worker regulator other_regulator"},
    ),
    Row(
        "rubrics:version_json",
        GET,
        "version",
        {200: REST, 403: "officer other_officer tipoff worker regulator other_regulator"},
    ),
]
