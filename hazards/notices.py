"""Whom a hazard tells what: who acts next, who reported it, and whom a missed deadline reaches."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from hazards.models import Escalation, Hazard
from hazards.waiting import expected_moves
from hazards.workflow import Move
from inbox.actions import settle, tell
from inbox.models import Notice
from orgs.models import Organization, User
from orgs.roles import Permission as P
from orgs.roles import holders_of

K, Step = Notice.Kind, Escalation.Step
COUNTY, CITY, PROVINCE = 9, 6, 3  # digits of a region's path
SHOWN = 30  # of the hazard's own words


def after_report(hazard: Hazard, *, by: User | None) -> None:
    """Who registers it is told; not who reported it themselves."""
    _tell_next(hazard, by)


def after_move(hazard: Hazard, step: Move, *, by: User | None) -> None:
    """Nobody waits for what was done; who acts next is told, and who reported it."""
    settle(_about(hazard))
    told = _tell_next(hazard, by)
    finder = hazard.reported_by
    if finder is None or finder.pk in {by and by.pk, *told}:
        return
    text = f"您报的 {_name(hazard)}：{step.label}，现在{hazard.get_status_display()}"
    _tell(hazard, [finder], K.NEWS, f"{hazard.step}-news", text, page="follow")


def after_escalation(hazard: Hazard, steps: list[str]) -> None:
    """Each step of a deadline reaches its people; the person responsible is reminded before."""
    for step in steps:
        is_before = step == Step.REMINDER
        word = "快到期了" if is_before else f"已逾期，报{Step(step).label}"
        text = f"{_name(hazard)}：整改期限 {hazard.due_on:%-m月%-d日}，{word}"
        key = f"{hazard.due_on}-{step}"
        page = "follow" if step in {Step.REMINDER, Step.RESPONSIBLE} else "hazard_detail"
        _tell(hazard, reached(hazard, step), K.LATE, key, text, page=page)


def reached(hazard: Hazard, step: str) -> list[User]:
    """Whom this step of a deadline is told."""
    if step in {Step.REMINDER, Step.RESPONSIBLE}:
        return people_of(hazard, P.HAZARD_RECTIFY)
    if step == Step.UNIT:
        return people_of(hazard, P.HAZARD_HANDLE) + people_of(hazard, P.HAZARD_UNION)
    return _unions(hazard, COUNTY if step == Step.COUNTY else CITY)


def people_of(hazard: Hazard, permission: P) -> list[User]:
    """Who makes the moves that need this permission; of the unions above, the nearest."""
    if permission == P.HAZARD_RECTIFY and hazard.responsible:
        return [hazard.responsible]
    if permission == P.HAZARD_FILE:
        levels = (_unions(hazard, digits) for digits in (COUNTY, CITY, PROVINCE))
        return next((people for people in levels if people), [])
    if permission == P.HAZARD_SUPERVISE:
        return holders(permission, [hazard.regulator_id, hazard.committee_id])
    return holders(permission, [hazard.unit_id])


@dataclass(frozen=True)
class Awaited:
    """Who makes the next expected moves of a hazard with one permission, and which those are."""

    permission: P
    labels: list[str]
    people: list[User]

    @property
    def page(self) -> str:
        """Where they find it: who rectifies follows one hazard, the others see the whole file."""
        return "follow" if self.permission == P.HAZARD_RECTIFY else "hazard_detail"


def awaited(hazard: Hazard, by: User | None) -> list[Awaited]:
    """Whom the next step waits for, but for ``by``, who knows."""
    words: dict[P, list[str]] = {}
    for move in expected_moves(hazard):
        words.setdefault(move.permission_on(hazard), []).append(move.label)
    return [
        Awaited(
            permission,
            labels,
            [one for one in people_of(hazard, permission) if one.pk != (by and by.pk)],
        )
        for permission, labels in words.items()
    ]


def after_urging(hazard: Hazard, waiting: list[Awaited], *, day: date, by: User) -> None:
    """Who is awaited is told that ``by`` asks for it."""
    late = (day - hazard.due_on).days if hazard.due_on else 0
    over = f"，已逾期 {late} 天" if late > 0 else ""
    for one in waiting:
        text = f"{by.organization}催办 {_name(hazard)}：等您办 {' 或 '.join(one.labels)}{over}"
        key = f"urged-{day}-{one.permission}"
        _tell(hazard, one.people, K.TODO, key, text, page=one.page)


def _tell_next(hazard: Hazard, by: User | None) -> set[int]:
    """Tell who makes the next expected moves; the keys of whom that were."""
    told: set[int] = set()
    for one in awaited(hazard, by):
        text = f"{_name(hazard)}：等您办 {' 或 '.join(one.labels)}"
        _tell(hazard, one.people, K.TODO, f"{hazard.step}-{one.permission}", text, page=one.page)
        told |= {person.pk for person in one.people}
    return told


def _tell(hazard: Hazard, people: list[User], kind: str, key: str, text: str, *, page: str) -> None:
    if people:
        about, link = _about(hazard), reverse(f"hazards:{page}", args=[hazard.pk])
        tell(people, kind=kind, about=about, key=f"{about}-{key}", text=text, link=link)


def _about(hazard: Hazard) -> str:
    return f"hazard-{hazard.pk}"


def _name(hazard: Hazard) -> str:
    words = hazard.text if len(hazard.text) <= SHOWN else f"{hazard.text[:SHOWN]}…"
    return f"{hazard.number} {hazard.where} {words}"


def _unions(hazard: Hazard, digits: int) -> list[User]:
    """The people of the 总工会 of the hazard's county, city or province."""
    unions = Organization.objects.unscoped(reason="a missed deadline goes up by itself").active()
    unions = unions.filter(kind="union", region__path=hazard.region_path[:digits])
    return holders(P.HAZARD_FILE, [*unions.exclude(pk=hazard.unit_id).values_list("pk", flat=True)])


def holders(permission: P, units: list[int | None]) -> list[User]:
    """The people of these units whose role has this permission."""
    known = [unit for unit in units if unit]
    if not known:
        return []
    people = User.objects.unscoped(reason="who acts next is told, whoever moved it")
    roles = holders_of(permission)
    return list(people.filter(organization__in=known, role__in=roles, is_active=True))
