"""The head of a report, its title and its 公文要素: what was typed, and keeping it safely."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CharField

from briefs import actions
from briefs.models import HEAD, Brief
from orgs.models import User

BEHIND = {"addressee": "：:", "copies": "。"}  # what the paper itself writes there
SEEN = "was-"  # names the field that holds what a page began from


@dataclass(frozen=True)
class Line:
    """One field of the head as the editor shows it."""

    name: str
    label: str
    most: int  # characters
    stands: str
    value: str  # as typed, where that was refused
    is_refused: bool = False

    @property
    def is_long(self) -> bool:
        return len(self.value) > self.most


def lines_of(brief: Brief, refused: Mapping[str, str]) -> dict[str, Line]:
    """Every field by its name, with what was typed and is not kept."""
    return {name: _line(brief, name, refused) for name in HEAD}


def keep_head(brief: Brief, data: Mapping[str, str], *, by: User) -> dict[str, str]:
    """Save what was touched; gives what is too long, or was changed by somebody else meanwhile."""
    typed = {name: _bare(name, data[name]) for name in HEAD if name in data}
    if not typed.get("title"):
        typed.pop("title", None)  # a report has one: what stands stays
    long = {name: text for name, text in typed.items() if len(text) > _field(name).max_length}
    fits = {name: text for name, text in typed.items() if name not in long}
    seen = {name: data.get(SEEN + name, "") for name in fits}
    late = actions.amend(brief, fits, seen=seen, by=by) if fits else frozenset()
    return long | {name: fits[name] for name in late}


def touched(data: Mapping[str, str]) -> list[str]:
    """Each field that a page changed, with its label, for who cannot save it any more."""
    typed = {name: data[name].strip() for name in HEAD if name in data}
    changed = {name: text for name, text in typed.items() if text != data.get(SEEN + name, "")}
    return [f"{_field(name).verbose_name}：{text}" for name, text in changed.items()]


def _line(brief: Brief, name: str, refused: Mapping[str, str]) -> Line:
    field, stands = _field(name), getattr(brief, name)
    value = refused.get(name, stands)
    return Line(name, field.verbose_name, field.max_length, stands, value, name in refused)


def _bare(name: str, text: str) -> str:
    return " ".join(text.split()).rstrip(BEHIND.get(name, "")).strip()


def _field(name: str) -> CharField:
    return Brief._meta.get_field(name)
