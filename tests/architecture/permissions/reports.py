"""Who gets what: reports."""

from tests.architecture.matrix import (
    ABOVE,
    ALL,
    GET,
    INSPECTORS,
    ISSUER,
    POST,
    REST,
    TEAM,
    TOLD,
    Row,
)

READERS = "officer unit_union county_a1 city_a province province2"  # of a hazard there

# who has a ledger of hazards
LEDGER = "leader recorder member other_leader other_recorder city_a city_b county_a1 county_a2 "
LEDGER += "county_b1 officer other_officer unit_union province province2 regulator other_regulator"

LETTER_SIDES = f"{ISSUER} city_a city_admin county_a1 officer unit_union"  # of 督导意见

ROWS = [
    Row("reports:score_workbook", GET, "none", {200: ISSUER, 403: REST}),
    Row("reports:problem_workbook", GET, "plan", {200: ISSUER, 403: INSPECTORS, 404: REST}),
    Row("reports:problem_workbook", GET, "foreign_plan", {403: INSPECTORS, 404: REST}),
    *(
        row
        for name in ("monthly_page", "monthly_pdf", "monthly_word")
        for row in (
            Row(f"reports:{name}", GET, "plan", {200: ISSUER, 403: INSPECTORS, 404: REST}),
            Row(f"reports:{name}", GET, "foreign_plan", {403: INSPECTORS, 404: REST}),
        )
    ),
    Row("reports:plan_papers", GET, "city_plan", {200: ABOVE, 404: REST}),
    Row(
        "reports:visit_print", GET, "city_draft", {200: "city_a city_admin", 403: ISSUER, 404: REST}
    ),
    Row(
        "reports:document_pdf",
        GET,
        "city_record",
        {200: "city_a city_admin", 403: ISSUER, 404: REST},
    ),
    Row("reports:intake_preview", GET, "intake", {200: "admin", 404: REST}),
    Row(
        "reports:blank",
        GET,
        "version",
        {200: REST, 404: "officer other_officer tipoff worker regulator other_regulator"},
    ),
    Row(
        "reports:blank_docx",
        GET,
        "version",
        {200: REST, 404: "officer other_officer tipoff worker regulator other_regulator"},
    ),
    Row(
        "reports:blank_pdf",
        GET,
        "version",
        {200: REST, 404: "officer other_officer tipoff worker regulator other_regulator"},
    ),
    Row(
        "reports:blank_xlsx",
        GET,
        "version",
        {200: REST, 404: "officer other_officer tipoff worker regulator other_regulator"},
    ),
    Row(
        "reports:book_start",
        POST,
        "foreign_plan",
        {302: INSPECTORS, 404: REST},
    ),
    Row(
        "reports:book_start",
        POST,
        "plan",
        {302: "province province2 leader recorder member other_leader other_recorder", 404: REST},
    ),
    Row(
        "reports:book_start",
        POST,
        "told_plan",
        {
            302: "province province2 leader recorder member other_leader other_recorder county_a1",
            404: REST,
        },
    ),
    Row(
        "reports:document_docx",
        GET,
        "draft_record",
        {200: "province province2 leader recorder member", 404: REST},
    ),
    Row(
        "reports:document_docx",
        GET,
        "released_record",
        {
            200: TOLD,
            404: REST,
        },
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
            200: TOLD,
            404: REST,
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
            200: TOLD,
            404: REST,
        },
    ),
    Row("reports:draw_notice_pdf", GET, "draw", {200: ISSUER, 404: REST}),
    Row(
        "reports:draw_notice_pdf",
        GET,
        "foreign_draw",
        {200: INSPECTORS, 404: REST},
    ),
    *(
        Row(f"reports:{name}", method, "none", {200: LEDGER, 403: REST})
        for name, method in (
            ("hazard_export", POST),
            ("listing_workbook", GET),
            ("late_listing_pdf", GET),
            ("late_listing_docx", GET),
        )
    ),
    *(
        Row(f"reports:{name}", GET, place, {200: who, 404: REST})
        for name in (
            "problem_list",
            "problem_list_pdf",
            "problem_list_docx",
            "problem_list_workbook",
        )
        for place, who in (("draft", f"{ISSUER} {TEAM}"), ("released", TOLD))
    ),
    *(
        Row(f"reports:{name}", GET, place, {200: READERS, 403: "worker", 404: REST})
        for name, place in (
            ("hazard_file", "hazard_general_rectifying"),
            ("hazard_paper_pdf", "hazard_letter"),
            ("hazard_paper_docx", "hazard_letter"),
        )
    ),
    *(
        row
        for form in ("pdf", "docx")
        for row in (
            Row(f"reports:letter_{form}", GET, "letter", {200: LETTER_SIDES, 404: REST}),
            Row(f"reports:answer_{form}", GET, "answered_letter", {200: LETTER_SIDES, 404: REST}),
            Row(f"reports:answer_{form}", GET, "letter", {404: REST}),
        )
    ),
    Row("reports:job", GET, "job", {200: "province", 404: REST}),
    Row("reports:job_again", POST, "done_job", {302: "province", 404: REST}),
    Row("reports:job_cancel", POST, "job", {302: "province", 404: REST}),
    Row("reports:job_file", GET, "done_job", {200: "province", 404: REST}),
    Row("reports:job_file", GET, "job", {404: REST}),
    Row(
        "reports:plan_papers",
        GET,
        "foreign_plan",
        {200: INSPECTORS, 404: REST},
    ),
    Row(
        "reports:plan_papers",
        GET,
        "plan",
        {200: "province province2 leader recorder member other_leader other_recorder", 404: REST},
    ),
    Row(
        "reports:plan_papers",
        GET,
        "told_plan",
        {
            200: "province province2 leader recorder member other_leader other_recorder county_a1",
            404: REST,
        },
    ),
    Row(
        "reports:result_workbook",
        GET,
        "none",
        {200: REST, 403: "admin tipoff worker regulator other_regulator"},
    ),
    # a unit without places has no poster, and is sent to where it adds them
    Row("reports:place_posters", GET, "none", {302: "officer other_officer city_admin", 403: REST}),
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
            200: TOLD,
            404: REST,
        },
    ),
    Row(
        "reports:zip_start",
        POST,
        "plan_city",
        {302: "province province2 leader recorder member other_leader other_recorder", 404: REST},
    ),
    Row(
        "reports:workbook_start",
        POST,
        "plan",
        {302: "province province2 leader recorder member other_leader other_recorder", 404: REST},
    ),
    Row(
        "reports:round_zip_start",
        POST,
        "plan",
        {302: "province province2 leader recorder member other_leader other_recorder", 404: REST},
    ),
    # what a unit says of itself
    Row(
        "reports:document_docx",
        GET,
        "check_paper",
        {200: "province province2 county_a1", 404: REST},
    ),
    Row(
        "reports:document_pdf", GET, "check_paper", {200: "province province2 county_a1", 404: REST}
    ),
    Row(
        "reports:document_xlsx",
        GET,
        "check_filed",
        {200: "province province2 county_a1", 404: REST},
    ),
    Row("reports:self_check_workbook", GET, "plan", {200: ISSUER, 403: INSPECTORS, 404: REST}),
    Row("reports:self_check_workbook", GET, "foreign_plan", {403: INSPECTORS, 404: REST}),
    Row("reports:visit_print", GET, "check_draft", {200: "county_a1", 403: ISSUER, 404: REST}),
    Row(
        "reports:visit_print", GET, "check_filed", {200: "province province2 county_a1", 404: REST}
    ),
]
