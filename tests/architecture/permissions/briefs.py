"""Who gets what: 督导检查报告. The issuer writes; the city it is about reads it once issued."""

from tests.architecture.matrix import GET, INSPECTORS, ISSUER, POST, REST, Row

CITY = "city_a city_admin"  # of 甲市, whose report was issued
SEES = "province province2 leader recorder member other_leader other_recorder city_a city_admin "
SEES += "city_b county_a1 county_a2 county_b1 officer other_officer unit_union"
ROWS = [
    Row("briefs:brief_list", GET, "none", {200: SEES, 403: REST}),
    Row("briefs:brief_new", GET, "plan", {200: ISSUER, 403: INSPECTORS, 404: REST}),
    Row("briefs:brief_new", POST, "plan", {422: ISSUER, 403: INSPECTORS, 404: REST}),
    Row("briefs:brief_new", GET, "foreign_plan", {403: INSPECTORS, 404: REST}),
    Row("briefs:brief_new", POST, "foreign_plan", {403: INSPECTORS, 404: REST}),
    Row("briefs:brief_detail", GET, "brief", {200: ISSUER, 404: REST}),
    Row("briefs:brief_detail", GET, "issued_brief", {200: f"{ISSUER} {CITY}", 404: REST}),
    Row("briefs:brief_edit", GET, "brief", {200: ISSUER, 404: REST}),
    Row("briefs:brief_figures", GET, "brief", {200: ISSUER, 404: REST}),
    Row("briefs:brief_save", POST, "brief", {302: ISSUER, 404: REST}),
    Row("briefs:chapter_add", POST, "brief", {409: ISSUER, 404: REST}),
    Row("briefs:brief_issue", POST, "brief", {302: ISSUER, 404: REST}),
    Row("briefs:brief_cancel", POST, "issued_brief", {302: ISSUER, 403: CITY, 404: REST}),
    Row("briefs:brief_revise", POST, "issued_brief", {302: ISSUER, 403: CITY, 404: REST}),
    *(
        Row(f"briefs:chapter_{name}", POST, "chapter", {302: ISSUER, 404: REST})
        for name in ("up", "down", "remove", "check", "draft")
    ),
    *(
        Row(f"reports:brief_{kind}", GET, where, {200: who, 404: REST})
        for kind in ("pdf", "docx")
        for where, who in (("brief", ISSUER), ("issued_brief", f"{ISSUER} {CITY}"))
    ),
    Row("reports:brief_layout", POST, "brief", {302: ISSUER, 404: REST}),
    Row("reports:brief_layout", POST, "issued_brief", {302: ISSUER, 403: CITY, 404: REST}),
    Row("briefs:gather", GET, "brief", {200: ISSUER, 404: REST}),
    *(
        Row(f"briefs:{name}", POST, "brief", {302: ISSUER, 404: REST})
        for name in (
            "gather_again",
            "excerpts_take",
            "excerpts_leave",
            "excerpts_open",
            "excerpts_merge",
            "excerpts_arrange",
        )
    ),
    Row("briefs:chapter_redraft", GET, "chapter", {200: ISSUER, 404: REST}),
    Row("briefs:chapter_redraft", POST, "chapter", {409: ISSUER, 404: REST}),
]
