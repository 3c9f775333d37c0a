"""What every paper carries, and papers as JSON and back.

A paper is a frozen dataclass: the one context of its preview, PDF and Excel. It holds text,
Decimal, bool, None, tuples and other such dataclasses, so that its JSON gives it back unchanged.
"""

from dataclasses import asdict, dataclass, fields, is_dataclass
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


@dataclass(frozen=True)
class Stamp:
    """How far the paper is: blank form, draft, or issued under a code."""

    state: str = "blank"  # blank, draft, issued
    revision: int = 1
    code: str = ""
    verify_url: str = ""
    void: str = ""  # why an issued paper no longer stands; on every page

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"


def to_json(paper: Any) -> dict[str, Any]:
    """The paper as plain data; decimals as text."""
    return _plain(asdict(paper))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def from_json(cls: type[T], data: dict[str, Any]) -> T:
    """The paper that ``to_json`` made ``data`` of."""
    hints = get_type_hints(cls)
    known = {field.name for field in fields(cls)}
    return cls(**{name: _read(hints[name], value) for name, value in data.items() if name in known})


def _read(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return None if value is None else _read(kinds[0], value)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], item) for item in value)
    if is_dataclass(hint):
        return from_json(hint, value)
    return Decimal(value) if hint is Decimal else value
