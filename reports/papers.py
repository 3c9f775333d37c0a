"""Which papers there are to print: those of a visit's draft, and blank forms."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from orgs.roles import Permission as P
from plans.models import Visit
from reports.documents.of_sheet import sheet_papers
from reports.documents.record import blank_record
from reports.documents.scoresheet import blank_scoresheet
from reports.issue import issued_paper, issued_pdf
from reports.models import IssuedDocument
from reports.render.parts import Paper
from reports.render.pdf import pdf_bytes
from rubrics.models import Version
from scoring.models import Scoresheet


@dataclass(frozen=True)
class PrintedPaper:
    """A paper of a draft, and the document it was issued as, if it was."""

    kind: str
    paper: Paper
    document: IssuedDocument | None = None

    def pdf(self) -> bytes:
        """The bytes as issued, or a draft's as it is now."""
        return issued_pdf(self.document) if self.document else pdf_bytes([self.paper])


def visit_sheet(visit: Visit, user: object, revision: str = "") -> Scoresheet:
    """The draft that counts, or an earlier one for those who fill or review the visit.

    Http404 where there is no such draft.
    """
    wanted = visit.revision
    if revision:
        wanted = int(revision) if revision.isdecimal() and len(revision) < 5 else 0
    if wanted != visit.revision:
        _require_history(visit, user)
    sheet = visit.sheets.filter(revision=wanted).first()
    if sheet is None:
        raise Http404
    return sheet


def _require_history(visit: Visit, user: object) -> None:
    for permission in (P.VISIT_FILL, P.VISIT_REVIEW):
        if Visit.objects.permitted(user, permission).filter(pk=visit.pk).exists():
            return
    raise PermissionDenied


def printed_papers(sheet: Scoresheet) -> list[PrintedPaper]:
    """评分表 and 记录表 of the draft, as issued or as they are now."""
    documents = {d.kind: d for d in sheet.documents.select_related("sheet__visit", "rendering")}
    if len(documents) == len(IssuedDocument.Kind):
        return [
            PrintedPaper(kind, issued_paper(documents[kind]), documents[kind])
            for kind in IssuedDocument.Kind.values
        ]
    return [PrintedPaper(kind, paper) for kind, paper in sheet_papers(sheet).items()]


def blank_papers(version: Version) -> Sequence[Paper]:
    """The two forms of a rubric version's targets with nothing filled in."""
    return [blank_scoresheet(version), blank_record(version.rubric.target)]
