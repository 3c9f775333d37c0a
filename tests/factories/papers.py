"""Papers of a visit in every state, made with the actions people use."""

from decimal import Decimal

from django.utils import timezone

from orgs.models import User
from plans.models import Visit
from rubrics.evaluate import Given, evaluate, points_of
from rubrics.models import Version
from scoring import actions, freeze
from scoring.models import Answer, RecordText, Scoresheet, Signature
from tests.cast import World

FULL = {"1-1": {"points": "2"}, "1-2": {"points": "2"}, "2": {"level": 0}, "3": {"count": 2}}
TEXTS = {"highlights": "示例亮点。", "problems": "示例问题。", "suggestions": "示例建议。"}


def started(visit: Visit, by: User) -> Scoresheet:
    """A draft in 填写中, nothing answered."""
    actions.start(visit, by=by)
    return actions.present(visit)


def fill(sheet: Scoresheet, by: User, given: dict | None = None) -> None:
    """Answer the points of the small rubric: 11 of 12, one reason; and the three texts."""
    for code, inputs in (FULL if given is None else given).items():
        answer(sheet, code, inputs, by)
    for field, text in TEXTS.items():
        RecordText.objects.filter(sheet=sheet, field=field).update(
            text=text, by=by, at=timezone.now(), version=1
        )


def answer(sheet: Scoresheet, code: str, inputs: dict, by: User, **changes) -> None:
    """One agreed answer as a save would leave it, with a reason where points were lost."""
    row = Answer.objects.select_related("criterion").get(sheet=sheet, criterion__code=code)
    version = Version.objects.with_tree().get(pk=sheet.version_id)
    point = next(p for p in points_of(version) if p.code == code)
    outcome = evaluate([point], {code: Given(inputs)}).by_code[code]
    fields = {
        "state": Answer.State.AGREED,
        "inputs": dict(outcome.inputs),
        "points": outcome.points,
        "reason": "" if outcome.points == row.criterion.points else "示例扣分原因",
        "by": by,
        "at": timezone.now(),
        "version": row.version + 1,
    }
    Answer.objects.filter(pk=row.pk).update(**fields | changes)
    _count(sheet)


def _count(sheet: Scoresheet) -> None:
    """Total and progress as the saves keep them."""
    done = sheet.answers.filter(state=Answer.State.AGREED)
    total = sum((row.points for row in done if row.points is not None), Decimal(0))
    Scoresheet.objects.filter(pk=sheet.pk).update(total=total)
    Visit.objects.filter(pk=sheet.visit_id).update(answered=done.count())


def sign(sheet: Scoresheet, role: str, user: User) -> Signature:
    """A standing signature of what the draft says now."""
    return Signature.objects.create(
        sheet=sheet,
        role=role,
        user=user,
        method=Signature.Method.PASSWORD,
        content_hash=freeze.content_hash(sheet),
    )


def signed(world: World, visit: Visit | None = None) -> Visit:
    """Papers in 待签字 with both signatures: ready to be submitted."""
    visit = visit or world.visit
    sheet = started(visit, world.leader)
    fill(sheet, world.member)
    actions.follow(visit, by=world.member)
    sign(sheet, "leader", world.leader)
    sign(sheet, "recorder", world.recorder)
    visit.refresh_from_db()
    return visit


def submitted(world: World, visit: Visit | None = None) -> Visit:
    """Papers in 已提交."""
    visit = signed(world, visit)
    actions.submit(visit, by=world.leader)
    return visit


def confirmed(world: World, visit: Visit | None = None) -> Visit:
    """Papers in 已确认, not yet released."""
    visit = submitted(world, visit)
    actions.confirm(visit, by=world.province)
    return visit


def corrected(world: World, visit: Visit) -> Visit:
    """Submitted papers taken back, corrected, signed and submitted as a second draft."""
    sheet = actions.recall(visit, by=world.leader, reason="示例更正")
    actions.follow(visit, by=world.member)
    sign(sheet, "leader", world.leader)
    sign(sheet, "recorder", world.recorder)
    visit.refresh_from_db()
    actions.submit(visit, by=world.leader)
    return visit


def in_state(world: World, status: str) -> Visit:
    """The cast's visit with its papers in ``status``."""
    made = {
        "planned": lambda: world.visit,
        "filling": lambda: started(world.visit, world.leader) and world.visit,
        "signing": lambda: signed(world),
        "submitted": lambda: submitted(world),
        "returned": lambda: _returned(world),
        "confirmed": lambda: confirmed(world),
        "archived": lambda: _archived(world),
        "cancelled": lambda: _cancelled(world),
        "filed": lambda: _filed(world),
    }[status]()
    made.refresh_from_db()
    assert made.status == status
    return made


def _returned(world: World) -> Visit:
    """Returned, corrected and signed again: it could be submitted."""
    visit = submitted(world)
    sheet = actions.return_visit(visit, by=world.province, note="示例意见")
    sign(sheet, "leader", world.leader)
    sign(sheet, "recorder", world.recorder)
    return visit


def _archived(world: World) -> Visit:
    visit = confirmed(world)
    actions.archive(visit, by=world.province)
    return visit


def _cancelled(world: World) -> Visit:
    Visit.objects.filter(pk=world.visit.pk).update(
        status=Visit.Status.CANCELLED, cancelled_reason="示例"
    )
    return world.visit


def _filed(world: World) -> Visit:
    """What 甲一县总工会 said of itself: the one state that only a 自查 has."""
    check = Visit.objects.create(
        plan=world.plan,
        phase=world.plan.phases.create(
            order=9,
            name="自查自纠",
            scorer="self",
            starts_on=world.plan.starts_on,
            ends_on=world.plan.starts_on,
        ),
        target=world.visit.target,
        target_kind=world.visit.target_kind,
        region=world.visit.region,
        version=world.visit.version,
    )
    sheet = started(check, world.county_a1)
    fill(sheet, world.county_a1)
    actions.follow(check, by=world.county_a1)
    sign(sheet, "unit", world.county_a1)
    check.refresh_from_db()
    actions.file_check(check, by=world.county_a1)
    return check
