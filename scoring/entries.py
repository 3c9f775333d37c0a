"""What a page sends for one point, as JSON or as a plain form."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rubrics.kinds import inputs_of

SPELLED = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
MOST = 200  # points in one request; the longest table has 61
UNREADABLE = "没看懂这次保存的内容，请刷新页面再填；您填的还在本机。"


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
        return hashlib.sha256(SPELLED.encode(self.body).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Sent:
    """One save as it reached us."""

    id: UUID
    base: int
    entry: Entry


def from_json(body: bytes) -> Sent:
    """A save sent by the page's script; raises UnreadableError."""
    try:
        return _sent(json.loads(body))
    except ValueError as error:
        raise UnreadableError(UNREADABLE) from error


def many_from_json(body: bytes) -> list[tuple[str, Sent]]:
    """Several saves, each with its point's code; raises UnreadableError."""
    try:
        saves = _of(list, json.loads(body)["saves"])
        found = [(_of(str, data["code"]), _sent(data)) for data in saves[: MOST + 1]]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(UNREADABLE) from error
    if not 0 < len(found) <= MOST:
        raise UnreadableError(UNREADABLE)
    return found


def _sent(data: Any) -> Sent:
    try:
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
        inputs_of(kind, unicodedata.normalize("NFKC", data.get(f"{prefix}value", "")).strip()),
        bool(data.get(f"{prefix}na")),
        _tidy(data.get(f"{prefix}reason", "")),
        _tidy(data.get(f"{prefix}note", "")),
    )


def _of(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(kind)
    return value


def _tidy(text: str) -> str:
    """Without what no database keeps in a text."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()
