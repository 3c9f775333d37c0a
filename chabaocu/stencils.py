"""Stencils: markup laid out once, whose places are filled for each page (docs/adr/0011).

A fragment leaves a place as ``<<told>>``. The fragment of its values says what stands there, each
on a line that begins with its place. Nothing that a fragment is given can name a place: ``<`` in
it is escaped.
"""

import re
from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe

PLACE = re.compile(r"<<([a-z0-9-]+)>>")


class Stencil:
    """What of a piece of markup is the same wherever it is shown."""

    def __init__(self, markup: str) -> None:
        self._parts = PLACE.split(markup)
        self._names = self._parts[1::2]

    def filled(self, values: Mapping[str, str]) -> SafeString:
        """The piece with these values in its places; a place without one is a KeyError."""
        parts = self._parts.copy()
        parts[1::2] = [values[name] for name in self._names]
        return mark_safe("".join(parts))


def values_in(markup: str) -> dict[str, str]:
    """What a fragment of values says, by place; what stands before the first is nobody's."""
    return dict(line.split(">>", 1) for line in markup.split("\n<<")[1:])
