"""WeasyPrint, held on a short leash: one font configuration, styles parsed once, no reading.

Imported inside functions only, because it takes half a second.
"""

import threading
from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.render.fonts import font_css, installed_fonts

SCHEME = "chabaocu:font/"
STYLES = ("css/print-page.css", "css/print.css")
# Pango and the font configuration are not made for two threads at once.
LOCK = threading.Lock()


class OwnFilesOnly(URLFetcher):
    """Gives our fonts by number, and data: addresses; every other address is refused unread."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        if url.startswith(SCHEME):
            font = installed_fonts()[int(url.removeprefix(SCHEME))]
            return URLFetcherResponse(url, font.path.read_bytes(), {"Content-Type": "font/otf"})
        return super().fetch(url, headers)


class Engine:
    """What a process prepares once."""

    def __init__(self) -> None:
        self.fetcher = OwnFilesOnly()
        self.fonts = FontConfiguration()
        self.styles = [self.parse(font_css())] + [self.parse(_static_text(n)) for n in STYLES]
        self.further: dict[str, CSS] = {}

    def layout(
        self, html: str, styles: tuple[str, ...] = (), sheets: Sequence[CSS] = ()
    ) -> Document:
        """``styles`` name further style sheets of the project, ``sheets`` are parsed ones."""
        for name in styles:
            if name not in self.further:
                self.further[name] = self.parse(_static_text(name))
        page = HTML(string=html, url_fetcher=self.fetcher)
        used = [*self.styles, *(self.further[name] for name in styles), *sheets]
        return page.render(font_config=self.fonts, stylesheets=used)

    def parse(self, text: str) -> CSS:
        return CSS(string=text, url_fetcher=self.fetcher, font_config=self.fonts)


@cache
def engine() -> Engine:
    """The engine of this process."""
    return Engine()


def write(document: Document, html: str, **options: bool) -> bytes:
    """The PDF; the same content gives the same bytes."""
    return document.write_pdf(pdf_identifier=sha256(html.encode()).digest()[:16], **options)


def _static_text(name: str) -> str:
    return (settings.BASE_DIR / "static" / name).read_text(encoding="utf-8")
