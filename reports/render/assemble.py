"""One PDF from stamped pages, their forms below, and pages laid out as a whole between them."""

import io
from collections.abc import Sequence
from typing import Any

from reports.render.stamp import Values


def assemble(values: Values, written: bytes, whole: bytes, counts: Sequence[int]) -> bytes:
    """The papers in order: paper ``n`` takes ``counts[n]`` pages.

    ``written`` are the pages of the values, ``whole`` those of every other paper, in order; the
    same content gives the same bytes.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(written)) as pdf:
        _lay_below(pdf, values)
        if whole:
            with pikepdf.open(io.BytesIO(whole)) as other:
                _insert(pdf, other, set(values.papers), counts)
                return _saved(pdf)
        return _saved(pdf)


def _lay_below(pdf: Any, values: Values) -> None:
    """Each form is in the file once, whatever the number of pages that show it."""
    import pikepdf

    below = {form.name: pdf.copy_foreign(form.page) for form in dict.fromkeys(values.forms)}
    for page, form in zip(pdf.pages, values.forms, strict=True):
        name = page.add_resource(below[form.name], pikepdf.Name.XObject, f"/{form.name}")
        page.contents_add(f"q {name} Do Q\n".encode(), prepend=True)


def _insert(pdf: Any, other: Any, stamped: set[int], counts: Sequence[int]) -> None:
    at, taken = 0, 0
    for number, count in enumerate(counts):
        if number not in stamped:
            for page in other.pages[taken : taken + count]:
                pdf.pages.insert(at, page)
                at += 1
            taken += count
        else:
            at += count


def _saved(pdf: Any) -> bytes:
    import pikepdf

    buffer = io.BytesIO()
    pdf.save(
        buffer,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return buffer.getvalue()
