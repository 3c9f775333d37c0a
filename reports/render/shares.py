"""Where words stand on a page, told from their length: columns, titles, names."""

from collections.abc import Sequence
from math import ceil

from reports.render.official_styles import LOOKS, MM, WIDTH

Rows = Sequence[Sequence[str]]
LONG = 24  # characters from which a cell is a paragraph, which wraps
SHORT = 10  # a column of cells no longer is centred
SIDES = 2.4  # characters, of white beside the text of a cell
HEAD, DAY = 38, 4  # points of a red name that is short enough; characters right of the day
TITLE, NEAR = 19, 5  # characters of a title on a line; how far from the middle it may be broken
AFTER, BEFORE = "的、》）", ("关于", "《", "（", "督导", "情况", "通知", "报告", "意见")
CROWDED = 1.2  # times the room; a table that asks for more has the smaller face


def shares(rows: Rows, room: float) -> tuple[int, ...]:
    """The width of each column in percent of a table ``room`` characters wide; together 100.

    Columns of short words get what these need, the others share the rest.
    """
    columns = list(zip(*rows, strict=True))
    needs = [_need(column) for column in columns]
    long = [max(map(em, column)) > SHORT for column in columns]
    rest = room - sum(need for need, is_long in zip(needs, long, strict=True) if not is_long)
    asked = sum(need for need, is_long in zip(needs, long, strict=True) if is_long)
    if asked and rest > room / 3:
        needs = [n * rest / asked if is_long else n for n, is_long in zip(needs, long, strict=True)]
    whole = [int(100 * need / sum(needs)) for need in needs]
    whole[needs.index(max(needs))] += 100 - sum(whole)
    return tuple(whole)


def centred(rows: Rows) -> tuple[bool, ...]:
    """Which columns are centred: those of short words and numbers."""
    body = rows[1:] or rows
    return tuple(max(map(em, column)) <= SHORT for column in zip(*body, strict=True))


def is_small(rows: Rows, width: float) -> bool:
    """Whether the table is set in the smaller face: it says much for ``width`` mm of page."""
    room = width * MM / LOOKS["表中文字"].size
    return sum(map(_need, zip(*rows, strict=True))) > CROWDED * room


def head_size(name: str) -> int:
    """The points of a 发文机关标志 that stands on one line of the page, however long it is."""
    return min(HEAD, int(WIDTH * MM / max(len(name), 1)))


def sender_indent(sender: str, day: str) -> float:
    """Characters from the right at which the sender ends, to stand over the middle of the day.

    The day ends four characters from the right (GB/T 9704-2012 7.3.5.1: 右空四字).
    """
    return max(DAY + (em(day) - em(sender)) / 2, 0)


def em(text: str) -> float:
    """How many characters wide the text is; a Latin letter or digit is half a character."""
    return sum(1 if ord(char) > 0x2E7F or char in "“”‘’—…" else 0.5 for char in text)


def broken(title: str) -> tuple[str, ...]:
    """The lines of a title of 二号: as it says itself, else of about one length, between words.

    GB/T 9704-2012 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜.
    """
    if "\n" in title or em(title) <= TITLE:
        return tuple(title.split("\n"))
    count = ceil(em(title) / TITLE)
    at = _cut(title, len(title) // count)
    return (title[:at], *broken(title[at:]))


def _cut(title: str, ideal: int) -> int:
    """The place nearest to the ideal one where a word ends, if there is one near."""
    places = range(max(ideal - NEAR, 1), min(ideal + NEAR, len(title) - 1) + 1)
    ends = [at for at in places if title[at - 1] in AFTER or title.startswith(BEFORE, at)]
    return min(ends or [ideal], key=lambda at: abs(at - ideal))


def _need(column: Sequence[str]) -> float:
    """Between the longest cell and the usual one, so that one long cell does not take the page."""
    widths = [min(em(cell), LONG) for cell in column]
    longest = max(widths)
    usual = longest if longest <= SHORT else sum(widths) / len(widths)
    return SIDES + (longest + usual) / 2
