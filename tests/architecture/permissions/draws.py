"""Who gets what: the draw, and what is public of it."""

from tests.architecture.matrix import ABOVE, ALL, GET, INSPECTORS, ISSUER, POST, REST, Row

ROWS = [
    Row("plans:draw_detail", GET, "city_plan", {403: ABOVE, 404: REST}),
    Row("draw_lookup", GET, "none", {200: ALL}),
    Row("draw_public", GET, "draw_code", {200: ALL}),
    Row("draw_public", GET, "frozen_code", {200: ALL}),
    Row("draw_public_proof", GET, "draw_code", {200: ALL}),
    Row("draw_public_proof", GET, "frozen_code", {302: ALL}),
    Row("draw_verifier", GET, "none", {200: ALL}),
    Row("plans:draw_ceremony", GET, "draw", {200: ISSUER, 404: REST}),
    Row(
        "plans:draw_ceremony",
        GET,
        "foreign_draw",
        {200: INSPECTORS, 404: REST},
    ),
    Row(
        "plans:draw_detail",
        GET,
        "foreign_plan",
        {403: INSPECTORS, 404: REST},
    ),
    Row(
        "plans:draw_detail",
        GET,
        "plan",
        {
            200: ISSUER,
            403: INSPECTORS,
            404: REST,
        },
    ),
    Row(
        "plans:draw_detail",
        GET,
        "told_plan",
        {
            200: ISSUER,
            403: "leader recorder member other_leader other_recorder county_a1",
            404: REST,
        },
    ),
    Row(
        "plans:draw_freeze",
        POST,
        "foreign_stage",
        {403: INSPECTORS, 404: REST},
    ),
    Row(
        "plans:draw_freeze",
        POST,
        "stage",
        {
            403: INSPECTORS,
            404: REST,
            422: ISSUER,
        },
    ),
    Row("plans:draw_notice", GET, "draw", {200: ISSUER, 404: REST}),
    Row(
        "plans:draw_notice",
        GET,
        "foreign_draw",
        {200: INSPECTORS, 404: REST},
    ),
    Row("plans:draw_proof", GET, "draw", {200: ISSUER, 404: REST}),
    Row(
        "plans:draw_proof",
        GET,
        "foreign_draw",
        {200: INSPECTORS, 404: REST},
    ),
    Row(
        "plans:draw_relax",
        POST,
        "foreign_plan",
        {403: INSPECTORS, 404: REST},
    ),
    Row(
        "plans:draw_relax",
        POST,
        "plan",
        {
            403: INSPECTORS,
            404: REST,
            422: ISSUER,
        },
    ),
    Row(
        "plans:draw_run",
        POST,
        "foreign_draw",
        {403: INSPECTORS, 404: REST},
    ),
    Row("plans:draw_run", POST, "seeded_draw", {302: ISSUER, 404: REST}),
    Row(
        "plans:draw_seed",
        POST,
        "foreign_draw",
        {403: INSPECTORS, 404: REST},
    ),
    Row("plans:draw_seed", POST, "frozen_draw", {404: REST, 422: ISSUER}),
    Row("plans:draw_void", POST, "draw", {404: REST, 422: ISSUER}),
    Row(
        "plans:draw_void",
        POST,
        "foreign_draw",
        {403: INSPECTORS, 404: REST},
    ),
    Row(
        "plans:pick_replace",
        POST,
        "foreign_pick",
        {403: INSPECTORS, 404: REST},
    ),
    Row("plans:pick_replace", POST, "pick", {404: REST, 422: ISSUER}),
    Row("plans:draw_supplement", POST, "foreign_pick", {403: INSPECTORS, 404: REST}),
    Row("plans:draw_supplement", POST, "pick", {404: REST, 422: ISSUER}),
]
