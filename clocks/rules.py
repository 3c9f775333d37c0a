"""The legal clocks: how long, in which days, from which event, by which article."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    CALENDAR = "日"
    WORKDAY = "工作日"


@dataclass(frozen=True)
class Clock:
    """One deadline a rule sets; a page that shows it names ``article``."""

    code: str
    name: str
    length: int
    unit: Unit
    starts: str
    article: str


CLOCKS = {
    clock.code: clock
    for clock in [
        Clock(
            code="materials",
            name="督导资料报送",
            length=7,
            unit=Unit.CALENDAR,
            starts="督导结束",
            article="《2017年“查保促”工作第二次督导方案》四（四）：各督导组在督导结束后1周内报送",
        ),
    ]
}
MATERIALS = CLOCKS["materials"]
