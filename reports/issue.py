"""Papers are issued when a draft is submitted: frozen context, code, and bytes made once."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django_tasks import task

from audit.canonical import sha256
from reports.codes import new_code
from reports.documents.of_sheet import sheet_papers
from reports.documents.paper import from_json, to_json
from reports.documents.record import RecordPaper
from reports.documents.scoresheet import ScoresheetPaper
from reports.models import IssuedDocument, Rendering
from reports.render.parts import Paper
from reports.render.pdf import pdf_bytes
from scoring.models import Scoresheet

Kind = IssuedDocument.Kind
PAPERS: dict[str, type] = {Kind.SCORESHEET: ScoresheetPaper, Kind.RECORD: RecordPaper}


def issue_documents(sheet: Scoresheet, by: Any) -> None:
    """Issue 评分表 and 记录表 of a frozen draft, inside the transaction of its submission.

    Each gets its own code. The PDFs are made by the job worker once this is committed.
    """
    codes = {kind: new_code() for kind in PAPERS}
    for kind, paper in sheet_papers(sheet, codes=codes).items():
        context = to_json(paper)
        document = IssuedDocument.objects.create(
            code=codes[kind],
            kind=kind,
            sheet=sheet,
            context=context,
            content_hash=sha256(context),
            issued_by=by,
        )
        render_document.enqueue(document.pk)


@task()
def render_document(pk: int) -> None:
    """Make and keep the PDF of an issued paper; a second run finds it made."""
    store_pdf(IssuedDocument.objects.get(pk=pk))


def issued_paper(document: IssuedDocument) -> Paper:
    """The paper as it was issued."""
    return paper_of(document.kind, document.context)


def paper_of(kind: str, context: dict[str, Any]) -> Paper:
    """The paper that a stored context is."""
    return from_json(PAPERS[kind], context)


def has_rendering(document: IssuedDocument) -> bool:
    """Whether the bytes are stored."""
    return Rendering.objects.filter(document=document).exists()


def issued_pdf(document: IssuedDocument) -> bytes:
    """The stored bytes; until they are stored, the same bytes made now."""
    rendering = Rendering.objects.filter(document=document).first()
    if rendering is None:
        return pdf_bytes([issued_paper(document)])
    content = _path(rendering.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != rendering.sha256:
        raise OSError(f"issued paper {document.code} is damaged on disk")
    return content


def store_pdf(document: IssuedDocument) -> Rendering:
    """Make the bytes and keep them by hash; whoever comes second takes what is there."""
    found = Rendering.objects.filter(document=document).first()
    if found:
        return found
    content = pdf_bytes([issued_paper(document)])
    digest = hashlib.sha256(content).hexdigest()
    _keep(_path(digest), content)
    try:
        with transaction.atomic():
            return Rendering.objects.create(document=document, sha256=digest, size=len(content))
    except IntegrityError:
        return Rendering.objects.get(document=document)


def _path(digest: str) -> Path:
    return Path(settings.DATA_DIR) / "issued" / digest[:2] / f"{digest}.pdf"


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all, and on disk before anything refers to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, path)
