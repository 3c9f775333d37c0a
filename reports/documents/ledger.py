"""A paper that is one ruled table: its heads on each page, its sum, the lines to be signed.

The same content for PDF and Word: 奖励台账, 存在问题清单, 通报批评名单.
"""

from dataclasses import dataclass

# look of a column → millimetres, as in print-ledger.css; what is not named shares what is left
WIDTHS = {"n": 12, "t": 24, "w": 52, "c": 33, "s": 13, "p": 18, "m": 20, "d": 30, "ink": 26}
MIDDLE, RIGHT = frozenset({"n", "s"}), frozenset({"m"})


@dataclass(frozen=True)
class Head:
    """One column: its name, and how wide and where its words stand."""

    label: str
    look: str = ""


@dataclass(frozen=True)
class Part:
    """Rows under a heading of their own, or under none."""

    rows: tuple[tuple[str, ...], ...]
    heading: str = ""


@dataclass(frozen=True)
class Ledger:
    """The whole paper. ``sums`` is its last row; ``signs`` are who signs below it."""

    title: str
    under: str
    heads: tuple[Head, ...]
    parts: tuple[Part, ...]
    words: str = ""
    empty: str = ""
    sums: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    is_wide: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(part.rows for part in self.parts)
