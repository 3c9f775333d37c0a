"""What a round's data say for a report: plain numbers, each with the address it was counted at."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One number as the text has it, and the page that shows what it was counted from."""

    name: str
    value: str
    address: str = ""

    def kept(self) -> dict[str, str]:
        """As a chapter stores it."""
        return {"name": self.name, "value": self.value, "address": self.address}


@dataclass(frozen=True)
class Place:
    """One place in the ranking of a kind of unit."""

    name: str
    rank: str  # 1, or 1（并列）
    sheets: int
    rate: str
    total: str
    address: str


@dataclass(frozen=True)
class Lost:
    """One scoring point at which points were lost."""

    text: str
    rate: str
    points: str
    units: int
    address: str


@dataclass(frozen=True)
class Kind:
    """What a round says of one kind of unit."""

    label: str
    planned: int
    confirmed: int
    every_address: str
    confirmed_address: str
    sheets: int = 0
    rate: str = ""
    total: str = ""
    full: str = ""
    address: str = ""  # of the sheets
    ranking_address: str = ""
    ranked_by: str = ""  # 市, 县（市、区）
    ranking: Sequence[Place] = ()
    lost: Sequence[Lost] = ()
    lost_address: str = ""
    problems: int = 0
    fixed: int = 0
    hazards: int = 0
    closed: int = 0
    problems_address: str = ""
    judged: tuple[int, int, int] | None = None  # 符合, 部分符合, 不符合, of a checklist


@dataclass(frozen=True)
class Facts:
    """Everything a draft is made of, but the gathered sentences."""

    plan: str
    issuer: str
    place: str
    basis: str = ""
    begins: str = ""  # 2017年12月5日
    ends: str = ""
    teams: int = 0
    people: int = 0
    teams_address: str = ""
    methods: str = ""
    contents: str = ""
    kinds: Sequence[Kind] = ()
    industries: Sequence[tuple[str, int]] = ()
    sizes: Sequence[tuple[str, int]] = ()
    letters: int = 0
    awaited: int = 0
    late: int = 0
    closed: int = 0
    letters_address: str = ""


@dataclass(frozen=True)
class Voice:
    """A sentence of the records, and the units whose records say so."""

    text: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Voices:
    """What was gathered, by part; ``is_sorted`` once somebody took or left any of it."""

    highlights: Sequence[Voice] = ()
    problems: Sequence[Voice] = ()
    suggestions: Sequence[Voice] = ()
    counts: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
