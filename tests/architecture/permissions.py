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
    # audit
    Row("audit:event_list", GET, "none", {200: "admin", 403: REST}),
    # orgs
    Row("orgs:import_template", GET, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:import_upload", GET, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:import_upload", POST, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:login", GET, "none", {200: "anonymous", 302: REST}),
    Row("orgs:login", POST, "none", {200: "anonymous", 302: REST}),
    Row("orgs:logout", POST, "none", {302: REST}),
    Row(
        "orgs:organization_close",
        GET,
        "city_a_union",
        {200: "admin city_admin", 403: "province province2 city_a tipoff", 404: REST},
    ),
    Row(
        "orgs:organization_close",
        GET,
        "enterprise_a1",
        {
            200: "admin city_admin",
            403: REST,
            404: "other_leader other_recorder city_b county_a2 county_b1 other_officer tipoff",
        },
    ),
    Row(
        "orgs:organization_close",
        GET,
        "enterprise_b1",
        {200: "admin", 403: "province province2 city_b county_b1 other_officer", 404: REST},
    ),
    Row(
        "orgs:organization_close",
        POST,
        "city_a_union",
        {200: "admin city_admin", 403: "province province2 city_a tipoff", 404: REST},
    ),
    Row(
        "orgs:organization_close",
        POST,
        "enterprise_a1",
        {
            200: "admin city_admin",
            403: REST,
            404: "other_leader other_recorder city_b county_a2 county_b1 other_officer tipoff",
        },
    ),
    Row(
        "orgs:organization_close",
        POST,
        "enterprise_b1",
        {200: "admin", 403: "province province2 city_b county_b1 other_officer", 404: REST},
    ),
    Row("orgs:organization_create", GET, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:organization_create", POST, "none", {200: "admin city_admin", 403: REST}),
    Row(
        "orgs:organization_detail",
        GET,
        "city_a_union",
        {200: "admin province province2 city_a city_admin tipoff", 404: REST},
    ),
    Row(
        "orgs:organization_detail",
        GET,
        "enterprise_a1",
        {
            200: REST,
            404: "other_leader other_recorder city_b county_a2 county_b1 other_officer tipoff",
        },
    ),
    Row(
        "orgs:organization_detail",
        GET,
        "enterprise_b1",
        {200: "admin province province2 city_b county_b1 other_officer", 404: REST},
    ),
    Row(
        "orgs:organization_edit",
        GET,
        "city_a_union",
        {200: "admin city_admin", 403: "province province2 city_a tipoff", 404: REST},
    ),
    Row(
        "orgs:organization_edit",
        GET,
        "enterprise_a1",
        {
            200: "admin city_admin",
            403: REST,
            404: "other_leader other_recorder city_b county_a2 county_b1 other_officer tipoff",
        },
    ),
    Row(
        "orgs:organization_edit",
        GET,
        "enterprise_b1",
        {200: "admin", 403: "province province2 city_b county_b1 other_officer", 404: REST},
    ),
    Row(
        "orgs:organization_edit",
        POST,
        "city_a_union",
        {200: "admin city_admin", 403: "province province2 city_a tipoff", 404: REST},
    ),
    Row(
        "orgs:organization_edit",
        POST,
        "enterprise_a1",
        {
            200: "admin city_admin",
            403: REST,
            404: "other_leader other_recorder city_b county_a2 county_b1 other_officer tipoff",
        },
    ),
    Row(
        "orgs:organization_edit",
        POST,
        "enterprise_b1",
        {200: "admin", 403: "province province2 city_b county_b1 other_officer", 404: REST},
    ),
    Row("orgs:organization_list", GET, "none", {200: REST, 403: "worker"}),
    Row(
        "orgs:organization_reopen",
        POST,
        "city_a_union",
        {302: "admin city_admin", 403: "province province2 city_a tipoff", 404: REST},
    ),
    Row(
        "orgs:organization_reopen",
        POST,
        "enterprise_a1",
        {
            302: "admin city_admin",
            403: REST,
            404: "other_leader other_recorder city_b county_a2 county_b1 other_officer tipoff",
        },
    ),
    Row(
        "orgs:organization_reopen",
        POST,
        "enterprise_b1",
        {302: "admin", 403: "province province2 city_b county_b1 other_officer", 404: REST},
    ),
    Row("orgs:password_change", GET, "none", {200: REST}),
    Row("orgs:password_change", POST, "none", {200: REST}),
    Row("orgs:unit_offers", GET, "none", {200: REST, 403: "worker"}),
    Row("orgs:user_create", GET, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:user_create", POST, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:user_disable", POST, "leader", {302: "admin", 403: "leader", 404: REST}),
    Row("orgs:user_disable", POST, "officer", {302: "admin city_admin", 403: "officer", 404: REST}),
    Row("orgs:user_edit", GET, "leader", {200: "admin", 403: "leader", 404: REST}),
    Row("orgs:user_edit", GET, "officer", {200: "admin city_admin", 403: "officer", 404: REST}),
    Row("orgs:user_edit", POST, "leader", {200: "admin", 403: "leader", 404: REST}),
    Row("orgs:user_edit", POST, "officer", {200: "admin city_admin", 403: "officer", 404: REST}),
    Row("orgs:user_enable", POST, "leader", {302: "admin", 403: "leader", 404: REST}),
    Row("orgs:user_enable", POST, "officer", {302: "admin city_admin", 403: "officer", 404: REST}),
    Row("orgs:user_list", GET, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:user_reset_password", POST, "leader", {200: "admin", 403: "leader", 404: REST}),
    Row(
        "orgs:user_reset_password",
        POST,
        "officer",
        {200: "admin city_admin", 403: "officer", 404: REST},
    ),
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
    # scoring
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
