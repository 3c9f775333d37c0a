"""The permission matrix: who gets what, from each address, for each object.

A row reads: this address, this method, this object → status: people. 200 and 302 let in, 403
says "seen but not allowed", 404 "does not exist for you"; REST is everybody else who is logged
in, ALL is everybody. Anonymous people are sent to the login page unless a row names them. Forms
are posted empty: 200 and 422 are a form with its errors, 302 a form sent or refused with a
message.

A new address without a row fails test_permissions, which prints the row as things stand.
"""

from tests.architecture.matrix import ALL, GET, POST, REST, Row

ROWS: list[Row] = [
    # the first page
    Row("home", GET, "none", {200: REST}),
    # attachments
    Row(
        "attachments:file",
        GET,
        "photo",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "attachments:thumb",
        GET,
        "photo",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    # orgs
    Row("orgs:login", GET, "none", {200: "anonymous", 302: REST}),
    Row("orgs:login", POST, "none", {200: "anonymous", 302: REST}),
    Row("orgs:logout", POST, "none", {302: REST}),
    Row("orgs:password_change", GET, "none", {200: REST}),
    Row("orgs:password_change", POST, "none", {200: REST}),
    # plans
    Row("plans:account", GET, "none", {200: REST}),
    Row(
        "plans:plan_basis",
        GET,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_basis",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_cancel",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_check",
        GET,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_close",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row("plans:plan_create", GET, "none", {200: "province province2", 403: REST}),
    Row("plans:plan_create", POST, "none", {200: "province province2", 403: REST}),
    Row(
        "plans:plan_detail",
        GET,
        "plan",
        {200: "province province2 leader recorder member other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:plan_list",
        GET,
        "none",
        {200: REST, 403: "admin officer other_officer tipoff worker"},
    ),
    Row(
        "plans:plan_phases",
        GET,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_phases",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_publish",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_rubrics",
        GET,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_rubrics",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_rule",
        GET,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_rule",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_teams",
        GET,
        "plan",
        {
            200: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:plan_use_source_rule",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:recusal_create",
        GET,
        "plan",
        {
            200: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:recusal_create",
        POST,
        "plan",
        {
            200: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:recusal_declare",
        POST,
        "enterprise_visit",
        {302: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "plans:recusal_declare",
        POST,
        "other_visit",
        {302: "other_leader other_recorder", 403: "province province2", 404: REST},
    ),
    Row(
        "plans:recusal_declare",
        POST,
        "visit",
        {302: "leader recorder member", 403: "province province2", 404: REST},
    ),
    Row(
        "plans:recusal_withdraw",
        POST,
        "recusal",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row("plans:task_list", GET, "none", {200: REST}),
    Row(
        "plans:team_create",
        GET,
        "plan",
        {
            200: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:team_create",
        POST,
        "plan",
        {
            200: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:team_detail",
        GET,
        "team",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "plans:team_disband",
        POST,
        "team",
        {302: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:team_edit",
        GET,
        "team",
        {200: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:team_edit",
        POST,
        "team",
        {200: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_cancel",
        POST,
        "enterprise_visit",
        {302: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_cancel",
        POST,
        "other_visit",
        {302: "province province2", 403: "other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:visit_cancel",
        POST,
        "visit",
        {302: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_create",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:visit_detail",
        GET,
        "enterprise_visit",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_detail",
        GET,
        "other_visit",
        {200: "province province2 other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:visit_detail",
        GET,
        "visit",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_edit",
        GET,
        "enterprise_visit",
        {200: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_edit",
        GET,
        "other_visit",
        {200: "province province2", 403: "other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:visit_edit",
        GET,
        "visit",
        {200: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_edit",
        POST,
        "enterprise_visit",
        {200: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_edit",
        POST,
        "other_visit",
        {200: "province province2", 403: "other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:visit_edit",
        POST,
        "visit",
        {200: "province province2", 403: "leader recorder member", 404: REST},
    ),
    Row(
        "plans:visit_schedule",
        GET,
        "plan",
        {
            200: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    Row(
        "plans:visit_spread",
        POST,
        "plan",
        {
            302: "province province2",
            403: "leader recorder member other_leader other_recorder",
            404: REST,
        },
    ),
    # reports
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
        {200: REST, 404: "admin city_b county_a2 county_b1 other_officer tipoff worker"},
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
        {200: REST, 404: "admin city_b county_a2 county_b1 other_officer tipoff worker"},
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
        {200: REST, 404: "admin city_b county_a2 county_b1 other_officer tipoff worker"},
    ),
    # rubrics
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
