"""Who gets what: patrols. The places, people and patrols of a unit are its own."""

from tests.architecture.matrix import GET, POST, REST, Row

HOME = "officer worker unit_union"
ABOVE = "county_a1 city_a province province2"
UNIONS = "leader recorder member other_leader other_recorder city_a city_b "
UNIONS += "county_a1 county_a2 county_b1"
OFFICES = "officer other_officer unit_union"
ABROAD = f"{UNIONS} province province2 regulator other_regulator"
ROWS = [
    Row(
        "patrols:patrol_list",
        GET,
        "none",
        {200: f"{HOME} other_officer", 302: UNIONS, 403: REST},
    ),
    *(
        Row(f"patrols:{name}", GET, "post", {200: HOME, 403: ABOVE, 404: REST})
        for name in ("place", "findings")
    ),
    *(
        Row(f"patrols:{name}", POST, "post", {404: REST, 403: ABOVE})
        for name in ("clear", "findings")
    ),
    Row(
        "patrols:duty", POST, "post", {302: "officer", 403: f"{ABOVE} worker unit_union", 404: REST}
    ),
    Row("patrols:patrol_detail", GET, "patrol", {200: HOME, 404: REST}),
    Row(
        "patrols:patrol_cancel",
        GET,
        "patrol",
        {200: "officer worker", 403: "unit_union", 404: REST},
    ),
    Row(
        "patrols:patrol_cancel",
        POST,
        "patrol",
        {422: "officer worker", 403: "unit_union", 404: REST},
    ),
    Row("patrols:coverage", GET, "none", {200: OFFICES, 302: ABROAD, 403: REST}),
    Row("patrols:unit_list", GET, "none", {200: f"{OFFICES} {ABROAD}", 403: REST}),
    Row("patrols:policy_list", GET, "none", {200: "officer other_officer", 403: REST}),
    *(
        Row("patrols:policy_set", method, "level", {status: "officer other_officer", 403: REST})
        for method, status in ((GET, 200), (POST, 422))
    ),
    *(
        Row(
            "patrols:policy_stop",
            method,
            "policy",
            {status: "officer", 403: f"{ABOVE} worker unit_union", 404: REST},
        )
        for method, status in ((GET, 200), (POST, 422))
    ),
]
