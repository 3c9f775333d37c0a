"""A 公文 as PDF, in the same measures as its Word; equal papers give equal bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from reports.documents.official import TABLE, Annex, Block, Official
from reports.render.official_styles import LOOKS, MM, WIDE, WIDTH
from reports.render.pdf import html_pdf, qr_image
from reports.render.shares import broken, centred, head_size, is_small, sender_indent, shares

STYLES = ("css/tokens.css", "css/print-official.css")


@dataclass(frozen=True)
class Grid:
    """A table as its page shows it; the widths of its columns are rules of a style sheet."""

    text: str
    rows: tuple[tuple[str, ...], ...]
    id: str
    width: float  # mm of the text it stands in
    look: str = TABLE

    @property
    def is_small(self) -> bool:
        return is_small(self.rows, self.width)

    @property
    def head(self) -> tuple[str, ...]:
        return self.rows[0]

    @property
    def body(self) -> list[list[tuple[str, bool]]]:
        """The cells of each row, and whether they are centred."""
        looks = centred(self.rows)
        return [list(zip(row, looks, strict=True)) for row in self.rows[1:]]

    @property
    def rules(self) -> str:
        face = LOOKS["表中小字" if self.is_small else "表中文字"]
        parts = shares(self.rows, self.width * MM / face.size)
        return "".join(
            f"#{self.id} th:nth-child({number}) {{ width: {part}%; }}\n"
            for number, part in enumerate(parts, start=1)
        )


def official_pdf(paper: Official) -> bytes:
    """The paper as PDF."""
    blocks = list(_blocks(paper.blocks, "t", WIDTH))
    annexes = [_annex(number, *pair) for number, pair in enumerate(paper.enclosed, start=1)]
    context = {
        "paper": paper,
        "title": "\n".join(broken(paper.title)),
        "blocks": blocks,
        "annexes": annexes,
        "qr": qr_image(paper.stamp.verify_url),
        "address": settings.SITE_URL + "/verify/",
    }
    html = render_to_string("reports/pdf/official.html", context)
    shown = [*blocks, *(block for annex in annexes for block in annex["blocks"])]
    return html_pdf(html, styles=STYLES, rules=_rules(paper, shown))


def _annex(number: int, label: str, annex: Annex) -> dict:
    width = WIDE if annex.wide else WIDTH
    return {
        "label": label,
        "title": "\n".join(broken(annex.name)),
        "wide": annex.wide,
        "blocks": list(_blocks(annex.blocks, f"a{number}-", width)),
    }


def _blocks(blocks: Iterable[Block], prefix: str, width: float) -> Iterator[Block | Grid]:
    for number, block in enumerate(blocks):
        is_table = block.look == TABLE
        yield Grid(block.text, block.rows, f"{prefix}{number}", width) if is_table else block


def _rules(paper: Official, shown: Iterable[Block | Grid]) -> str:
    """What depends on the words: the size of the red name, where the sender stands, columns."""
    head = f".official .head {{ font-size: {head_size(paper.head)}pt; }}\n" if paper.head else ""
    right = sender_indent(paper.sender, paper.day)
    sender = f".official .sender {{ padding-right: {right}em; }}\n"
    return head + sender + "".join(grid.rules for grid in shown if isinstance(grid, Grid))
