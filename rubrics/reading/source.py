"""What the readers hand on: pieces of the source, and what was made of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rubrics.outline import Outline

UNDERSTOOD, GUESSED, QUESTION, DROPPED = "understood", "guessed", "question", "dropped"
MOST_LINES, MOST_CHARS = 3000, 300_000


class BadSource(Exception):
    """The source is refused as a whole; the message says why and what to do, in Chinese."""


@dataclass(frozen=True)
class Line:
    """A line, paragraph or cell of the source, as the page shows it."""

    place: str
    text: str


@dataclass(frozen=True)
class Piece:
    """A part of the source with its role: section, content, detail, method, head, note, total."""

    role: str
    place: str
    text: str
    points: Decimal | None = None  # from a column of its own
    column: str = ""  # heads: what the column is for
    scope: str = ""  # methods: table, section or item, where merged cells tell it


@dataclass(frozen=True)
class Note:
    """What was understood, guessed, asked or dropped; ``code`` names the point or item meant."""

    kind: str
    place: str
    text: str
    code: str = ""


@dataclass(frozen=True)
class Reading:
    """A table as read: never more certain than its notes say."""

    outline: Outline
    notes: tuple[Note, ...]
    lines: tuple[Line, ...]
    places: Mapping[str, str] = field(default_factory=dict)  # code of a point → its line

    def of(self, kind: str) -> tuple[Note, ...]:
        """The notes of one kind."""
        return tuple(note for note in self.notes if note.kind == kind)
