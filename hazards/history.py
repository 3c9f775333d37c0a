"""经过: what happened to a hazard, in the words of the page, for this reader."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from hazards.ladder import RULE
from hazards.models import Escalation, Hazard, HazardEvent, Urging
from hazards.words import label
from hazards.workflow import MOVES, REPORT, label_of
from orgs.roles import Permission

TOLD = ("listing_number", "matter", "lacking", "experts", "delisting_number", "signer")
HIDDEN = "姓名按规定不在此显示"
UNNAMED = "没有留名"
LATEST = 5  # moves that a late page tells of
LONG = 9  # digits no count of moves has
ICONS = {
    REPORT: "person-raised-hand",
    "register": "journal-text",
    "grade_general": "sliders",
    "grade_major": "exclamation-triangle",
    "advise_stop": "sign-stop",
    "answer_stop": "reply",
    "plan": "file-earmark-text",
    "forward": "arrow-up-circle",
    "file": "folder-check",
    "inspect": "search",
    "list": "megaphone",
    "check_six": "list-check",
    "report_off": "file-earmark-arrow-up",
    "check_off": "search",
    "sign_off": "file-earmark-check",
    "extend": "calendar-plus",
    "urge": "megaphone",
    "offer": "camera",
    "accept": "clipboard-check",
    "witness": "pen",
    "close": "check-circle",
    "reject": "x-octagon",
    "object": "x-octagon",
    "reward": "award",
    "reopen": "arrow-counterclockwise",
}


@dataclass(frozen=True)
class Step:
    """One line of 经过."""

    at: datetime
    icon: str
    what: str
    who: str
    note: str
    days: str  # the deadline that was set with it
    is_returning: bool


def finder(hazard: Hazard, user: Any) -> str:
    """Who found it, for this reader: a hidden name is told to the unit's union and its owner.

    None is whoever holds a paper. A worker may hide their name from the workshop; the union
    still sees it, for it pays the reward (《域》8).
    """
    name = str(hazard.reported_by) if hazard.reported_by else hazard.reporter_name
    if not hazard.hides_name or (user and _may_know(hazard, user)):
        return name or UNNAMED
    return f"职工（{HIDDEN}）"


def steps(hazard: Hazard, user: Any) -> list[Step]:
    """Every step so far as this reader may know it, the newest first; None reads a paper."""
    events = hazard.events.select_related("by__organization").order_by("-at", "-pk")
    who = finder(hazard, user)
    told = [_told(escalation) for escalation in hazard.escalations.all()]
    told += [_urged(one) for one in hazard.urgings.select_related("by__organization")]
    moved = [_step(event, who) for event in events]
    return sorted(told + moved, key=lambda step: step.at, reverse=True) if told else moved


def since(hazard: Hazard, user: Any, seen: str) -> list[Step]:
    """What was done after the step that a page showed, the newest first; at least the last move."""
    is_step = seen.isascii() and seen.isdigit() and len(seen) < LONG
    count = hazard.step - int(seen) if is_step else 1
    events = hazard.events.select_related("by__organization").order_by("-pk")
    who = finder(hazard, user)
    return [_step(event, who) for event in events[: min(max(count, 1), LATEST)]]


def outside(hazard: Hazard) -> list[Step]:
    """Every step, for who reported without an account: what and when, nobody's name.

    Of what was said only why it was not registered, which is meant for them.
    """
    told = [_step(event, "") for event in hazard.events.select_related("by__organization")]
    kept = [replace(step, who="", note=step.note if step.is_returning else "") for step in told]
    return kept[::-1]


def failed_on(hazard: Hazard) -> date | None:
    """The day of the last acceptance that did not pass, on its present road."""
    attempt = hazard.attempt - (hazard.status == Hazard.Status.ACCEPTING)
    failed = hazard.events.filter(move__in=["reject", "object"], attempt=attempt)
    last = failed.order_by("-pk").first() if attempt > 0 else None
    return localtime(last.at).date() if last else None


def _may_know(hazard: Hazard, user: Any) -> bool:
    if hazard.reported_by_id == user.pk:
        return True
    known = Hazard.objects.permitted(user, Permission.HAZARD_UNION)
    return known.filter(pk=hazard.pk).exists()


def _told(escalation: Escalation) -> Step:
    """A deadline that was reminded of, or told upward."""
    is_reminder = escalation.step == Escalation.Step.REMINDER
    what = "到期提醒责任人" if is_reminder else f"逾期，已报{escalation.get_step_display()}"
    days = f"期限 {escalation.due_on:%-m月%-d日}"
    return Step(escalation.at, "bell", what, "系统", RULE, days, is_returning=False)


def _urged(urging: Urging) -> Step:
    who, what = f"{urging.by.organization} {urging.by}", f"催办{urging.told}"
    return Step(urging.at, ICONS["urge"], what, who, "", "", is_returning=False)


def _note(event: HazardEvent) -> str:
    """What was said with it: the reason, the advice, or what 挂牌督办 found and signed."""
    said = event.said
    words = [event.note or said.get("stop_advice") or said.get("stop_answer", "")]
    words += [f"{label(name)}：{said[name]}" for name in TOLD if said.get(name)]
    return "；".join(filter(None, words))


def _step(event: HazardEvent, finder: str) -> Step:
    is_report = event.move in {REPORT, "withdraw"}
    by = f"{event.by.organization} {event.by}" if event.by else "系统"
    due_on = event.said.get("due_on")
    return Step(
        at=event.at,
        icon=ICONS.get(event.move, "dot"),
        what=label_of(event.move),
        who=finder if is_report else by,
        note=_note(event),
        days=f"期限 {date.fromisoformat(due_on):%-m月%-d日}" if due_on else "",
        is_returning=event.move in MOVES and MOVES[event.move].returning,
    )
