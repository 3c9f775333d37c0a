"""Letters and files about a hazard as PDF, in the type of 公文."""

import base64

from django.conf import settings
from django.template.loader import render_to_string

from attachments import storage
from reports.documents.hazard_file import HazardFile, Shot
from reports.documents.letter import Letter
from reports.render.official_pdf import official_pdf
from reports.render.pdf import html_pdf, qr_image

STYLES = ("css/tokens.css", "css/print-letter.css")
FILE_STYLES = (*STYLES, "css/print-hazard-file.css")


def hazard_pdf(paper: Letter | HazardFile) -> bytes:
    """The PDF; equal papers give equal bytes."""
    if isinstance(paper, HazardFile):
        context = _context(paper) | {
            "pairs": [(_seen(p.before), _seen(p.after)) for p in paper.pairs]
        }
        return html_pdf(
            render_to_string("reports/pdf/hazard_file.html", context), styles=FILE_STYLES
        )
    return official_pdf(paper.official)


def _context(paper: HazardFile) -> dict:
    return {
        "paper": paper,
        "qr": qr_image(paper.stamp.verify_url),
        "address": settings.SITE_URL + "/verify/",
    }


def _seen(shot: Shot | None) -> dict | None:
    """The thumbnail as data, for the printer reads no files; a lost one is said to be so."""
    if shot is None:
        return None
    path = storage.thumb_path_of(shot.sha256)
    data = base64.b64encode(path.read_bytes()).decode() if path.is_file() else ""
    return {"words": shot.words, "image": f"data:image/jpeg;base64,{data}" if data else ""}
