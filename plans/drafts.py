"""What one step of a draft says, so that a save knows whether its page is still the present one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from audit.canonical import sha256
from audit.models import AuditEvent
from chabaocu.errors import Refused
from plans.models import Plan

BASIS = (  # the columns of the first step; the ways of supervising are a list of their own
    "title",
    "year",
    "round_number",
    "starts_on",
    "visits_end_on",
    "materials_days",
    "basis",
    "tasks",
    "contents",
    "requirements",
    "four_eyes",
)
PHASE = ("name", "scorer", "starts_on", "ends_on")
VALUES: dict[str, Callable[[Plan], Any]] = {
    "basis": lambda plan: [plan.methods, *(getattr(plan, name) for name in BASIS)],
    "rubrics": lambda plan: list(plan.rubrics.order_by("target").values("target", "version_id")),
    "rule": lambda plan: plan.sampling,
    "phases": lambda plan: list(plan.phases.values(*PHASE)),
}
ACTIONS = {
    "basis": "plan.edit",
    "rule": "plan.edit",
    "rubrics": "plan.rubrics",
    "phases": "plan.phases",
}


class StepChangedError(Refused):
    """Somebody saved this step after the page was opened; nothing was stored."""


@dataclass(frozen=True)
class Seen:
    """The step a page shows and the fingerprint of what it showed."""

    step: str
    print: str

    def check(self, plan: Plan) -> None:
        """Raise StepChangedError unless the step still says so; the caller holds the draft."""
        if fingerprint(Plan.objects.get(pk=plan.pk), self.step) != self.print:
            raise StepChangedError("这一步刚被改过，您填的没有覆盖，也都还在。")


def fingerprint(plan: Plan, step: str) -> str:
    """What the page of a step carries along; equal content gives equal prints."""
    return sha256(VALUES[step](plan))


def last_change(plan: Plan, step: str) -> AuditEvent | None:
    """Who changed a step last, and when. For those who may manage the plan."""
    events = AuditEvent.objects.filter(stream__name=plan.stream, action=ACTIONS[step])
    if ACTIONS[step] != "plan.edit":
        return events.order_by("-seq").first()
    about_rule = step == "rule"
    newest = events.order_by("-seq").iterator(chunk_size=20)
    return next((event for event in newest if ("sampling" in event.after) == about_rule), None)
