"""A released visit with problems, and the letter about them."""

from datetime import date, timedelta

from django.utils import timezone

from feedback import actions
from feedback.actions import Said
from feedback.models import Letter
from plans.models import Visit
from scoring import actions as scoring
from scoring.models import Finding
from tests.cast import World
from tests.factories import papers

TERM = timedelta(days=15)


def released(world: World, visit: Visit | None = None, problems: int = 2) -> Visit:
    """甲一县's enterprise, visited, its result handed down, with so many problems."""
    visit = papers.confirmed(world, visit or world.enterprise_visit)
    sheet = visit.sheets.get(revision=visit.revision)
    for number in range(1, problems + 1):
        Finding.objects.create(
            sheet=sheet,
            order=number,
            text=f"示例问题{number}",
            advice="示例意见",
            created_by=world.leader,
        )
    scoring.release(visit, by=world.province)
    visit.refresh_from_db()
    return visit


def sent(world: World, due_on: date | None = None) -> Letter:
    """待答复."""
    day = due_on or timezone.localdate() + TERM
    return actions.send(released(world), due_on=day, by=world.province)


def said(letter: Letter, text: str = "示例：已改好") -> dict[int, Said]:
    """The same answer to every entry."""
    return {pk: Said(text, None) for pk in letter.entries.values_list("pk", flat=True)}


def answered(world: World) -> Letter:
    """已答复."""
    letter = sent(world)
    actions.move(letter, "answer", by=world.officer, said=said(letter))
    return letter


def corrected(world: World, visit: Visit) -> Visit:
    """The papers of a released visit corrected, and its result released again."""
    sheet = scoring.correct(visit, by=world.province, reason="示例更正")
    papers.sign(sheet, "leader", world.leader)
    papers.sign(sheet, "recorder", world.recorder)
    visit.refresh_from_db()
    scoring.submit(visit, by=world.leader)
    scoring.confirm(visit, by=world.province)
    scoring.release(visit, by=world.province)
    return visit
