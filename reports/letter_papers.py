"""督导意见 and the answer to it on paper: frozen under a code with the move that issues them."""

from dataclasses import replace

from django.utils import timezone

from feedback.actions import files_of
from feedback.models import Letter
from reports.documents.of_letter import answer_paper, letter_paper
from reports.documents.official import Official
from reports.documents.paper import Stamp, from_json
from reports.freezing import frozen
from reports.models import LetterPaper

K, S = LetterPaper.Kind, Letter.Status
# A letter that goes back has a new term.
ISSUED_WITH = {"send": K.LETTER, "return": K.LETTER, "answer": K.ANSWER}
WITHDRAWN, REPLACED, RETURNED = "督导意见已撤回", "已有更新的一份", "答复已退回重答"


def issue(letter: Letter, move: str) -> None:
    """Freeze what the move calls for, inside its transaction."""
    if kind := ISSUED_WITH.get(move):
        LetterPaper.objects.create(
            kind=kind,
            letter=letter,
            step=letter.step,
            issued_at=timezone.now(),
            **frozen(lambda stamp: composed(letter, kind, stamp)),
        )


def composed(letter: Letter, kind: str, stamp: Stamp) -> Official:
    """What the paper says as things stand."""
    entries = list(letter.entries.select_related("finding"))
    if kind == K.ANSWER:
        return answer_paper(letter, entries, files_of(letter).count(), stamp)
    return letter_paper(letter, entries, stamp)


def paper_of(issued: LetterPaper) -> Official:
    """The paper as it was issued."""
    return from_json(Official, issued.context)


def printed(letter: Letter, kind: str) -> Official:
    """The newest paper of a letter; as things stand, where it was sent before it had papers.

    One that no longer stands says so on every page.
    """
    issued = letter.papers.filter(kind=kind).first()
    if issued is None:
        return composed(letter, kind, Stamp())
    paper, issued.letter = paper_of(issued), letter
    return replace(paper, stamp=replace(paper.stamp, void=_fallen(issued)))


def standing(issued: LetterPaper) -> str:
    """Why the paper no longer stands; nothing while it does."""
    later = issued.letter.papers.filter(kind=issued.kind, pk__gt=issued.pk)
    return _fallen(issued) or (REPLACED if later.exists() else "")


def _fallen(issued: LetterPaper) -> str:
    status = issued.letter.status
    if status == S.WITHDRAWN:
        return WITHDRAWN
    return RETURNED if issued.kind == K.ANSWER and status == S.RETURNED else ""
