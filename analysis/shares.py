"""Means and rates as exact fractions, and as the words a page shows. Pure.

Sums come from the database, where SQLite adds in binary: ``exact`` brings them back to the places
that every addend has. What is shown is rounded half up, what is compared is not.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

RATE = Decimal("0.000001")  # the places of a stored 得分率
CENT = Decimal("0.01")
TENTH = Decimal("0.1")
DASH = "—"


def exact(total: Decimal | None, places: Decimal) -> Fraction:
    """A sum of numbers that have so many places."""
    return Fraction((total or Decimal(0)).quantize(places, ROUND_HALF_UP))


def steps(numerator: int, denominator: int) -> int:
    """四舍五入 of a fraction to a whole number."""
    whole = (abs(numerator) * 2 + denominator) // (denominator * 2)
    return whole if numerator >= 0 else -whole


def decimal(value: Fraction, places: Decimal) -> Decimal:
    """四舍五入 to these places."""
    scale = int(1 / places)
    return Decimal(steps(value.numerator * scale, value.denominator)) / scale


def percent(value: Fraction | Decimal | None) -> str:
    """77.6%; — where there is none."""
    if value is None:
        return DASH
    numerator, denominator = value.as_integer_ratio()
    return f"{_told(steps(numerator * 1000, denominator), 1)}%"


def mean(value: Fraction | Decimal | None) -> str:
    """A mean of totals with two decimals: 45.75; — where there is none."""
    if value is None:
        return DASH
    numerator, denominator = value.as_integer_ratio()
    return _told(steps(numerator * 100, denominator), 2)


def signed(value: Fraction | None) -> str:
    """A difference of rates in points of a hundred, with its sign: +4.5, −2.5, 0.0."""
    if value is None:
        return DASH
    tenths = steps(value.numerator * 1000, value.denominator)
    sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
    return f"{sign}{_told(abs(tenths), 1)}"


def _told(units: int, places: int) -> str:
    """A number of tenths, or of hundredths, with its point."""
    whole, rest = divmod(abs(units), 10**places)
    return f"{'-' if units < 0 else ''}{whole}.{rest:0{places}}"
