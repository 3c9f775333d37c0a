"""Papers as PDF: each page a table of its own, many papers in one file."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string

from reports.render.parts import Paper, Part, cut

MASK = 3


class PrinterMissing(RuntimeError):
    """The system libraries of the PDF renderer are not installed; doctor says how to mend it."""


def pdf_bytes(papers: Sequence[Paper], *, title: str = "") -> bytes:
    """The papers one after the other; equal papers give equal bytes."""
    return pdf_with_pages(papers, title=title)[0]


def pdf_with_pages(papers: Sequence[Paper], *, title: str = "") -> tuple[bytes, list[int]]:
    """The PDF, and how many pages each paper takes.

    Papers are stamped on their forms where their values fit, the others laid out as a whole.
    """
    weasy = _weasy()
    from reports.render.assemble import assemble
    from reports.render.stamp import values_of

    title = title or papers[0].name
    with weasy.LOCK:
        values = values_of(papers, title)
        if values is None:
            return _whole(papers, title)
        counts = dict.fromkeys(values.papers, 1)
        rest = [number for number in range(len(papers)) if number not in counts]
        whole, pages = _whole([papers[n] for n in rest], title) if rest else (b"", [])
        counts |= dict(zip(rest, pages, strict=True))
        ordered = [counts[number] for number in range(len(papers))]
        return assemble(values, values.pdf(), whole, ordered), ordered


def whole_bytes(papers: Sequence[Paper], *, title: str = "") -> bytes:
    """The papers laid out as a whole, without stamping: what stamped pages must look like."""
    with _weasy().LOCK:
        return _whole(papers, title or papers[0].name)[0]


def _whole(papers: Sequence[Paper], title: str) -> tuple[bytes, list[int]]:
    weasy = _weasy()
    html, document, counts = _lay_out(weasy.engine(), papers, title)
    return weasy.write(document, html), counts


def html_pdf(html: str, *, styles: tuple[str, ...] = (), rules: str = "") -> bytes:
    """A page of ours that is no form (a table of contents, a notice) as PDF.

    ``styles`` name further style sheets of the project, ``rules`` are those of this page alone.
    """
    weasy = _weasy()
    with weasy.LOCK:
        engine = weasy.engine()
        sheets = [engine.parse(rules)] if rules else []
        return weasy.write(engine.layout(html, styles, sheets), html)


def _weasy():
    try:
        from reports.render import weasy
    except OSError as error:
        raise PrinterMissing from error
    return weasy


def _lay_out(engine, papers, title):
    """One part a paper; papers that do not fit are measured, cut, and all laid out again.

    A page that came out too long, because a label needs more room than the rows it stands
    beside, is cut once more with room to spare.
    """
    parts = [Part(paper, number) for number, paper in enumerate(papers)]
    html, document, counts = _laid_out(engine, parts, title)
    for is_tight in (False, True):
        long = {n for n in counts if counts[n] != sum(part.number == n for part in parts)}
        if long:
            fresh = (Part(paper, n, is_tight=is_tight) for n, paper in enumerate(papers))
            cut_now = {n: _cut(engine, part) for n, part in enumerate(fresh) if n in long}
            parts = _with(parts, cut_now)
            html, document, counts = _laid_out(engine, parts, title)
    return html, document, [counts[n] for n in range(len(papers))]


def _laid_out(engine, parts, title):
    """The layout, and how many pages each paper takes in it."""
    from reports.render.measure import page_parts

    html = papers_html(parts, title)
    document = engine.layout(html)
    pages = page_parts(document)
    counts = {n: sum(n in page for page in pages) for n in {part.number for part in parts}}
    return html, document, counts


def _with(parts: Sequence[Part], cut_now: dict[int, list[Part]]) -> list[Part]:
    """The parts, those of some papers replaced."""
    kept = {part.number: [p for p in parts if p.number == part.number] for part in parts}
    return [part for pieces in (kept | cut_now).values() for part in pieces]


def _cut(engine, part: Part) -> list[Part]:
    from reports.render.measure import measure_cells

    flow = replace(part, is_flow=True)
    return cut(part.paper, part.number, measure_cells(engine.layout(papers_html([flow], ""))))


def papers_html(parts: Sequence[Part], title: str) -> str:
    """The page the renderer prints; every text of a person is escaped by the template."""
    context = {"title": title, "pages": [page_context(part) for part in parts]}
    return render_to_string("reports/pdf/papers.html", context)


def page_context(part: Part) -> dict:
    """A part with its QR code."""
    return {
        "part": part,
        "qr": qr_image(part.paper.stamp.verify_url),
        "address": settings.SITE_URL + "/verify/",
    }


def qr_image(address: str) -> str:
    """The address as a data: image, drawn faster than an SVG; nothing without an address.

    Readers take any of the eight masks; weighing them all took ten times as long as the drawing.
    """
    if not address:
        return ""
    import segno

    return segno.make(address, error="m", mask=MASK).png_data_uri(scale=4, border=0)


def plain_html(paper: Paper) -> dict:
    """The context of the preview: the same template, uncut."""
    return page_context(Part(paper, 0))
