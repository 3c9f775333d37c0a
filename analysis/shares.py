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


def decimal(value: Fraction, places: Decimal) -> Decimal:
    """四舍五入 to these places."""
    scale = int(1 / places)
    scaled = value * scale
    whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Decimal(whole if value >= 0 else -whole) / scale


def percent(value: Fraction | Decimal | None) -> str:
    """77.6%; — where there is none."""
    return DASH if value is None else f"{decimal(Fraction(value) * 100, TENTH):.1f}%"


def mean(value: Fraction | Decimal | None) -> str:
    """A mean of totals with two decimals: 45.75; — where there is none."""
    return DASH if value is None else f"{decimal(Fraction(value), CENT):.2f}"


def signed(value: Fraction | None) -> str:
    """A difference of rates in points of a hundred, with its sign: +4.5, −2.5, 0.0."""
    if value is None:
        return DASH
    points = decimal(value * 100, TENTH)
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{abs(points):.1f}"
