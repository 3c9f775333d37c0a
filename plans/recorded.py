"""How 变更记录 tells what a plan stores as data: its rule, its template, its phases, a draw."""

from typing import Any

from audit.words import tell_field
from plans.models import Phase
from plans.sources import SOURCES
from plans.unit_rules import stored_rule


def register() -> None:
    """Tell the record; called once when the app is loaded."""
    tell_field("sampling", _rule)
    tell_field("template", _template)
    tell_field("phases", _phases)
    tell_field("drawn", _drawn)


def _rule(stored: dict[str, Any]) -> str:
    rule = stored_rule(stored)
    return rule.sentence if rule else "没有写全的规则"


def _template(key: str) -> str:
    return SOURCES[key].name if key in SOURCES else key


def _phases(rows: list[dict[str, Any]]) -> str:
    """自查自纠（单位自查，2017-12-01 至 2017-12-08）, one a line."""
    return "\n".join(map(_phase, rows))


def _phase(row: dict[str, Any]) -> str:
    scorer = Phase.Scorer(row["scorer"]).label
    return f"{row['name']}（{scorer}，{row['starts_on']} 至 {row['ends_on']}）"


def _drawn(groups: dict[str, list[str]]) -> str:
    return "\n".join(f"{group}：{'、'.join(names)}" for group, names in groups.items())
