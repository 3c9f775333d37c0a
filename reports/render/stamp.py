"""Papers on forms that were laid out once: only the values are laid out, each in its place.

The same renderer sets the same text in a box of the same width, so that a stamped page looks
like one laid out as a whole. A paper whose values need more room than its form gives them, or
whose form is longer than a page, is not stamped.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string

from reports.render.forms import FORM_NAME, form_of
from reports.render.parts import Paper, Part
from reports.render.places import Place, fits, heights, owners, places
from reports.render.weasy import engine, write

FORMS_KEPT = 32
STYLES = ("css/print-values.css",)


@dataclass(frozen=True, eq=False)
class Form:
    """A form laid out: its page as an object of a PDF, the places of its values, and these as a
    style sheet.
    """

    name: str
    pdf: Any  # owns the page: open as long as the form is kept
    page: Any
    places: dict[str, Place]
    styles: Any


@dataclass(frozen=True, eq=False)
class Values:
    """Pages with the values of papers and nothing else, each with the form it belongs on."""

    document: Any
    html: str
    papers: tuple[int, ...]
    forms: tuple[Form, ...]

    def pdf(self) -> bytes:
        """The pages with the values alone, to be compressed when they are put on their forms."""
        return write(self.document, self.html, uncompressed_pdf=True)


@lru_cache(maxsize=FORMS_KEPT)
def laid_out(paper: Paper) -> Form | None:
    """The form that ``form_of`` gives, laid out; nothing if it is longer than a page."""
    import pikepdf

    from reports.render.pdf import papers_html

    html = papers_html([Part(paper, 0, is_form=True)], "")
    document = engine().layout(html)
    if len(document.pages) != 1:
        return None
    content = write(document, html)
    name = FORM_NAME + sha256(content).hexdigest()[:16]
    found = places(document.pages[0])
    styles = engine().parse(_rules(name, found))
    pdf = pikepdf.open(io.BytesIO(content))
    return Form(name, pdf, pdf.pages[0].as_form_xobject(), found, styles)


def _rules(name: str, found: dict[str, Place]) -> str:
    return "".join(f".at-{name}-{key} {{ {p.declarations} }}\n" for key, p in found.items())


def values_of(papers: Sequence[Paper], title: str) -> Values | None:
    """The values of those papers that can be stamped."""
    numbered = [(number, laid_out(form_of(paper))) for number, paper in enumerate(papers)]
    wanted = [(number, form) for number, form in numbered if form]
    if not wanted:
        return None
    html = render_to_string(
        "reports/pdf/values.html",
        {"title": title, "pages": [_context(papers[number], form) for number, form in wanted]},
    )
    sheets = list({form.name: form.styles for _, form in wanted}.values())
    document = engine().layout(html, STYLES, sheets)
    return _fitting(document, html, wanted)


def _context(paper: Paper, form: Form) -> dict:
    from reports.render.pdf import page_context

    context = page_context(Part(paper, 0))
    return context | {"paper": paper, "form": form.name, "template": paper.values_template}


def _fitting(document: Any, html: str, wanted: list[tuple[int, Form]]) -> Values | None:
    """The pages whose values all fit; one that ran over spoils the next page, too."""
    pages, kept = [], []
    for page in document.pages:
        on_it = owners(page)
        if len(on_it) != 1:
            continue
        number, form = wanted[int(on_it.pop())]
        if _all_fit(form, heights(page)):
            pages.append(page)
            kept.append((number, form))
    if not kept:
        return None
    numbers, forms = zip(*kept, strict=True)
    return Values(document.copy(pages), html, numbers, forms)


def _all_fit(form: Form, found: dict[str, float]) -> bool:
    return form.places.keys() == found.keys() and all(
        fits(form.places[name], height) for name, height in found.items()
    )
