"""What a save changed of a text: the paragraphs between the first and the last that differ.

A chapter saves by itself at every pause of the hand, and each save leaves its event. The event
tells the passage and not twenty thousand characters: that is what a reader wants to see, and
``undone`` leads from the text that stands back through all that it said before.
"""

from dataclasses import dataclass
from os.path import commonprefix


@dataclass(frozen=True)
class Passage:
    """From the paragraph of this number on, what stood there and what stands there now."""

    paragraph: int
    before: str
    after: str


def changed(before: str, after: str) -> Passage:
    """The passage in which two texts differ; both sides are empty where they are the same."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first = len(commonprefix([old, new]))
    old, new = old[first:], new[first:]
    rest = len(commonprefix([old[::-1], new[::-1]]))
    passages = ("".join(lines[: len(lines) - rest]) for lines in (old, new))
    return Passage(first + 1, *passages)


def undone(text: str, passage: Passage) -> str:
    """The text before the change; ``text`` is the one after it."""
    lines = text.splitlines(keepends=True)
    head = len("".join(lines[: passage.paragraph - 1]))
    return text[:head] + passage.before + text[head + len(passage.after) :]
