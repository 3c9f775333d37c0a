"""How a table's points become its result: groups, weights, scale and grades. Pure values.

The tables of 附件1 and 附件2 need none of it: their total is the plain sum (``PLAIN``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rubrics.kinds.ladder import falls
from rubrics.kinds.outcome import spelled

RULES = ("cap", "best")
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Group:
    """Points of one section that count together: at most ``points``, or only the best one.

    ``cap``: 加分累计不超2分. ``best``: 积分不累加. The points of a ``bonus`` group come on top of
    full marks and are not asked of anybody.
    """

    name: str
    rule: str
    codes: tuple[str, ...]
    points: Decimal = ZERO
    bonus: bool = False

    def counted(self, gained: Iterable[Decimal]) -> Decimal:
        """What the group counts for, given what its points gained (or are worth)."""
        found = list(gained)
        if self.rule == "best":
            return max(found, default=ZERO)
        return min(sum(found, ZERO), self.points)


@dataclass(frozen=True)
class Grade:
    """评定等级: reached from ``at_least`` of the total."""

    name: str
    at_least: Decimal


@dataclass(frozen=True)
class Scale:
    """The total brought to other full marks: 1000 → 100, one decimal, ROUND_HALF_UP."""

    points: Decimal
    places: int = 1


@dataclass(frozen=True)
class Scheme:
    """What happens between the points and the result; ``weights`` by section order."""

    groups: tuple[Group, ...] = ()
    weights: Mapping[int, Decimal] = field(default_factory=dict)
    scale: Scale | None = None
    grades: tuple[Grade, ...] = ()

    def weight(self, section: int) -> Decimal:
        """The factor of a section's points; 1 where none is said."""
        return self.weights.get(section, ONE)

    @property
    def free(self) -> frozenset[str]:
        """The points on top of full marks: nobody asks why they were not earned."""
        return frozenset(code for group in self.groups if group.bonus for code in group.codes)

    def plain(self) -> dict[str, Any]:
        """As JSON, the parts that are said only; ``read`` gives the same scheme again."""
        told = {
            "groups": [_plain_group(group) for group in self.groups],
            "weights": {str(order): str(weight) for order, weight in self.weights.items()},
            "scale": self.scale and {"points": str(self.scale.points), "places": self.scale.places},
            "grades": [{"name": g.name, "at_least": str(g.at_least)} for g in self.grades],
        }
        return {name: part for name, part in told.items() if part}


PLAIN = Scheme()


def read(data: Mapping[str, Any]) -> Scheme:
    """The scheme in a fixture's JSON; KeyError, TypeError or ArithmeticError where it is none."""
    scale = data.get("scale")
    return Scheme(
        groups=tuple(_group(group) for group in data.get("groups", ())),
        weights={int(n): Decimal(w) for n, w in data.get("weights", {}).items()},
        scale=Scale(Decimal(scale["points"]), scale["places"]) if scale else None,
        grades=tuple(Grade(g["name"], Decimal(g["at_least"])) for g in data.get("grades", ())),
    )


def faults(scheme: Scheme, sections: Mapping[str, int]) -> list[str]:
    """What is wrong with it, given every scoring point's code and the section it stands in."""
    found = [*_group_faults(scheme, sections)]
    if set(scheme.weights) - set(sections.values()) or any(w <= 0 for w in scheme.weights.values()):
        found.append("权重须大于 0，并对应表中的项目")
    if scheme.scale and (scheme.scale.points <= 0 or not 0 <= scheme.scale.places <= 2):
        found.append("折算的满分须大于 0，保留 0 到 2 位小数")
    if not falls([grade.at_least for grade in scheme.grades]):
        found.append("等级须从高到低排列")
    return found


def words(scheme: Scheme) -> list[str]:
    """The scheme as people say it, one rule a line."""
    told = [_group_words(group) for group in scheme.groups]
    for order, weight in sorted(scheme.weights.items()):
        told.append(f"第{order}个项目：得分乘以 {spelled(weight)}")
    if scheme.scale:
        points, places = spelled(scheme.scale.points), scheme.scale.places
        told.append(f"总分折算为 {points} 分制，四舍五入到小数点后 {places} 位")
    if scheme.grades:
        steps = (f"{spelled(grade.at_least)} 分起为{grade.name}" for grade in scheme.grades)
        told.append(f"等级：{'，'.join(steps)}")
    return told


def _group_words(group: Group) -> str:
    rule = "只取最高一项" if group.rule == "best" else f"累计不超过 {spelled(group.points)} 分"
    extra = "，在满分之外加分" if group.bonus else ""
    return f"{group.name}（{'、'.join(group.codes)}）：{rule}{extra}"


def _group_faults(scheme: Scheme, sections: Mapping[str, int]) -> Iterator[str]:
    named = [code for group in scheme.groups for code in group.codes]
    for code in sorted({code for code in named if named.count(code) > 1}):
        yield f"得分点 {code} 列在两组里"
    for group in scheme.groups:
        if not group.codes:
            yield f"“{group.name}”没有列出得分点"
        elif unknown := [code for code in group.codes if code not in sections]:
            yield f"“{group.name}”列了表中没有的得分点 {'、'.join(unknown)}"
        elif len({sections[code] for code in group.codes}) != 1:
            yield f"“{group.name}”的得分点须在同一个项目里"
        if group.rule not in RULES or (group.rule == "cap") != (group.points > 0):
            yield f"“{group.name}”须写明是封顶（几分）还是只取最高"


def _group(data: Mapping[str, Any]) -> Group:
    return Group(
        name=data["name"],
        rule=data["rule"],
        codes=tuple(data["codes"]),
        points=Decimal(data.get("points", 0)),
        bonus=data.get("bonus", False),
    )


def _plain_group(group: Group) -> dict[str, Any]:
    told = {"name": group.name, "rule": group.rule, "codes": list(group.codes)}
    if group.points:
        told["points"] = str(group.points)
    return told | ({"bonus": True} if group.bonus else {})
