"""Fragments: the long part of a hot page, in Jinja2 (docs/adr/0007).

The page itself stays a Django template and puts its fragment in with
``{% fragment "scoring/_sheet_paper.jinja" %}``; ``render`` gives the same fragment alone, to
swap into an open page. There is one copy of the markup either way.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.template import engines
from django.template.defaultfilters import date
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, StrictUndefined

from chabaocu.templatetags import ui


def environment(**options: Any) -> Environment:
    """The environment of the backend in settings.TEMPLATES; everything is escaped.

    A name that is not in the context is an error. What a filter makes of a constant, such as
    ``{{ "check-lg"|icon }}``, is worked out when the template is compiled.
    """
    made = Environment(**options | {"undefined": StrictUndefined})
    made.globals["url"] = _url
    made.filters |= {"icon": ui.icon, "static": static, "date": _date}
    made.filters["options"] = ui.options
    made.filters |= {"points": ui.points, "total": ui.total, "percent": ui.percent}
    return made


def render(template: str, context: Mapping[str, Any]) -> SafeString:
    """The markup of a fragment; what it was given is escaped in it."""
    return mark_safe(engines["jinja2"].env.get_template(template).render(context))


def _date(at: datetime | None, form: str) -> str:
    """The local time in Django's letters: ``{{ event.at|date("n月j日 H:i") }}``."""
    return "" if at is None else date(timezone.localtime(at), form)


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=args) if args else address(name)


@cache
def address(name: str) -> str:
    """The address of a page that needs no number; looked up once per process."""
    return reverse(name)
