"""The tag that puts a fragment into a page."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from chabaocu import fragments

register = template.Library()


@register.simple_tag(takes_context=True)
def fragment(context: template.Context, name: str, **more: Any) -> SafeString:
    """The long part of a page, in Jinja2, with the page's context; see chabaocu.fragments."""
    return fragments.render(name, context.flatten() | more)
