"""Who gets what: orgs."""

from tests.architecture.matrix import ALL, GET, POST, REST, Row

# to whom a unit of 甲一县 does not exist
ELSEWHERE = (
    "other_leader other_recorder city_b county_a2 county_b1 other_officer tipoff "
    "regulator other_regulator"
)

ROWS = [
    Row("orgs:import_template", GET, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:import_upload", GET, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:import_upload", POST, "none", {200: "admin city_admin", 403: REST}),
    Row("orgs:login", GET, "none", {200: "anonymous", 302: REST}),
    Row("orgs:login", POST, "none", {200: "anonymous", 302: REST}),
    Row("orgs:login_again", POST, "none", {400: ALL}),
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
            404: ELSEWHERE,
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
            404: ELSEWHERE,
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
            404: ELSEWHERE,
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
            404: ELSEWHERE,
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
            404: ELSEWHERE,
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
            404: ELSEWHERE,
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
    Row("orgs:import_detail", GET, "batch", {200: "city_admin", 404: REST}),
    Row("orgs:import_marked", GET, "batch", {200: "city_admin", 404: REST}),
    Row("orgs:import_write", POST, "batch", {302: "city_admin", 404: REST}),
]
