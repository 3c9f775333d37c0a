"""What every rule kind gives back, and how it refuses what it was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """The points of one scoring point, why in words, and its inputs in one spelling.

    Two marks agree when their ``inputs`` are equal: 1.50 and 1.5 are the same there.
    """

    points: Decimal
    explanation: str
    inputs: Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """One thing the inspector may enter, as a page offers it."""

    inputs: Mapping[str, Any]
    label: str
    points: Decimal


class InvalidInput(ValueError):
    """What was entered cannot be scored; the message says in Chinese what to enter."""


def only(inputs: object, name: str, message: str) -> Any:
    """The single input ``name``; anything beside or instead of it is refused."""
    if not isinstance(inputs, Mapping) or set(inputs) != {name}:
        raise InvalidInput(message)
    return inputs[name]


def spelled(number: Decimal) -> str:
    """A number as people write it: 3, 1.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
