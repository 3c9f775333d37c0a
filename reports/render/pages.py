"""What stands where on the pages of a PDF: lines, their characters, faces, the page's number."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

HAN = re.compile(r"[㐀-鿿]")
WHOLE = re.compile(r"[㐀-鿿　-〿＀-￯]")
NUMBER = re.compile(r"—\s*\d+\s*—")
SAME_LINE = 4  # points
NEAR = 1.5  # points


@dataclass(frozen=True)
class Character:
    """A character, where it stands in points from the bottom left of the page, and its face."""

    text: str
    left: float
    base: float  # of the line it stands on
    right: float
    size: float
    face: str


@dataclass(frozen=True)
class Page:
    """One page; only what is printed on it."""

    width: float
    height: float
    characters: tuple[Character, ...]

    @property
    def is_upright(self) -> bool:
        return self.height > self.width

    @property
    def faces(self) -> set[str]:
        return {character.face for character in self.characters if character.face}

    @cached_property
    def lines(self) -> list[list[Character]]:
        """From top to bottom, each from left to right."""
        rows: dict[float, list[Character]] = defaultdict(list)
        for one in self.characters:
            near = next((at for at in rows if abs(at - one.base) < SAME_LINE), one.base)
            rows[near].append(one)
        return [sorted(rows[at], key=lambda c: c.left) for at in sorted(rows, reverse=True)]

    def body(self, size: float) -> list[list[Character]]:
        """The lines that are set in this size throughout."""
        return [line for line in self.lines if all(abs(c.size - size) < 0.6 for c in line)]

    def full_lines(self, left: float, width: float, size: float) -> Iterator[int]:
        """How many characters the lines have that begin at the edge and are full to the other.

        Lines with digits or Latin letters are not counted: these are narrower.
        """
        for line in self.body(size):
            begins = abs(line[0].left - left) < size / 2
            ends = line[-1].right > left + width - 1.5 * size
            if begins and ends and all(WHOLE.match(c.text) for c in line):
                yield len(line)

    def full_count(self, size: float, height: float) -> int:
        """How many lines the page has when it is full of lines of this size, else 0."""
        lines = self.body(size)
        if len(lines) < 2:
            return 0
        pitches = list(self.pitches(size))
        pitch = max(set(pitches), key=pitches.count)
        even = all(abs(one - pitch) < NEAR for one in pitches)
        spans = lines[0][0].base - lines[-1][0].base + pitch
        return len(lines) if even and height - pitch < spans else 0

    def pitches(self, size: float) -> Iterator[float]:
        """From each line to the next one, in points, to a tenth."""
        lines = self.body(size)
        for one, other in zip(lines, lines[1:], strict=False):
            yield round(one[0].base - other[0].base, 1)

    def advances(self, size: float) -> Iterator[float]:
        """From each Chinese character to the one beside it, in points, to a tenth."""
        for line in self.body(size):
            for one, other in zip(line, line[1:], strict=False):
                if HAN.match(one.text) and HAN.match(other.text):
                    yield round(other.left - one.left, 1)

    def edges(self, size: float) -> Iterator[tuple[float, float]]:
        """Where the lines of this size begin and end."""
        for line in self.body(size):
            yield line[0].left, line[-1].right

    @property
    def number_side(self) -> str:
        """At which side the page's number stands; nothing without one."""
        for line in reversed(self.lines):
            text = "".join(c.text for c in line)
            if found := NUMBER.search(text):
                middle = line[found.start()].left + line[found.end() - 1].right
                return "right" if middle > self.width else "left"
        return ""


def pages_of(content: bytes) -> list[Page]:
    """The pages of a PDF; ImportError where the reader is not installed."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return [Page(*page.get_size(), tuple(_characters(page))) for page in document]


def _characters(page: Any) -> Iterator[Character]:
    import pypdfium2.raw as raw

    text = page.get_textpage()
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if sign.isspace() or not sign.isprintable():
            continue
        left, _, right, _ = text.get_charbox(index, loose=True)
        size = raw.FPDFText_GetFontSize(text, index) * _scale(text, index)
        yield Character(sign, left, _base(text, index), right, size, _face(text, index))


def _scale(text: Any, index: int) -> float:
    """Some programs set type in a unit of their own and scale the page."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    return abs(matrix.d) if raw.FPDFText_GetMatrix(text, index, matrix) else 1.0


def _base(text: Any, index: int) -> float:
    import ctypes

    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    return y.value


def _face(text: Any, index: int) -> str:
    """The name of the face, without the mark of a subset before it."""
    import ctypes

    import pypdfium2.raw as raw

    length = raw.FPDFText_GetFontInfo(text, index, None, 0, None)
    if not length:
        return ""
    name = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(text, index, name, length, None)
    return re.sub(r"^[A-Z]{6}\+", "", name.value.decode(errors="replace"))
