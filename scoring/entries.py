"""What a page sends for one point, as JSON or as a plain form."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rubrics.kinds import RuleKind

UNREADABLE = "没看懂这次保存的内容，请刷新页面再填；您填的还在本机。"
NONE = "none"  # the row 都没有达到 of a tiers point


class UnreadableError(ValueError):
    """The request is not a save as our pages send it."""


@dataclass(frozen=True)
class Entry:
    """What the page sends for one point."""

    inputs: dict[str, Any]
    not_applicable: bool = False
    reason: str = ""
    note: str = ""

    @property
    def body(self) -> dict[str, Any]:
        return {
            "inputs": self.inputs,
            "not_applicable": self.not_applicable,
            "reason": self.reason,
            "note": self.note,
        }

    @property
    def digest(self) -> str:
        """A short name of the content, so that a form can tell what was left untouched."""
        text = json.dumps(self.body, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Sent:
    """One save as it reached us."""

    id: UUID
    base: int
    entry: Entry


def from_json(body: bytes) -> Sent:
    """A save sent by the page's script; raises UnreadableError."""
    try:
        data = json.loads(body)
        sent = Sent(
            UUID(data["id"]),
            int(data["base"]),
            Entry(
                _of(dict, data.get("inputs") or {}),
                _of(bool, data.get("not_applicable", False)),
                _tidy(_of(str, data.get("reason", ""))),
                _tidy(_of(str, data.get("note", ""))),
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(UNREADABLE) from error
    if not 0 <= sent.base < 2**31:
        raise UnreadableError(UNREADABLE)
    return sent


def from_form(kind: str, data: Mapping[str, str], prefix: str = "") -> Entry:
    """What a plain form says of one point; what cannot be a number stays text, to be refused."""
    return Entry(
        inputs_of(kind, data.get(f"{prefix}value", "")),
        bool(data.get(f"{prefix}na")),
        _tidy(data.get(f"{prefix}reason", "")),
        _tidy(data.get(f"{prefix}note", "")),
    )


def inputs_of(kind: str, value: str) -> dict[str, Any]:
    """The inputs of one field of a form; nothing typed is nothing said."""
    value = unicodedata.normalize("NFKC", value).strip()
    if not value:
        return {}
    if kind == RuleKind.AWARD:
        return {"points": value}
    number = int(value) if value.isdecimal() and len(value) < 6 else value
    if kind == RuleKind.TIERS:
        return {"level": None if value == NONE else number}
    return {"count": number}


def value_of(kind: str, inputs: Mapping[str, Any]) -> str:
    """What the field of a form shows for these inputs; the inverse of ``inputs_of``."""
    if not inputs:
        return ""
    value = next(iter(inputs.values()))
    return NONE if kind == RuleKind.TIERS and value is None else str(value)


def _of(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
