"""Who gets what: scoring."""

from tests.architecture.matrix import GET, POST, REST, Row

ROWS = [
    Row(
        "scoring:comment_resolve",
        POST,
        "comment",
        {302: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "scoring:file_add",
        POST,
        "point",
        {400: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:file_remove",
        POST,
        "sheet_file",
        {302: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:finding_add",
        POST,
        "draft",
        {403: "province province2", 404: REST, 422: "leader recorder member"},
    ),
    Row(
        "scoring:finding_add",
        POST,
        "other_visit",
        {403: "province province2", 404: REST, 422: "other_leader other_recorder"},
    ),
    Row(
        "scoring:finding_edit",
        POST,
        "finding",
        {403: "province province2", 404: REST, 422: "leader recorder member"},
    ),
    Row(
        "scoring:finding_up",
        POST,
        "finding",
        {302: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:finding_withdraw",
        POST,
        "finding",
        {302: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:point", GET, "point", {200: "province province2 leader recorder member", 404: REST}
    ),
    Row(
        "scoring:point_files",
        GET,
        "point",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "scoring:point_save",
        POST,
        "point",
        {400: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:record",
        GET,
        "draft",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "scoring:record",
        GET,
        "other_visit",
        {200: "province province2 other_leader other_recorder", 404: REST},
    ),
    Row(
        "scoring:sheet", GET, "draft", {200: "province province2 leader recorder member", 404: REST}
    ),
    Row(
        "scoring:sheet",
        GET,
        "other_visit",
        {200: "province province2 other_leader other_recorder", 404: REST},
    ),
    Row(
        "scoring:sheet_changes",
        GET,
        "sheet",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "scoring:sheet_here",
        POST,
        "sheet",
        {200: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:sheet_save_all",
        POST,
        "draft",
        {302: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:sign",
        GET,
        "draft",
        {200: "leader recorder", 403: "province province2 member", 404: REST},
    ),
    Row("scoring:sign", GET, "other_visit", {403: "province province2", 404: REST}),
    Row(
        "scoring:sign_add",
        POST,
        "draft",
        {403: "province province2 member", 404: REST, 422: "leader recorder"},
    ),
    Row("scoring:sign_add", POST, "other_visit", {403: "province province2", 404: REST}),
    Row(
        "scoring:sign_scan",
        POST,
        "sign_role",
        {403: "province province2 member", 404: REST, 422: "leader recorder"},
    ),
    Row(
        "scoring:start",
        POST,
        "other_visit",
        {302: "other_leader other_recorder", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:start",
        POST,
        "visit",
        {302: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "scoring:submit",
        GET,
        "draft",
        {200: "leader recorder", 403: "province province2 member", 404: REST},
    ),
    Row("scoring:submit", GET, "other_visit", {403: "province province2", 404: REST}),
    Row("scoring:text_compose", POST, "text", {403: "province province2", 404: REST}),
    Row("scoring:text_save", POST, "text", {403: "province province2", 404: REST}),
    Row(
        "scoring:visit_archive",
        POST,
        "confirmed",
        {403: "leader recorder member", 404: REST, 409: "province province2"},
    ),
    Row(
        "scoring:visit_confirm",
        POST,
        "submitted",
        {403: "leader recorder member", 404: REST, 409: "province province2"},
    ),
    Row(
        "scoring:visit_correct",
        POST,
        "confirmed",
        {403: "leader recorder member", 404: REST, 409: "province province2"},
    ),
    Row(
        "scoring:visit_history",
        GET,
        "draft",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "scoring:visit_history",
        GET,
        "other_visit",
        {200: "province province2 other_leader other_recorder", 404: REST},
    ),
    Row(
        "scoring:visit_recall",
        POST,
        "draft",
        {403: "province province2 member", 404: REST, 422: "leader recorder"},
    ),
    Row(
        "scoring:visit_recall",
        POST,
        "other_visit",
        {403: "province province2", 404: REST, 422: "other_leader other_recorder"},
    ),
    Row(
        "scoring:visit_release",
        POST,
        "confirmed",
        {403: "leader recorder member", 404: REST, 409: "province province2"},
    ),
    Row(
        "scoring:visit_return",
        POST,
        "submitted",
        {403: "leader recorder member", 404: REST, 409: "province province2"},
    ),
    Row(
        "scoring:visit_revision",
        GET,
        "first_draft",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "scoring:visit_submit",
        POST,
        "draft",
        {302: "leader recorder", 403: "province province2 member", 404: REST},
    ),
    Row(
        "scoring:visit_submit",
        POST,
        "other_visit",
        {302: "other_leader other_recorder", 403: "province province2", 404: REST},
    ),
]
