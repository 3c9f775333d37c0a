"""Who gets what: rewards. A unit rules and pays its own; the unions above read the ledger."""

from tests.architecture.matrix import ALL, GET, POST, REST, Row

UNIONS = "leader recorder member other_leader other_recorder city_a city_b "
UNIONS += "county_a1 county_a2 county_b1"
READERS = f"{UNIONS} officer other_officer unit_union province province2 regulator other_regulator"
ABOVE = "county_a1 city_a province province2"
OFFICES = "officer other_officer"
FORMS = ((GET, 200), (POST, 422))
ROWS = [
    Row("rewards:reward_list", GET, "none", {200: READERS, 403: REST}),
    Row("rewards:waiting_list", GET, "none", {200: f"{UNIONS} unit_union", 403: REST}),
    Row("reports:reward_workbook", GET, "none", {200: READERS, 403: REST}),
    Row("reports:reward_pdf", GET, "none", {200: READERS, 403: REST}),
    Row("reports:reward_docx", GET, "none", {200: READERS, 403: REST}),
    *(
        Row(
            "rewards:pay",
            method,
            "reward",
            {status: "unit_union", 403: f"officer {ABOVE}", 404: REST},
        )
        for method, status in FORMS
    ),
    Row("rewards:rule_list", GET, "none", {200: OFFICES, 403: REST}),
    *(
        Row("rewards:rule_new", method, "none", {status: OFFICES, 403: REST})
        for method, status in FORMS
    ),
    *(
        Row(
            "rewards:rule_end",
            method,
            "reward_rule",
            {status: "officer", 403: "unit_union", 404: REST},
        )
        for method, status in FORMS
    ),
    *(Row("rewards:claim", method, "receipt", {status: ALL}) for method, status in FORMS),
    *(Row("rewards:claim", method, "forged_receipt", {404: ALL}) for method, _ in FORMS),
]
