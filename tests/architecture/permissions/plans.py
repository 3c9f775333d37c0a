"""Who gets what: plans."""

from tests.architecture.matrix import GET, INSPECTORS, ISSUER, POST, REST, TEAM, Row

ROWS = [
    Row("plans:account", GET, "none", {200: REST}),
    Row(
        "plans:plan_basis",
        GET,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_basis",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_cancel",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_check",
        GET,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_close",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row("plans:plan_create", GET, "none", {200: ISSUER, 403: REST}),
    Row("plans:plan_create", POST, "none", {200: ISSUER, 403: REST}),
    Row(
        "plans:plan_detail",
        GET,
        "foreign_plan",
        {200: INSPECTORS, 404: REST},
    ),
    Row(
        "plans:plan_detail",
        GET,
        "plan",
        {200: "province province2 leader recorder member other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:plan_detail",
        GET,
        "told_plan",
        {
            200: "province province2 leader recorder member other_leader other_recorder county_a1",
            404: REST,
        },
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
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_phases",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_publish",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_rubrics",
        GET,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_rubrics",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_rule",
        GET,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_rule",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_teams",
        GET,
        "plan",
        {
            200: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:plan_use_source_rule",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:recusal_create",
        GET,
        "plan",
        {
            200: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:recusal_create",
        POST,
        "plan",
        {
            200: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:recusal_declare",
        POST,
        "enterprise_visit",
        {302: TEAM, 403: ISSUER, 404: REST},
    ),
    Row(
        "plans:recusal_declare",
        POST,
        "other_visit",
        {302: "other_leader other_recorder", 403: ISSUER, 404: REST},
    ),
    Row(
        "plans:recusal_declare",
        POST,
        "visit",
        {302: TEAM, 403: ISSUER, 404: REST},
    ),
    Row(
        "plans:recusal_withdraw",
        POST,
        "recusal",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row("plans:task_list", GET, "none", {200: REST}),
    Row(
        "plans:team_create",
        GET,
        "plan",
        {
            200: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:team_create",
        POST,
        "plan",
        {
            200: ISSUER,
            403: INSPECTORS,
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
        {302: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:team_edit",
        GET,
        "team",
        {200: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:team_edit",
        POST,
        "team",
        {200: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:visit_cancel",
        POST,
        "enterprise_visit",
        {302: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:visit_cancel",
        POST,
        "other_visit",
        {302: ISSUER, 403: "other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:visit_cancel",
        POST,
        "visit",
        {302: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:visit_create",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
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
        "released_union",
        {200: "province province2 leader recorder member city_a city_admin county_a1", 404: REST},
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
        {200: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:visit_edit",
        GET,
        "other_visit",
        {200: ISSUER, 403: "other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:visit_edit",
        GET,
        "visit",
        {200: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:visit_edit",
        POST,
        "enterprise_visit",
        {200: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:visit_edit",
        POST,
        "other_visit",
        {200: ISSUER, 403: "other_leader other_recorder", 404: REST},
    ),
    Row(
        "plans:visit_edit",
        POST,
        "visit",
        {200: ISSUER, 403: TEAM, 404: REST},
    ),
    Row(
        "plans:visit_schedule",
        GET,
        "plan",
        {
            200: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:visit_spread",
        POST,
        "plan",
        {
            302: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
]
