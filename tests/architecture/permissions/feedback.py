"""Who gets what: 督导意见. The issuer sends and settles, the unit answers, those above read."""

from tests.architecture.matrix import GET, INSPECTORS, ISSUER, POST, REST, Row

UNIT = "officer unit_union"  # of 甲一县's enterprise
READERS = f"{ISSUER} city_a city_admin county_a1"
SEES = "province province2 leader recorder member other_leader other_recorder city_a city_admin "
SEES += "city_b county_a1 county_a2 county_b1 officer other_officer unit_union"
ROWS = [
    Row("feedback:letter_list", GET, "none", {200: SEES, 403: REST}),
    Row("feedback:letter_send", GET, "plan", {200: ISSUER, 403: INSPECTORS, 404: REST}),
    Row("feedback:letter_send", POST, "plan", {422: ISSUER, 403: INSPECTORS, 404: REST}),
    Row("feedback:letter_send", GET, "foreign_plan", {403: INSPECTORS, 404: REST}),
    Row("feedback:letter_send", POST, "foreign_plan", {403: INSPECTORS, 404: REST}),
    Row("feedback:letter_detail", GET, "letter", {200: f"{READERS} {UNIT}", 404: REST}),
    Row("feedback:letter_save", POST, "letter", {409: UNIT, 403: READERS, 404: REST}),
    Row("feedback:letter_answer", POST, "letter", {409: UNIT, 403: READERS, 404: REST}),
    *(
        Row(
            f"feedback:letter_{name}",
            POST,
            where,
            {409: ISSUER, 403: f"city_a city_admin county_a1 {UNIT}", 404: REST},
        )
        for name, where in (
            ("close", "answered_letter"),
            ("return", "answered_letter"),
            ("withdraw", "letter"),
        )
    ),
]
