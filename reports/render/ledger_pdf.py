"""A ledger as PDF: its heads stand on every page, the page says its number."""

from django.template.loader import render_to_string

from reports.documents.ledger import Head, Ledger
from reports.render.hazard_pdf import FILE_STYLES
from reports.render.pdf import html_pdf

STYLES = (*FILE_STYLES, "css/print-ledger.css")


def ledger_pdf(ledger: Ledger) -> bytes:
    """The PDF; equal ledgers give equal bytes."""
    context = {
        "paper": ledger,
        "parts": [
            {"heading": part.heading, "rows": [_cells(ledger, row) for row in part.rows]}
            for part in ledger.parts
        ],
        "sums": _cells(ledger, ledger.sums) if ledger.sums else [],
    }
    return html_pdf(render_to_string("reports/pdf/ledger.html", context), styles=STYLES)


def _cells(ledger: Ledger, row: tuple[str, ...]) -> list[tuple[Head, str]]:
    return list(zip(ledger.heads, row, strict=True))
