"""一案一档: one hazard's file, from the photo of its finder to both signatures.

源2 流程图 记入档案并销号. Frozen when it is struck off; until then it is a draft.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.dateparse import parse_date, parse_datetime

from hazards.models import Hazard
from hazards.picture import Picture, picture
from reports.documents.letter import Row
from reports.documents.official import Hand
from reports.documents.paper import Stamp


@dataclass(frozen=True)
class Shot:
    """A photo of the place, by the hash of its content."""

    sha256: str
    words: str


@dataclass(frozen=True)
class Pair:
    """Photos before and after, side by side; one side may have none left."""

    before: Shot | None
    after: Shot | None


@dataclass(frozen=True)
class Deed:
    """One step: when, what, by whom, and the reason or words given with it."""

    at: str
    what: str
    who: str
    note: str


@dataclass(frozen=True)
class Course:
    """As much of a hazard's standing as its flow chart is drawn from."""

    status: str
    grade: str
    level: str
    attempt: int
    stop_advised_at: str
    stop_answered_at: str
    listed_at: str
    failed_on: str
    inspected: bool

    @property
    def picture(self) -> Picture:
        """The chart as it stood then."""
        moments = ("stop_advised_at", "stop_answered_at", "listed_at")
        fields = {name: parse_datetime(getattr(self, name) or "") for name in moments}
        for name in ("status", "grade", "level", "attempt"):
            fields[name] = getattr(self, name)
        failed_on = parse_date(self.failed_on) if self.failed_on else None
        return picture(Hazard(**fields), inspected=self.inspected, failed_on=failed_on)


@dataclass(frozen=True)
class HazardFile:
    """The whole file; the one context of its PDF."""

    unit: str
    number: str
    state: str
    day: str
    course: Course
    facts: tuple[Row, ...]
    plan: tuple[Row, ...]
    pairs: tuple[Pair, ...]
    deeds: tuple[Deed, ...]
    hands: tuple[Hand, ...]
    papers: tuple[Row, ...] = ()
    stamp: Stamp = Stamp()

    title = "安全隐患档案"

    @property
    def name(self) -> str:
        """What a file of it is called."""
        return f"{self.title}-{self.number}"
