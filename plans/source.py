"""What the template of a plan is: an issued plan's wording, phases and rule. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

ORDINALS = "零一二三四五六七八九十"
DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
FIELDS = ("basis", "tasks", "contents", "requirements")


def ordinal(number: int) -> str:
    """第二次 for 2; beyond ten in digits."""
    return f"第{ORDINALS[number] if number < len(ORDINALS) else number}次"


@dataclass(frozen=True)
class Stretch:
    """A phase as issued: its name, who scores in it, its window."""

    name: str
    scorer: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Source:
    """One issued plan; with the dates of its year every text is the issued one, to the letter."""

    key: str
    name: str  # as the pages call it
    about: str
    title: Callable[[int, int], str]  # year, round
    texts: Mapping[str, str]
    methods: Sequence[str]
    methods_form: tuple[str, str, str]  # what stands before, before the last, and behind
    sampling: Mapping[str, Any]
    sampling_wording: str
    headings: Mapping[str, str]
    annexes: str
    materials_days: int = 7
    materials_where: str = ""
    stretches: tuple[Stretch, ...] = ()
    ends_on: date | None = None  # as issued: the day by which visits end
    more_days: tuple[date, ...] = field(default=())  # named in the texts, and no end of a phase
    adapt: Callable[[str, int, int, date], str] | None = None  # of a source without stretches

    @property
    def methods_wording(self) -> str:
        """The sentence about the ways of supervising, as issued."""
        return self.methods_sentence(self.methods)

    def methods_sentence(self, methods: Sequence[str]) -> str:
        """The same sentence about other ways."""
        if not methods:
            return ""
        begin, joint, end = self.methods_form
        *others, last = methods
        words = f"{'、'.join(others)}{joint}{last}" if others else last
        return begin + words + end

    def phases(self, starts_on: date, ends_on: date) -> list[Stretch]:
        """The phases moved to a round of these dates; none begins before the round does."""
        if not self.stretches:
            return [Stretch("督导", "team", starts_on, ends_on)]
        return [self._moved(one, starts_on, ends_on) for one in self.stretches]

    def _moved(self, one: Stretch, starts_on: date, ends_on: date) -> Stretch:
        shift = ends_on - self.ends_on
        begin = max(starts_on, one.starts_on + shift)
        if one.starts_on == min(each.starts_on for each in self.stretches):
            begin = starts_on
        return Stretch(one.name, one.scorer, begin, max(begin, one.ends_on + shift))

    def wording(
        self, year: int, round_number: int, starts_on: date, ends_on: date
    ) -> dict[str, Any]:
        """The plan's texts with the dates of this round, and its methods, deadline and rule."""
        texts = {
            name: self._adapted(name, year, round_number, starts_on, ends_on) for name in FIELDS
        }
        return texts | {
            "methods": list(self.methods),
            "materials_days": self.materials_days,
            "sampling": dict(self.sampling),
        }

    def _adapted(
        self, name: str, year: int, round_number: int, starts_on: date, ends_on: date
    ) -> str:
        text = self.texts[name]
        if self.adapt:
            return self.adapt(text, year, round_number, ends_on)
        return DAY.sub(_rewriter(self._days(starts_on, ends_on)), text)

    def _days(self, starts_on: date, ends_on: date) -> dict[tuple[int, int], date]:
        """Month and day as issued → the day of this round."""
        days = {}
        for old, new in zip(self.stretches, self.phases(starts_on, ends_on), strict=False):
            days[old.starts_on.month, old.starts_on.day] = new.starts_on
            days[old.ends_on.month, old.ends_on.day] = new.ends_on
        for day in self.more_days:
            days[day.month, day.day] = day + (ends_on - self.ends_on)
        return days


def _rewriter(days: Mapping[tuple[int, int], date]) -> Callable[[re.Match[str]], str]:
    def rewrite(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        new = days.get((int(month), int(day)))
        if new is None:
            return found.group()
        return (f"{new.year}年" if year else "") + f"{new.month}月{new.day}日"

    return rewrite
