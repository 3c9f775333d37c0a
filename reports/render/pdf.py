"""Papers as PDF: each page a table of its own, many papers in one file."""

from collections.abc import Sequence

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
    html, document, parts = _lay_out(weasy.engine(), papers, title)
    counts = [sum(part.number == n for part in parts) for n in range(len(papers))]
    return weasy.write(document, html), counts


def html_pdf(html: str, *, styles: tuple[str, ...] = ()) -> bytes:
    """A page of ours that is no form (a table of contents, a notice) as PDF.

    ``styles`` name further style sheets of the project.
    """
    weasy = _weasy()
    with weasy.LOCK:
        return weasy.write(weasy.engine().layout(html, styles), html)


def _weasy():
    try:
        from reports.render import weasy
    except OSError as error:
        raise PrinterMissing from error
    return weasy


def _lay_out(engine, papers, title):
    """One part a paper; papers that do not fit are measured, cut, and all laid out again."""
    from reports.render.measure import page_parts

    parts = [Part(paper, number) for number, paper in enumerate(papers)]
    html = papers_html(parts, title)
    document = engine.layout(html)
    pages = page_parts(document)
    long = [n for n in range(len(papers)) if sum(n in page for page in pages) != 1]
    if long:
        parts = [p for part in parts for p in _cut(engine, part, part.number in long)]
        html = papers_html(parts, title)
        document = engine.layout(html)
    return html, document, parts


def _cut(engine, part: Part, is_long: bool) -> list[Part]:
    from reports.render.measure import measure_cells

    if not is_long:
        return [part]
    flow = Part(part.paper, part.number, is_flow=True)
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
