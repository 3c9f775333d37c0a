"""Rules that draw units as such, or name them: pure, no database.

《省医务工会“查保促”督导检查工作要求》七: 督导检查的单位要全部随机抽取. 《石狮市开展重点镇安全生产
标准化提质增效督导帮扶行动实施方案》四（二）2: 不少于10家 of those that were helped are re-verified.
《高青县工业和信息化局安全生产大检查工作实施方案》: no draw, the units are named.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from plans.sampling import Quota, SamplingRule

# target → (label, measure word with the noun); the targets are those of rubrics.Rubric.Target
TARGETS = {
    "medical_city": ("各市医务工会", "个市医务工会"),
    "medical_unit": ("医疗卫生单位", "家医疗卫生单位"),
    "producer": ("生产经营单位", "家生产经营单位"),
    "town": ("镇（街道）", "个镇（街道）"),
    "office": ("局业务科室", "个科室"),
    "industry": ("相关企业", "家企业"),
}


class Per(StrEnum):
    """Of what each group of candidates is made."""

    ISSUER = "issuer"
    CITY = "city"
    TOWN = "town"


class Pool(StrEnum):
    """Where the candidates come from."""

    REACH = "reach"
    HELPED = "helped"


PER_LABELS = {Per.ISSUER: "全部", Per.CITY: "每个市", Per.TOWN: "每个镇（街道）"}
POOL_LABELS = {Pool.REACH: "发文单位所属", Pool.HELPED: "帮扶过"}
MOST = 999


@dataclass(frozen=True)
class UnitRule:
    """So many of all units of one kind, in each group, every choice equally likely."""

    target: str
    choose: int
    per: Per = Per.ISSUER
    pool: Pool = Pool.REACH

    def __post_init__(self) -> None:
        object.__setattr__(self, "per", Per(self.per))
        object.__setattr__(self, "pool", Pool(self.pool))
        if self.target not in TARGETS:
            raise ValueError(f"对象“{self.target}”不在名册里。")
        if not 1 <= self.choose <= MOST:
            raise ValueError(f"{self.label}抽取的家数须在 1 到 {MOST} 之间。")

    @property
    def label(self) -> str:
        return TARGETS[self.target][0]

    @property
    def group(self) -> str:
        """Of what each group of candidates is one."""
        return {Per.ISSUER: "组", Per.CITY: "市", Per.TOWN: "镇（街道）"}[self.per]

    @property
    def quota(self) -> Quota:
        return Quota(self.choose, 0, "", TARGETS[self.target][1])

    @property
    def sentence(self) -> str:
        """The rule in words: 每个市从发文单位所属医疗卫生单位中随机抽取2家."""
        where = "" if self.per == Per.ISSUER else PER_LABELS[self.per]
        measure = self.quota.unit[0]
        of = f"{POOL_LABELS[self.pool]}的{self.label}"
        return f"{where}从{of}中随机抽取{self.choose}{measure}，全部随机。"


@dataclass(frozen=True)
class UnitsRule:
    """What is drawn, a stage each, and what is named without a draw."""

    drawn: tuple[UnitRule, ...] = ()
    listed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "drawn", tuple(self.drawn))
        object.__setattr__(self, "listed", tuple(self.listed))
        if not self.targets:
            raise ValueError("抽取规则里没有督导对象。")
        if len(set(self.targets)) < len(self.targets):
            raise ValueError("同一类对象在抽取规则里出现了两次。")
        if unknown := [one for one in self.listed if one not in TARGETS]:
            raise ValueError(f"对象“{unknown[0]}”不在名册里。")

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "UnitsRule":
        """The stored rule; ValueError in Chinese when it is none or breaks a bound."""
        try:
            drawn = tuple(UnitRule(**one) for one in data.get("drawn", ()))
        except TypeError as error:
            raise ValueError(f"抽取规则不完整：{error}") from error
        return cls(drawn, tuple(data.get("listed", ())))

    def to_json(self) -> dict[str, Any]:
        return {"drawn": [asdict(one) for one in self.drawn], "listed": list(self.listed)}

    @property
    def targets(self) -> tuple[str, ...]:
        """The kinds of targets, those that are drawn first."""
        return (*self.stages, *self.listed)

    @property
    def stages(self) -> tuple[str, ...]:
        """One stage of the draw a kind, independent of each other."""
        return tuple(one.target for one in self.drawn)

    @property
    def sentence(self) -> str:
        """The rule in words."""
        named = "、".join(TARGETS[one][0] for one in self.listed)
        drawn = "".join(one.sentence for one in self.drawn)
        return drawn + (f"{named}不抽取，逐个确定。" if named else "")

    def of(self, stage: str) -> UnitRule:
        """The rule of one stage; KeyError when this rule does not draw it."""
        return {one.target: one for one in self.drawn}[stage]


Rule = SamplingRule | UnitsRule


def stored_rule(data: Mapping[str, Any]) -> Rule | None:
    """The same, or None where there is no valid rule yet."""
    try:
        return read_rule(data)
    except ValueError:
        return None


def read_rule(data: Mapping[str, Any]) -> Rule:
    """The rule a plan has stored, of either kind; ValueError in Chinese when it is none."""
    if "drawn" in data or "listed" in data:
        return UnitsRule.from_json(data)
    return SamplingRule.from_json(data)
