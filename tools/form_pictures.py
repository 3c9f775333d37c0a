"""Draw docs/forms/: every table as it was issued, and beside it our blank and filled form.

Run: .venv/bin/python tools/form_pictures.py [name of a fixture…]
"""

import os
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "forms"
SOURCES = ROOT / "tests" / "rubrics" / "source"
PER_ROW, GAP, GREYS, DPI = 2, 12, 8, 66
ISSUED = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{0}</title><style>
@page {{ margin: 16mm 14mm; }} body {{ columns: 2; column-gap: 8mm; }}
p {{ font-size: 9pt; line-height: 1.35; margin: 0 0 1mm; white-space: pre-wrap; }}
</style></head><body>{1}</body></html>"""


def main(wanted: list[str]) -> None:
    """All tables, or the named ones."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chabaocu.settings")
    import django

    django.setup()
    from tests.reports.tables import NAMES

    TARGET.mkdir(parents=True, exist_ok=True)
    for name in wanted or NAMES:
        for kind, content in _papers(name).items():
            picture = TARGET / f"{name}-{kind}.png"
            _tiled(content).save(picture, optimize=True)
            print(f"{picture.name}: {picture.stat().st_size // 1024} KB")


def _papers(name: str) -> dict[str, bytes]:
    """Each picture's pages as PDF."""
    from reports.documents.record import blank_record
    from reports.documents.scoresheet import blank_form
    from reports.render.pdf import html_pdf, pdf_bytes
    from tests.reports.tables import filled, outline

    table = outline(name)
    issued = (SOURCES / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in issued.splitlines() if line.strip()]
    words = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return {
        "issued": html_pdf(ISSUED.format(escape(table.title), words)),
        "blank": pdf_bytes([blank_form(table), blank_record(table.target)]),
        "filled": pdf_bytes([filled(table)]),
    }


def _tiled(content: bytes):
    """The pages side by side, in a few greys."""
    import pypdfium2
    from PIL import Image

    pages = [
        page.render(scale=DPI / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(content)
    ]
    wide, high = pages[0].width + GAP, pages[0].height + GAP
    columns = min(PER_ROW, len(pages))
    rows = -(-len(pages) // PER_ROW)
    sheet = Image.new("L", (columns * wide + GAP, rows * high + GAP), 200)
    for number, page in enumerate(pages):
        row, column = divmod(number, PER_ROW)
        sheet.paste(page, (GAP + column * wide, GAP + row * high))
    return sheet.quantize(GREYS)


if __name__ == "__main__":
    main(sys.argv[1:])
