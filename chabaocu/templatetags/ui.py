"""Small words of the page: icons, numbers as people write them."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()
TENTH = Decimal("0.1")


@register.simple_tag
@cache
def icon(name: str, size: str = "") -> str:
    """An icon of the sprite; decorative, the word stands beside it."""
    return format_html(
        '<svg class="i bi{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" i-{size}" if size else "",
        static("vendor/bootstrap-icons.svg"),
        name,
    )


@register.simple_tag
def options(field: BoundField) -> str:
    """The options of a select; Django's widget would render a template for each of 170 regions."""
    value = field.value()
    return mark_safe("".join(_options(field.field.choices, "" if value is None else str(value))))


def _options(choices: Iterable[tuple[Any, Any]], chosen: str) -> Iterator[str]:
    for key, label in choices:
        if isinstance(label, list):
            inside = "".join(_options(label, chosen))
            yield f'<optgroup label="{escape(str(key))}">{inside}</optgroup>'
        else:
            selected = " selected" if str(key) == chosen else ""
            yield f'<option value="{escape(str(key))}"{selected}>{escape(str(label))}</option>'


@register.filter
def points(value: Decimal | None) -> str:
    """Points as entered: 3, 1.5; nothing where there are none."""
    if value is None:
        return ""
    return f"{Decimal(value).normalize():f}"


@register.filter
def total(value: Decimal | None) -> str:
    """A total with one decimal: 35.0; — where there is none."""
    return "—" if value is None else _tenth(Decimal(value))


@register.filter
def percent(value: Decimal | None) -> str:
    """A rate as 83.3%; — where there is none."""
    return "—" if value is None else f"{_tenth(Decimal(value) * 100)}%"


def _tenth(value: Decimal) -> str:
    """四舍五入 to one decimal, as all that is counted here."""
    return f"{value.quantize(TENTH, ROUND_HALF_UP):f}"
