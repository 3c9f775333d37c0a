"""The parameters of a rule as lines a person can read and write: 每次扣=1, 级=在省级媒体上宣传|5.

Pure; ``parse`` undoes ``spell`` exactly, whatever the parameters are.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

SINGLE = {
    "step": "步长",
    "none_label": "都没有达到",
    "unit": "单位",
    "each": "每次扣",
    "cap": "封顶",
    "name": "比率",
    "low": "最少扣",
    "high": "最多扣",
    "effect": "后果",
    "grade": "等级",
    "good": "符合",
}
LISTED = {
    "levels": ("级", ("label", "points")),
    "steps": ("次数", ("at_least", "label", "points")),
    "bands": ("低于", ("below", "minus")),
}
WORDS = {
    "effect": {"sheet": "全表记0分", "section": "本项目记0分", "grade": "不得评为"},
    "good": {"yes": "是", "no": "否"},
}
SPILLS, OTHER = "超出部分在本类目内扣", "其他"
NAMED = {label: name for name, label in SINGLE.items()}
ROWS = {label: (name, fields) for name, (label, fields) in LISTED.items()}


class Unreadable(ValueError):
    """A line that says no parameter; the message says what to write."""


def spell(params: Mapping[str, Any]) -> str:
    """The parameters, one a line."""
    return "\n".join(line for name, value in params.items() for line in _lines(name, value))


def parse(text: str) -> dict[str, Any]:
    """The parameters of these lines, or Unreadable with what is wrong."""
    params: dict[str, Any] = {}
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip():
            _take(line.lstrip(), params)
    return params


def _lines(name: str, value: Any) -> list[str]:
    if name in LISTED and _is_listed(name, value):
        label, fields = LISTED[name]
        return [f"{label}={'|'.join(_escaped(str(row[f])) for f in fields)}" for row in value]
    if name == "spills" and value is True:
        return [f"{SPILLS}=是"]
    if name in SINGLE and isinstance(value, str):
        words = WORDS.get(name)
        if words is None or value in words:
            return [f"{SINGLE[name]}={_escaped(words[value] if words else value)}"]
    return [f"{OTHER}={_escaped(json.dumps({name: value}, ensure_ascii=False))}"]


def _is_listed(name: str, value: Any) -> bool:
    """Rows of exactly the fields we write, numbers where we read numbers again."""
    _, fields = LISTED[name]
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(row, dict)
            and tuple(sorted(row)) == tuple(sorted(fields))
            and all(type(row[f]) is (int if f == "at_least" else str) for f in fields)
            for row in value
        )
    )


def _take(line: str, params: dict[str, Any]) -> None:
    label, mark, said = line.partition("=") if "=" in line else line.partition("＝")
    label = label.strip()
    if not mark:
        raise Unreadable(f"“{line[:30]}”里没有等号，应写成“名称=内容”")
    if label in ROWS:
        name, fields = ROWS[label]
        params.setdefault(name, []).append(_row(label, fields, said))
    elif label == SPILLS:
        params["spills"] = said.strip() == "是"
    elif label == OTHER:
        params.update(_json(said))
    elif label in NAMED:
        params[NAMED[label]] = _value(NAMED[label], _plain(said))
    else:
        raise Unreadable(f"不认识“{label[:20]}”，可写：{'、'.join([*NAMED, *ROWS])}")


def _row(label: str, fields: tuple[str, ...], said: str) -> dict[str, Any]:
    cells = [_plain(cell) for cell in re.findall(r"(?:^|\|)((?:[^|\\]|\\.)*)", said, re.DOTALL)]
    if len(cells) != len(fields):
        raise Unreadable(f"“{label}”要写 {len(fields)} 格，用“|”隔开")
    row: dict[str, Any] = dict(zip(fields, cells, strict=True))
    if "at_least" in row:
        if not row["at_least"].strip().isdecimal():
            raise Unreadable(f"“{label}”的第一格是至少几次，要写整数")
        row["at_least"] = int(row["at_least"])
    return row


def _value(name: str, said: str) -> str:
    if name not in WORDS:
        return said
    for value, word in WORDS[name].items():
        if said.strip() == word:
            return value
    raise Unreadable(f"“{SINGLE[name]}”可写：{'、'.join(WORDS[name].values())}")


def _json(said: str) -> dict[str, Any]:
    try:
        found = json.loads(_plain(said))
    except ValueError as error:
        raise Unreadable("“其他”后面不是系统写出的内容") from error
    if not isinstance(found, dict):
        raise Unreadable("“其他”后面不是系统写出的内容")
    return found


ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n", "\r": "\\r", " ": "\\s", "\t": "\\t"}
BACK = {"n": "\n", "r": "\r", "s": " ", "t": "\t"}


def _escaped(text: str) -> str:
    """Blanks are only written out at the ends, where a cell would lose them."""
    inner = "".join(ESCAPES[c] if c in "\\|\n\r\t" else c for c in text)
    if inner.startswith(" "):
        inner = "\\s" + inner[1:]
    return inner[:-1] + "\\s" if inner.endswith(" ") else inner


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: BACK.get(m[1], m[1]), text, flags=re.DOTALL)
