"""The sampling rule, who is eligible under it, and whether it can be met: pure, no database.

《2017年“查保促”工作第二次督导方案》一: 每个市抽查2个县（市、区）（至少有一个危险化学品重点监管县，
本年度已经抽查过的原则上不再重复），每个县（市、区）抽查4家高危行业的非公中小企业（至少有2家化工企业）。
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from math import comb
from typing import Any


class Repeats(StrEnum):
    """What becomes of counties already drawn this year."""

    IN_PRINCIPLE = "in_principle"  # out, unless the pool is too small and the issuer releases it
    ALWAYS = "always"
    OFF = "off"


REPEATS_LABELS = {
    Repeats.IN_PRINCIPLE: "原则上不再重复",
    Repeats.ALWAYS: "一律不再重复",
    Repeats.OFF: "可以重复",
}
INDUSTRIES = {
    "chemical": "化工",
    "coal": "煤矿",
    "mining": "非煤矿山",
    "metallurgy": "冶金",
    "construction": "建筑",
    "transport": "交通",
    "medical": "医疗",
    "machinery": "机械",
    "textile": "纺织",
    "food": "食品",
    "other": "其他",
}
KEY_COUNTY = "危险化学品重点监管县"


def _check_numbers(choose: int, at_least: int, choose_name: str, least_name: str) -> None:
    if not 1 <= choose <= 99:
        raise ValueError(f"{choose_name}须在 1 到 99 之间。")
    if not 0 <= at_least <= choose:
        raise ValueError(f"至少的{least_name}须在 0 到 {choose} 之间。")


@dataclass(frozen=True)
class Quota:
    """Choose ``choose`` of a group, at least ``at_least`` of them counted (key, chemical)."""

    choose: int
    at_least: int
    counted: str
    unit: str

    def met_by(self, counted_flags: Iterable[bool]) -> bool:
        """Whether exactly these, one flag each, are a feasible set."""
        flags = list(counted_flags)
        return len(flags) == self.choose and sum(flags) >= self.at_least


@dataclass(frozen=True)
class CountyRule:
    """How many counties a city gives, and how many of them are 危险化学品重点监管县."""

    per_city: int
    key_at_least: int
    avoid_repeats: Repeats = Repeats.IN_PRINCIPLE

    def __post_init__(self) -> None:
        object.__setattr__(self, "avoid_repeats", Repeats(self.avoid_repeats))
        _check_numbers(self.per_city, self.key_at_least, "每市抽取的县数", "重点监管县数")

    @property
    def quota(self) -> Quota:
        return Quota(self.per_city, self.key_at_least, KEY_COUNTY, "个县（市、区）")

    @property
    def sentence(self) -> str:
        """The rule in the words of the plan."""
        key = f"（至少有{self.key_at_least}个{KEY_COUNTY}）" if self.key_at_least else ""
        repeats = REPEATS_LABELS[self.avoid_repeats]
        return f"每个市抽查{self.per_city}个县（市、区）{key}，本年度已经抽查过的{repeats}。"


@dataclass(frozen=True)
class EnterpriseRule:
    """How many enterprises a drawn county gives, of which kind."""

    per_county: int
    high_risk: bool = True
    private: bool = True
    small_or_medium: bool = True
    industry: str = "chemical"
    industry_at_least: int = 0

    def __post_init__(self) -> None:
        if self.industry not in INDUSTRIES:
            raise ValueError(f"行业“{self.industry}”不在名册里。")
        _check_numbers(
            self.per_county, self.industry_at_least, "每县抽取的企业数", "指定行业企业数"
        )

    @property
    def quota(self) -> Quota:
        counted = f"{INDUSTRIES[self.industry]}企业"
        return Quota(self.per_county, self.industry_at_least, counted, "家企业")

    @property
    def kind(self) -> str:
        """高危行业的非公中小企业, or less where the rule asks less."""
        kind = ("高危行业的" if self.high_risk else "") + ("非公" if self.private else "")
        return kind + ("中小企业" if self.small_or_medium else "企业")

    @property
    def sentence(self) -> str:
        """The rule in the words of the plan."""
        quota = self.quota
        least = f"（至少有{quota.at_least}家{quota.counted}）" if quota.at_least else ""
        return f"每个县（市、区）抽查{self.per_county}家{self.kind}{least}。"


@dataclass(frozen=True)
class SamplingRule:
    """Both stages of a plan's draw; ``to_json`` is what the plan stores."""

    counties: CountyRule
    enterprises: EnterpriseRule

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "SamplingRule":
        """The stored rule; ValueError in Chinese when it is none or breaks a bound."""
        if not data:
            raise ValueError("方案还没有抽取规则。")
        try:
            return cls(CountyRule(**data["counties"]), EnterpriseRule(**data["enterprises"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"抽取规则不完整：{error}") from error

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def stages(self) -> tuple[str, ...]:
        return ("counties", "enterprises")

    @property
    def targets(self) -> tuple[str, ...]:
        """The kinds of targets this rule leads to."""
        return ("county_union", "enterprise_union")

    @property
    def sentence(self) -> str:
        return self.counties.sentence + self.enterprises.sentence


SOURCE_1 = SamplingRule(
    CountyRule(per_city=2, key_at_least=1), EnterpriseRule(per_county=4, industry_at_least=2)
)


@dataclass(frozen=True)
class Candidate:
    """One that may be drawn; ``counted`` when it counts towards the quota."""

    code: str
    name: str
    counted: bool
    id: int = 0


@dataclass(frozen=True)
class Exclusion:
    """One that may not be drawn, and why."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Group:
    """A city's counties, or a county's enterprises; candidates in the order of their codes."""

    code: str
    name: str
    candidates: tuple[Candidate, ...]
    excluded: tuple[Exclusion, ...] = ()
    relaxed: bool = False  # counties already drawn this year take part here, with a reason
    id: int = 0
    repeated: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", tuple(sorted(self.candidates, key=_code)))
        object.__setattr__(self, "excluded", tuple(sorted(self.excluded, key=_code)))

    @property
    def counted(self) -> int:
        return sum(candidate.counted for candidate in self.candidates)


def _code(thing: Candidate | Exclusion) -> str:
    return thing.code


def feasible_sets(candidates: int, counted: int, quota: Quota) -> int:
    """How many sets meet the quota: Σ C(counted, j) · C(rest, choose − j) for j ≥ at_least."""
    rest = candidates - counted
    return sum(
        comb(counted, j) * comb(rest, quota.choose - j)
        for j in range(quota.at_least, min(quota.choose, counted) + 1)
    )


@dataclass(frozen=True)
class County:
    """What eligibility asks of a county."""

    code: str
    name: str
    is_key: bool
    id: int = 0
    is_zone: bool = False
    drawn_this_year: str = ""  # by which plan


def county_group(
    code: str,
    name: str,
    counties: Iterable[County],
    rule: CountyRule,
    *,
    released: bool,
    id: int = 0,
) -> Group:
    """The city's candidates, each of the others with its reason.

    ``released`` says that the issuer has released 原则上不再重复, with a reason; it takes effect
    only where the city cannot meet the quota without the counties already drawn.
    """
    counties = list(counties)
    group = _county_group(code, name, counties, rule, rule.avoid_repeats != Repeats.OFF, id)
    if not released or rule.avoid_repeats != Repeats.IN_PRINCIPLE or verdict(group, rule.quota).ok:
        return group
    return _county_group(code, name, counties, rule, False, id)


def _county_group(code, name, counties, rule, avoid, id) -> Group:
    candidates, excluded, repeated = [], [], set()
    for county in counties:
        if reason := _why_not(county, avoid):
            excluded.append(Exclusion(county.code, county.name, reason))
            continue
        candidates.append(Candidate(county.code, county.name, county.is_key, county.id))
        if county.drawn_this_year:
            repeated.add(county.code)
    in_principle = rule.avoid_repeats == Repeats.IN_PRINCIPLE
    return Group(
        code,
        name,
        tuple(candidates),
        tuple(excluded),
        relaxed=in_principle and bool(repeated),
        id=id,
        repeated=frozenset(repeated),
    )


def _why_not(county: County, avoid: bool) -> str:
    if county.is_zone:
        return "开发区，不属县（市、区）"
    if avoid and county.drawn_this_year:
        return f"本年度已抽查（{county.drawn_this_year}）"
    return ""


@dataclass(frozen=True)
class Enterprise:
    """What eligibility asks of an enterprise."""

    code: str
    name: str
    industry: str
    is_high_risk: bool
    is_private: bool
    is_small_or_medium: bool
    id: int = 0


def enterprise_group(
    code: str, name: str, enterprises: Iterable[Enterprise], rule: EnterpriseRule, *, id: int = 0
) -> Group:
    """The county's candidates, each of the others with all its reasons."""
    candidates, excluded = [], []
    for unit in enterprises:
        if reasons := _unmet(unit, rule):
            excluded.append(Exclusion(unit.code, unit.name, "；".join(reasons)))
        else:
            counted = unit.industry == rule.industry
            candidates.append(Candidate(unit.code, unit.name, counted, unit.id))
    return Group(code, name, tuple(candidates), tuple(excluded), id=id)


def _unmet(unit: Enterprise, rule: EnterpriseRule) -> list[str]:
    checks = [
        (rule.high_risk, unit.is_high_risk, "不是高危行业"),
        (rule.private, unit.is_private, "不是非公企业"),
        (rule.small_or_medium, unit.is_small_or_medium, "不是中小企业或未填规模"),
    ]
    return [reason for asked, met, reason in checks if asked and not met]


@dataclass(frozen=True)
class Verdict:
    """Whether a group can be drawn, in numbers and in a sentence."""

    group: Group
    quota: Quota
    sets: int

    @property
    def ok(self) -> bool:
        return self.sets > 0

    @property
    def has_reserve(self) -> bool:
        return len(self.group.candidates) > self.quota.choose

    @property
    def label(self) -> str:
        if not self.ok:
            return "不可抽"
        return "可抽" if self.has_reserve else "可抽，无候补"

    @property
    def lacking(self) -> str:
        """What is missing, nothing when the quota can be met."""
        quota, word, parts = self.quota, self.quota.unit[0], []
        if (short := quota.choose - len(self.group.candidates)) > 0:
            parts.append(f"须抽 {quota.choose} {quota.unit}，少 {short} {word}")
        if (short := quota.at_least - self.group.counted) > 0:
            parts.append(f"{quota.counted}须至少 {quota.at_least} {word}，少 {short} {word}")
        return "；".join(parts)

    @property
    def sentence(self) -> str:
        """济南市：候选 12 个县（市、区），其中危险化学品重点监管县 3 个，可抽。"""
        quota, group = self.quota, self.group
        counts = f"{group.name}：候选 {len(group.candidates)} {quota.unit}"
        if quota.counted:
            counts += f"，其中{quota.counted} {group.counted} {quota.unit[0]}"
        if not self.ok:
            return f"{counts}；{self.lacking}。"
        reserve = "" if self.has_reserve else f"，恰为 {quota.choose} {quota.unit[0]}，无候补"
        return f"{counts}，可抽{reserve}。"


def verdict(group: Group, quota: Quota) -> Verdict:
    """Count the group's feasible sets."""
    return Verdict(group, quota, feasible_sets(len(group.candidates), group.counted, quota))
