"""Who may do what in which state: written by hand from the flow chart, not read from MOVES."""

from hazards.models import Hazard

S, G = Hazard.Status, Hazard.Grade
OFFICE, UNION, RECTIFIER = {"officer"}, {"unit_union"}, {"officer", "worker"}
ABOVE = {"county_a1", "city_a", "province", "province2"}
REGULATOR = {"regulator"}
REPORTER = {"officer"}  # who reported; the worker only rectifies
EARLY = {
    S.REPORTED: {
        "withdraw": REPORTER,
        "register": OFFICE,
        "dismiss": OFFICE,
        "duplicate": OFFICE,
    },
    S.REGISTERED: {"duplicate": OFFICE, "grade_general": OFFICE, "grade_major": OFFICE},
    S.DISMISSED: {"restore": UNION},
}
TO_MAJOR, TO_GENERAL = {"regrade_major": OFFICE}, {"regrade_general": ABOVE}
DONE = {"reopen": ABOVE}
# (grade, state) → move → who may
ALLOWED = {
    **{("", status): moves for status, moves in EARLY.items()},
    (G.GENERAL, S.PLANNING): {"plan": OFFICE} | TO_MAJOR,
    (G.GENERAL, S.RECTIFYING): {"extend": OFFICE, "offer": RECTIFIER} | TO_MAJOR,
    (G.GENERAL, S.ACCEPTING): {
        "accept": OFFICE,
        "witness": UNION,
        "reject": OFFICE,
        "object": UNION,
    }
    | TO_MAJOR,
    (G.GENERAL, S.CLOSED): {"reward": UNION} | DONE,
    (G.GENERAL, S.REWARDED): DONE,
    (G.MAJOR, S.JUDGING): {"advise_stop": UNION, "no_stop": UNION} | TO_GENERAL,
    (G.MAJOR, S.PLANNING): {"answer_stop": OFFICE, "forward": UNION} | TO_GENERAL,
    (G.MAJOR, S.FORWARDED): {"file": ABOVE} | TO_GENERAL,
    (G.MAJOR, S.RECTIFYING): {
        "inspect": REGULATOR,
        "list": REGULATOR,
        "extend": REGULATOR,
        "offer": RECTIFIER,
    }
    | TO_GENERAL,
    (G.MAJOR, S.ACCEPTING): {
        "accept": REGULATOR,
        "witness": ABOVE,
        "reject": REGULATOR,
        "object": ABOVE,
    }
    | TO_GENERAL,
    (G.MAJOR, S.CLOSED): {"reward": UNION} | DONE,
    (G.MAJOR, S.REWARDED): DONE,
}

# (state, the last move of the road there) → move → who may, for a listed hazard: what 挂牌督办
# asks for; what any 重大 one allows stays, but for HERE, which is said of each step
HERE = {"list", "accept", "witness"}
LISTED = {
    (S.RECTIFYING, "list"): {"check_six": REGULATOR},
    (S.RECTIFYING, "check_six"): {},
    (S.ACCEPTING, "offer"): {"report_off": REGULATOR, "witness": ABOVE},
    (S.ACCEPTING, "report_off"): {"check_off": REGULATOR, "witness": ABOVE},
    (S.ACCEPTING, "check_off"): {"accept": REGULATOR, "witness": ABOVE},
    (S.ACCEPTING, "accept"): {"witness": ABOVE},
    (S.ACCEPTING, "witness"): {"sign_off": REGULATOR},
    (S.CLOSED, "sign_off"): {},
    (S.REWARDED, "reward"): {},
}

# move → the first state of the table that allows it, as an object of the permission matrix
MOVED_FROM = {
    name: f"listed_{last}" for (_, last), moves in reversed(LISTED.items()) for name in moves
} | {
    name: f"hazard_{grade or G.GENERAL}_{status}"
    for (grade, status), moves in reversed(ALLOWED.items())
    for name in moves
}


def seen_by(grade: str, status: str) -> set[str]:
    """To whom such a hazard exists, on the straight road that tests.factories.hazards goes."""
    planned = {S.FORWARDED, S.RECTIFYING, S.ACCEPTING, S.CLOSED, S.REWARDED}
    people = OFFICE | UNION | ABOVE
    people |= RECTIFIER if status in planned else set()
    return people | (REGULATOR if grade == G.MAJOR and status in planned - {S.FORWARDED} else set())
