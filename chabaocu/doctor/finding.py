"""One thing the doctor says."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "✓"
    WARNING = "!"
    ERROR = "✗"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do when it is not well."""

    level: Level
    what: str
    remedy: str = ""

    def __str__(self):
        line = f"{self.level} {self.what}"
        return f"{line}\n    → {self.remedy}" if self.remedy else line


def judge(is_well: bool, what: str, remedy: str, *, otherwise: Level = Level.ERROR) -> Finding:
    """OK when all is well, else ``otherwise`` with the remedy."""
    return Finding(Level.OK, what) if is_well else Finding(otherwise, what, remedy)
