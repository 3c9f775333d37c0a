"""How far the papers of many visits are, in a handful of queries, for the cards of today."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from plans.hooks import Progress
from plans.models import Visit
from rubrics import scheme
from rubrics.record_forms import RecordForm
from scoring.blank import SCORE
from scoring.completeness import point_gap
from scoring.models import Answer, Finding, RecordText, Scoresheet, Signature
from scoring.record_forms import form_of
from scoring.signatures import signers_of, standing
from scoring.texts import UNWRITTEN

NAMED = 3  # points told by name; of the rest only the number
HEAD = 12
IN_ORDER = ("criterion__item__section__order", "criterion__item__number", "criterion__order")


def progress(visits: Iterable[Visit]) -> dict[int, Progress]:
    """By the ids of the visits that are being filled; the caller may fill them.

    A signature counts while what it signed is unchanged, as on the page that submits.
    """
    open_visits = {v.pk: v for v in visits if v.is_editable and v.status != Visit.Status.PLANNED}
    sheets = Scoresheet.objects.filter(visit__in=open_visits, revision=F("visit__revision"))
    sheets = sheets.select_related("version")
    drafts = {sheet.pk: sheet for sheet in sheets}
    for sheet in sheets:
        sheet.visit = open_visits[sheet.visit_id]
    forms = {pk: form_of(sheet.visit) for pk, sheet in drafts.items()}
    points, texts, signed = _points(drafts), _texts(drafts, forms), _signed(drafts)
    return {
        sheet.visit_id: _told(sheet, forms[pk], points[pk], texts[pk], signed[pk])
        for pk, sheet in drafts.items()
    }


def _told(
    sheet: Scoresheet, form: RecordForm, points: list[str], texts: set[str], signed: set[str]
) -> Progress:
    no_text = [box.label for box in form.asked if box.field not in texts]
    unsigned = [role.label for role in signers_of(sheet.visit) if role not in signed]
    lacks = [_named(points)] if points else []
    lacks += ["、".join(no_text)] if no_text else []
    lacks += ["、".join(unsigned) + "签字"] if unsigned else []
    done = len(form.asked) - len(no_text) + len(signed)
    return Progress(sheet.total, done, "；".join(lacks))


def _named(points: list[str]) -> str:
    more = "等" if len(points) > NAMED else ""
    return f"{'、'.join(points[:NAMED])}{more} {len(points)} 个评分点"


def _points(drafts: dict[int, Scoresheet]) -> dict[int, list[str]]:
    answers = Answer.objects.filter(sheet__in=drafts).select_related("criterion")
    free = {pk: scheme.read(sheet.version.scheme).free for pk, sheet in drafts.items()}
    found = defaultdict(list)
    for answer in answers.order_by(*IN_ORDER):
        if point_gap(answer.criterion, answer, free[answer.sheet_id]):
            head = SCORE.split(answer.criterion.text, maxsplit=1)[0]
            short = head if len(head) <= HEAD else f"{head[:HEAD]}…"
            found[answer.sheet_id].append(f"{answer.criterion.code} {short}")
    return found


def _texts(drafts: dict[int, Scoresheet], forms: dict[int, RecordForm]) -> dict[int, set[str]]:
    """The texts that print something; problems print their entries where no text is written."""
    found = defaultdict(set)
    for text in RecordText.objects.filter(sheet__in=drafts):
        if text.text.strip():
            found[text.sheet_id].add(text.field)
    entries = Finding.objects.filter(sheet__in=drafts, withdrawn_at=None)
    for sheet in entries.values_list("sheet", flat=True).distinct():
        found[sheet] |= {box.field for box in forms[sheet].boxes if box.gathers in UNWRITTEN}
    return found


def _signed(drafts: dict[int, Scoresheet]) -> dict[int, set[str]]:
    """Whose signatures stand; only papers that somebody signed have to be hashed for it."""
    signed = Signature.objects.filter(sheet__in=drafts, voided_at=None)
    found = defaultdict(set)
    for pk in set(signed.values_list("sheet", flat=True)):
        found[pk] = set(standing(drafts[pk]))
    return found
