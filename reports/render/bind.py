"""Many PDFs bound into one book: bookmarks, and a page number on every page."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Piece = io.BytesIO | Path
RIGHT, TOP = 525, 805  # where the number stands, in points from the lower left of A4


def bind(pieces: Sequence[Piece], marks: Sequence[tuple[str, int]], title: str, to: Path) -> None:
    """Write the pieces one after the other; ``marks`` are (name, page from 1)."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for piece in pieces:
        writer.append(piece, import_outline=False)
    for name, page in marks:
        writer.add_outline_item(title=name, page_number=page - 1)
    _number(writer)
    writer.metadata = {"/Title": title}
    with to.open("wb") as file:
        writer.write(file)


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)


def _number(writer: Any) -> None:
    """Set before the page's own content, which leaves its own measure behind."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    reference = writer._add_object(font)
    for number, page in enumerate(writer.pages, start=1):
        resources = page["/Resources"].get_object()
        fonts = resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()
        fonts[NameObject("/BookNumber")] = reference
        stamp = StreamObject()
        stamp.set_data(f"q BT /BookNumber 10 Tf {RIGHT} {TOP} Td ({number}) Tj ET Q\n".encode())
        own = page.raw_get("/Contents")
        page[NameObject("/Contents")] = ArrayObject([writer._add_object(stamp), own])
