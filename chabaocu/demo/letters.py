"""The demo's 督导意见: of the finished round, some closed, some answered, one late."""

from datetime import date, timedelta

from chabaocu.demo.clock import clock
from feedback import actions
from feedback.actions import Said
from feedback.models import Letter
from orgs.models import User
from orgs.roles import Role
from plans.models import Plan, Visit

TERM, LATER = timedelta(days=15), timedelta(days=10)
ANSWER = "示例：已照督导意见补齐制度和记录，车间主任负责，已复查。"
RETURNED = "示例：请补一张整改后的现场照片。"
# what has come of the letters, in the order of divisions; the others wait, one of them late
ROADS = (("answer", "close"), ("answer",), ("answer", "return"), (), ("answer", "close"), ())


def load_letters(*, today: date) -> None:
    """Send what was not sent yet, and drive it as far as ROADS say."""
    plan = Plan.objects.unscoped(reason="demo").filter(template="shandong", status="closed").first()
    if plan is None or plan.letters.exists():
        return
    released = Visit.objects.unscoped(reason="demo").filter(plan=plan, released_at__isnull=False)
    staff = plan.created_by
    for visit, road in zip(released.order_by("place", "pk")[: len(ROADS)], ROADS, strict=False):
        _load(visit, road, staff, today)


def _load(visit: Visit, road: tuple[str, ...], staff: User, today: date) -> None:
    sent_on = visit.released_at.date() + timedelta(days=1)
    with clock(sent_on, "09:30"):
        letter = actions.send(visit, due_on=sent_on + TERM, by=staff)
    said = {pk: Said(ANSWER, None) for pk in letter.entries.values_list("pk", flat=True)}
    with clock(sent_on + LATER, "10:00"):
        for name in road:
            _move(letter, name, said, staff, today)


def _move(letter: Letter, name: str, said: dict[int, Said], staff: User, today: date) -> None:
    if name == "answer":
        actions.move(letter, name, by=_answerer(letter) or staff, said=said)
    elif name == "return":
        due = today + LATER
        actions.move(letter, name, by=staff, reason=RETURNED, due_on=due)
    else:
        actions.move(letter, name, by=staff)


def _answerer(letter: Letter) -> User | None:
    """Somebody of the unit who may answer, where the demo has an account there."""
    roles = [Role.SAFETY_OFFICER, Role.UNION_STAFF]
    people = User.objects.unscoped(reason="demo").filter(role__in=roles)
    return people.filter(organization=letter.unit).order_by("pk").first()
