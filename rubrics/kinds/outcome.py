"""What every rule kind gives back, and how it refuses what it was given."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

Asked = Callable[[], str]  # what there is to enter, put into words where it is refused only
NUMBER = re.compile(r"[0-9]{1,5}(\.[0-9]{1,2})?", re.ASCII)
MOST = 9999
ZERO = Decimal(0)


class Outcome(NamedTuple):
    """The points of one scoring point, why in words, and its inputs in one spelling.

    Two marks agree when their ``inputs`` are equal: 1.50 and 1.5 are the same there. ``over`` is
    what was deducted beyond the point's own marks, for tables that take it from the section;
    ``verdict`` is good, partly or bad where the point is judged and not scored; ``vetoes`` says
    that a 否决项 was hit.
    """

    points: Decimal
    explanation: str
    inputs: Mapping[str, Any]
    over: Decimal = ZERO
    verdict: str = ""
    vetoes: bool = False

    def falls_short(self, full: Decimal) -> bool:
        """Whether it must be explained: points lost, a veto hit, a judgement that is not good."""
        return self.points < full or self.vetoes or self.verdict in ("partly", "bad")


class Choice(NamedTuple):
    """One thing the inspector may enter, as a page offers it."""

    inputs: Mapping[str, Any]
    label: str
    points: Decimal


class InvalidInput(ValueError):
    """What was entered cannot be scored; the message says in Chinese what to enter."""


def only(inputs: object, name: str, asked: Asked) -> Any:
    """The single input ``name``; anything beside or instead of it is refused."""
    if not isinstance(inputs, (dict, Mapping)) or len(inputs) != 1 or name not in inputs:
        raise InvalidInput(asked())
    return inputs[name]


def decimal_of(value: object, asked: Asked) -> Decimal:
    """A number of at most five digits and two decimals, not negative; text or whole number."""
    if type(value) not in (str, int) or not NUMBER.fullmatch(str(value)):
        raise InvalidInput(asked())
    return Decimal(value)


def times_of(inputs: object, name: str, unit: str) -> int:
    """The single input ``name``: a whole number of times, at most ``MOST``."""

    def asked() -> str:
        return f"请填 0 到 {MOST} 的整数（{unit}）。"

    value = only(inputs, name, asked)
    if type(value) is not int or not 0 <= value <= MOST:
        raise InvalidInput(asked())
    return value


def whole_or_text(value: str) -> int | str:
    """What a form field says where a whole number is asked; other text stays, to be refused."""
    return int(value) if value.isdecimal() and len(value) < 6 else value


def spelled(number: Decimal) -> str:
    """A number as people write it: 3, 1.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
