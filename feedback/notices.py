"""Whom a letter tells what: the unit that answers, the issuer who reads, the unions above."""

from django.urls import reverse

from feedback.models import Letter, LetterEscalation
from inbox.actions import settle, tell
from inbox.models import Notice
from orgs.models import Organization, User
from orgs.roles import Permission as P
from orgs.roles import Role, holders_of

K, S, Step = Notice.Kind, Letter.Status, LetterEscalation.Step
DIGITS = {Step.COUNTY: 9, Step.CITY: 6}  # of a region's path


def after_move(letter: Letter) -> None:
    """Nobody waits for what was done; who acts next is told, the unit also of the end."""
    settle(_about(letter))
    day = f"{letter.due_on.month}月{letter.due_on.day}日"
    if letter.status == S.SENT:
        _tell(letter, _answerers(letter), K.TODO, f"收到督导意见，请在 {day}前逐条答复")
    elif letter.status == S.RETURNED:
        _tell(letter, _answerers(letter), K.TODO, f"答复被退回，请在 {day}前重答")
    elif letter.status == S.ANSWERED:
        _tell(letter, _senders(letter), K.TODO, "已答复督导意见，请审阅")
    elif letter.status == S.CLOSED:
        _tell(letter, _answerers(letter), K.NEWS, "督导意见已办结")


def after_escalation(letter: Letter, steps: list[str]) -> None:
    """Each step of a missed term reaches its people."""
    for step in steps:
        text = f"督导意见逾期未答复，报{Step(step).label}"
        _tell(letter, _reached(letter, step), K.LATE, text, key=f"{letter.due_on}-{step}")


def _reached(letter: Letter, step: str) -> list[User]:
    if step == Step.UNIT:
        return _answerers(letter)
    if step == Step.ISSUER:
        return _senders(letter)
    path = letter.place[: DIGITS[Step(step)]]
    unions = Organization._base_manager.filter(kind=Organization.Kind.UNION, region__path=path)
    staff = User.objects.unscoped(reason="whom a missed term reaches")
    return list(staff.filter(organization__in=unions, role=Role.UNION_STAFF, is_active=True))


def _answerers(letter: Letter) -> list[User]:
    """The people of the unit who may answer."""
    return _people(letter.unit_id, P.SELF_CHECK)


def _senders(letter: Letter) -> list[User]:
    """Who sent it; where they have left, all of the issuer who may read the answer."""
    by, issuer = letter.sent_by, letter.plan.issuer_id
    stays = by.is_active and by.organization_id == issuer
    return [by] if stays else _people(issuer, P.VISIT_REVIEW)


def _people(organization: int, permission: P) -> list[User]:
    people = User.objects.unscoped(reason="whom a letter waits for")
    roles = holders_of(permission)
    return list(people.filter(organization=organization, role__in=roles, is_active=True))


def _tell(letter: Letter, people: list[User], kind: str, text: str, *, key: str = "") -> None:
    tell(
        people,
        kind=kind,
        about=_about(letter),
        key=f"{_about(letter)}-{key or letter.step}",
        text=f"{letter.unit}：{text}",
        link=reverse("feedback:letter_detail", args=[letter.pk]),
    )


def _about(letter: Letter) -> str:
    return f"letter-{letter.pk}"
