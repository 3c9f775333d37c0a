"""Many PDFs bound into one book: bookmarks, and a page number on every page."""

import io
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from reports.render.forms import FORM_NAME

Piece = io.BytesIO | Path
RIGHT, TOP = 525, 805  # where the number stands, in points from the lower left of A4


def bind(pieces: Sequence[Piece], marks: Sequence[tuple[str, int]], title: str, to: Path) -> None:
    """Write the pieces one after the other; ``marks`` are (name, page from 1)."""
    import pikepdf

    with ExitStack() as opened:
        book = opened.enter_context(pikepdf.new())
        for piece in pieces:
            source = opened.enter_context(pikepdf.open(piece))
            book.pages.extend(source.pages)
        _share_forms(book)
        _number(book)
        with book.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(name, page - 1) for name, page in marks)
        book.docinfo["/Title"] = title
        book.save(to, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def _share_forms(book: Any) -> None:
    """Forms of one name are equal: each piece brought its own, the book needs one."""
    first: dict[str, Any] = {}
    for page in book.pages:
        objects = page.resources.get("/XObject", {})
        for name in [name for name in objects if name.startswith(f"/{FORM_NAME}")]:
            objects[name] = first.setdefault(name, objects[name])


def _number(book: Any) -> None:
    """Set before the page's own content, which leaves its own measure behind."""
    import pikepdf

    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = book.make_indirect(
        pikepdf.Dictionary({key: pikepdf.Name(value) for key, value in names.items()})
    )
    for number, page in enumerate(book.pages, start=1):
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name.BookNumber)
        stamp = f"q BT /BookNumber 10 Tf {RIGHT} {TOP} Td ({number}) Tj ET Q\n"
        page.contents_add(stamp.encode(), prepend=True)
