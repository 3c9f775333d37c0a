"""Who gets what: hazards. The moves follow the hand-written table of tests/hazards."""

from collections.abc import Iterator

from hazards.workflow import MOVES
from tests.architecture.matrix import ALL, GET, ISSUER, POST, REST, TEAM, Row
from tests.hazards.table import ALLOWED, LISTED, G, S, seen_by

READERS = "officer unit_union county_a1 city_a province province2"


def key(grade: str, status: str) -> str:
    """The object of the matrix for a hazard in this state."""
    return f"hazard_{grade or G.GENERAL}_{status}"


def _moves() -> Iterator[Row]:
    """Each move once, in the first state that allows it; sent empty it is late or has gaps."""
    done = set()
    places = [(key(*state), *state, moves) for state, moves in ALLOWED.items()]
    places += [(f"listed_{last}", G.MAJOR, s, moves) for (s, last), moves in LISTED.items()]
    for place, grade, status, moves in places:
        for name in sorted(moves.keys() - done):
            done.add(name)
            empty = 422 if MOVES[name].needs else 409
            who = moves[name]
            seen = " ".join(sorted(seen_by(grade, status) - who))
            people = " ".join(sorted(who))
            yield Row(f"hazards:{name}", GET, place, {200: people, 403: seen, 404: REST})
            yield Row(f"hazards:{name}", POST, place, {empty: people, 403: seen, 404: REST})


UNIT = "officer other_officer worker unit_union"  # who reports at their own unit
OFFICES = "officer other_officer"  # who registers at their own unit
SETUP = "officer other_officer city_admin"  # who sets up their own unit
PLACED = "worker unit_union county_a1 city_a province province2"  # who knows of a place there
UNIONS = "leader recorder member other_leader other_recorder city_a city_b "
UNIONS += "county_a1 county_a2 county_b1"
DESKS = f"{UNIONS} officer other_officer unit_union province province2 regulator other_regulator"
ROWS = [
    *_moves(),
    Row("hazards:hazard_list", GET, "none", {200: DESKS, 403: REST}),
    Row("hazards:figures", GET, "none", {200: DESKS, 403: REST}),
    Row("reports:hazard_figures", GET, "none", {200: DESKS, 403: REST}),
    Row("hazards:view_save", POST, "none", {302: DESKS, 403: REST}),
    Row("hazards:columns_save", POST, "none", {302: DESKS, 403: REST}),
    Row("hazards:view_default", POST, "ledger_view", {302: "officer", 404: REST}),
    Row("hazards:view_delete", POST, "ledger_view", {302: "officer", 404: REST}),
    Row("hazards:listing_list", GET, "none", {200: DESKS, 403: REST}),
    Row("hazards:listing_late", GET, "none", {200: DESKS, 403: REST}),
    Row("hazards:report", GET, "none", {200: f"{UNIT} {UNIONS}", 403: REST}),
    Row("hazards:report", POST, "none", {422: f"{UNIT} {UNIONS}", 403: REST}),
    Row("hazards:known", GET, "none", {200: f"{UNIT} {UNIONS}", 403: REST}),
    Row("hazards:mine", GET, "none", {200: f"{UNIT} {UNIONS}", 403: REST}),
    Row("hazards:from_finding", GET, "finding", {200: f"{ISSUER} {TEAM}", 404: REST}),
    Row("hazards:from_finding", POST, "finding", {422: f"{ISSUER} {TEAM}", 404: REST}),
    *(
        Row(
            f"hazards:{name}",
            GET,
            key(G.GENERAL, S.RECTIFYING),
            {
                200: "officer worker",
                403: "unit_union county_a1 city_a province province2",
                404: REST,
            },
        )
        for name in ("reported", "follow")
    ),
    Row(
        "hazards:hazard_detail",
        GET,
        key(G.GENERAL, S.RECTIFYING),
        {200: READERS, 403: "worker", 404: REST},
    ),
    Row(
        "hazards:hazard_detail",
        GET,
        key(G.MAJOR, S.RECTIFYING),
        {200: f"{READERS} regulator", 403: "worker", 404: REST},
    ),
    Row(
        "hazards:photo_add",
        POST,
        key(G.GENERAL, S.RECTIFYING),
        {302: "officer worker", 403: "unit_union county_a1 city_a province province2", 404: REST},
    ),
    Row("hazards:bulk_choose", POST, "deed", {302: DESKS, 403: REST}),
    Row("hazards:bulk_do", POST, "deed", {200: DESKS, 403: REST}),
    Row(
        "hazards:hazard_urge",
        POST,
        key(G.GENERAL, S.RECTIFYING),
        {302: READERS, 403: "worker", 404: REST},
    ),
    Row("hazards:place_list", GET, "none", {200: SETUP, 403: REST}),
    Row("hazards:place_list", POST, "none", {422: SETUP, 403: REST}),
    Row("hazards:place_detail", GET, "place", {200: "officer", 403: PLACED, 404: REST}),
    Row("hazards:place_detail", POST, "place", {422: "officer", 403: PLACED, 404: REST}),
    *(
        Row(f"hazards:{name}", POST, place, {302: "officer", 403: PLACED, 404: REST})
        for name, place in {
            "place_up": "place",
            "place_renew": "place",
            "place_retire": "place",
            "place_reopen": "closed_place",
        }.items()
    ),
    Row("hazards:import_template", GET, "none", {200: OFFICES, 403: REST}),
    Row("hazards:import_upload", GET, "none", {200: OFFICES, 403: REST}),
    Row("hazards:import_upload", POST, "none", {422: OFFICES, 403: REST}),
    Row("hazards:import_detail", GET, "hazard_list", {200: "officer", 404: REST}),
    Row("hazards:import_marked", GET, "hazard_list", {200: "officer", 404: REST}),
    Row("hazards:import_write", POST, "hazard_list", {302: "officer", 404: REST}),
    # the code on a wall is for anybody; the unit's own people go on to their own form
    Row("hazards:code", GET, "wall", {302: "officer worker unit_union", 200: ALL}),
    Row("hazards:code", POST, "wall", {422: ALL}),
    Row("hazards:code", GET, "old_wall", {404: ALL}),
    Row("hazards:code", POST, "old_wall", {404: ALL}),
    Row("hazards:receipt", GET, "receipt", {200: ALL}),
    Row("hazards:receipt", GET, "forged_receipt", {404: ALL}),
]
