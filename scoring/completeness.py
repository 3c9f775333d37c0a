"""What a visit's papers still lack before they can be submitted (《域》4：Complete)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rubrics import scheme
from rubrics.evaluate import score_point
from rubrics.kinds import reason_of
from rubrics.models import Criterion, Version
from scoring.anchors import SIGNS, point_anchor, text_anchor
from scoring.models import Answer, Scoresheet
from scoring.record_forms import form_of
from scoring.signatures import signers_of, standing
from scoring.texts import printed_texts

State = Answer.State


@dataclass(frozen=True)
class Missing:
    """One thing to do: where it is, the point, text or role it is about, and in words."""

    place: str  # sheet, record or sign
    code: str
    label: str
    what: str  # open, disputed, na_reason, reason, text or signature

    @property
    def anchor(self) -> str:
        """The id of its place on the page of the sheet or of the record."""
        if self.place == "sheet":
            return point_anchor(self.code)
        return text_anchor(self.code) if self.place == "record" else SIGNS


def missing(sheet: Scoresheet) -> list[Missing]:
    """Everything that keeps the draft from being submitted, in the order of the papers."""
    return [*unfilled(sheet), *unsigned(sheet)]


def unfilled(sheet: Scoresheet) -> list[Missing]:
    """What is open in the sheet and the record; nothing means that they can be signed."""
    return [*_points(sheet), *_texts(sheet)]


def unsigned(sheet: Scoresheet) -> list[Missing]:
    """The signatures that are not there, or no longer stand."""
    signed = standing(sheet)
    return [
        Missing("sign", role, f"{role.label}没有签字", "signature")
        for role in signers_of(sheet.visit)
        if role not in signed
    ]


def point_gap(
    criterion: Criterion, answer: Answer | None, free: Collection[str] = ()
) -> Missing | None:
    """What one scoring point still lacks; the ``free`` codes need no words for lost points."""
    code = criterion.code
    if answer is None or answer.state == State.OPEN:
        return Missing("sheet", code, f"{code} 未填", "open")
    if answer.state == State.DISPUTED:
        return Missing("sheet", code, f"{code} 待组长裁定", "disputed")
    if answer.reason.strip():
        return None
    if answer.not_applicable:
        return Missing("sheet", code, f"{code} 没写不适用的理由", "na_reason")
    if code not in free and _falls_short(criterion, answer):
        return Missing("sheet", code, f"{code} 没写{reason_of(criterion.kind)}", "reason")
    return None


def _falls_short(criterion: Criterion, answer: Answer) -> bool:
    if not answer.inputs:
        return answer.points is not None and answer.points < criterion.points
    outcome = score_point(criterion.kind, criterion.points, criterion.params, answer.inputs)
    return outcome.falls_short(criterion.points)


def _points(sheet: Scoresheet) -> Iterator[Missing]:
    answers = {answer.criterion_id: answer for answer in sheet.answers.all()}
    version = Version.objects.with_tree().get(pk=sheet.version_id)
    free = scheme.read(version.scheme).free
    for section in version.sections.all():
        for item in section.items.all():
            for criterion in item.criteria.all():
                if gap := point_gap(criterion, answers.get(criterion.pk), free):
                    yield gap


def _texts(sheet: Scoresheet) -> Iterator[Missing]:
    form = form_of(sheet.visit)
    texts = printed_texts(sheet, form)
    for box in form.asked:
        if not texts[box.field]:
            yield Missing("record", box.field, f"{box.label}没有填", "text")
