"""The sheets behind a number: what the number was counted by, as conditions with their words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial, reduce
from operator import or_
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import F, Q, QuerySet
from django.http import Http404, QueryDict

from analysis import measures
from analysis.choice import counted
from analysis.compared import STRUCK_OFF
from analysis.measures import ANSWER, COMPARED, FINDING, Measure, Summary
from analysis.scores import INDUSTRIES, NONE, SIZES, UNKNOWN
from chabaocu.lists import Page, keyset_page
from chabaocu.sent import MOST
from orgs.models import Region
from orgs.roles import Permission as P
from orgs.scope import NOTHING, Scope, path_range
from plans.models import Team, Visit
from rubrics.kinds import verdict
from rubrics.kinds.verdict import GRADES
from rubrics.models import Criterion, Rubric, Version
from scoring.filters import EVERY, KINDS, OWN, rounds_of
from scoring.lines import lines
from scoring.models import SelfComparison
from scoring.results import JUDGED_ORDER, RANKED_ORDER

PATH = RegexValidator(r"^(\d{3}){1,4}\Z")
HUNDRED = Decimal(100)
MARKS = {"short": "失分", "excused": "不适用", "applied": "适用", "said": "作了判断", **GRADES}
SAYS = {"same": "一致", "high": "偏高", "low": "偏低", "apart": "无法比较"}
BECAME = {"fixed": "已整改", "hazard": "转为隐患", "closed": "转为隐患、已销号"}
OUTCOMES: dict[str, dict[str, Any]] = {
    "fixed": {f"{FINDING}fixed_on__isnull": False},
    "hazard": {f"{FINDING}hazard__isnull": False},
    "closed": {f"{FINDING}hazard__status__in": STRUCK_OFF},
}


class SheetsForm(forms.Form):
    """Every condition a number can have been counted by; all but the round may be left out."""

    plan = forms.ChoiceField()
    kind = forms.ChoiceField(required=False, choices=[EVERY, *KINDS])
    place = forms.CharField(required=False, validators=[PATH])
    at = forms.CharField(required=False, validators=[PATH])  # there, and in no place below
    industry = forms.ChoiceField(required=False, choices=[*INDUSTRIES.items(), (NONE, UNKNOWN)])
    size = forms.ChoiceField(required=False, choices=[*SIZES.items(), (NONE, UNKNOWN)])
    low = forms.IntegerField(required=False, min_value=0, max_value=100)
    high = forms.IntegerField(required=False, min_value=0, max_value=100)
    share_low = forms.IntegerField(required=False, min_value=0, max_value=100)
    share_high = forms.IntegerField(required=False, min_value=0, max_value=100)
    team = forms.IntegerField(required=False, min_value=1, max_value=MOST)
    version = forms.IntegerField(required=False, min_value=1, max_value=MOST)
    point = forms.CharField(required=False, max_length=12)
    mark = forms.ChoiceField(required=False, choices=[EVERY, *MARKS.items()])
    reason = forms.CharField(required=False, strip=False)
    finding = forms.CharField(required=False, max_length=12)
    became = forms.ChoiceField(required=False, choices=[EVERY, *BECAME.items()])
    judged = forms.BooleanField(required=False)  # judged and perhaps not scored
    checked = forms.BooleanField(required=False)  # the unit checked itself before
    own = forms.ChoiceField(required=False, choices=[EVERY, *SAYS.items()])
    said = forms.ChoiceField(required=False, choices=[EVERY, *GRADES.items()])
    beside = forms.ChoiceField(required=False)  # another round, whose sheets count as well
    beside_version = forms.IntegerField(required=False, min_value=1)
    beside_point = forms.CharField(required=False, max_length=12)

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        super().__init__(data)
        rounds = rounds_of(scope)
        self.fields["plan"].choices = rounds
        self.fields["beside"].choices = [EVERY, *rounds]
        self.fields["size"].choices = [EVERY, *self.fields["size"].choices]
        self.fields["industry"].choices = [EVERY, *self.fields["industry"].choices]


@dataclass(frozen=True)
class Condition:
    """One thing the sheets have in common, in words."""

    name: str
    words: str
    rows: Q
    measure: Measure | None = None  # what the number adds up over them


@dataclass(frozen=True)
class Side:
    """The sheets of one round."""

    title: str
    conditions: Sequence[Condition]
    visits: QuerySet[Visit]
    is_judged: bool
    own: QuerySet[Visit] | None  # joined to what the units said of themselves

    @property
    def measure(self) -> Measure | None:
        return next((one.measure for one in self.conditions if one.measure), None)

    @cached_property
    def summary(self) -> Summary:
        """What they come to."""
        summary = (measures.verdicts if self.is_judged else measures.scored)(self.visits)
        if self.own is not None:
            summary = measures.beside_own(summary, self.own, self.visits)
        if self.measure:
            summary = measures.measured(summary, self.measure, self.visits)
        return summary


@dataclass(frozen=True)
class Sheets:
    """The sheets behind one number: of one round, or of the two it compares."""

    sides: Sequence[Side]
    data: QueryDict

    @property
    def is_judged(self) -> bool:
        """Whether they are told by 符合率, which gives no order to stand in."""
        return self.sides[0].is_judged

    @property
    def count(self) -> int:
        return sum(side.summary.count for side in self.sides)

    @property
    def change(self) -> str:
        """The difference of both rounds, with its sign; nothing where there is one."""
        if len(self.sides) == 1:
            return ""
        now, before = (side.summary for side in self.sides)
        return now.less(before)

    @cached_property
    def page(self) -> Page:
        """The page asked for, best 得分率 first, or in the order of divisions."""
        order = JUDGED_ORDER if self.is_judged else RANKED_ORDER
        load = partial(lines, page="scoring:visit_review")
        visits = reduce(or_, (side.visits for side in self.sides))
        return keyset_page(visits, self.data, order=order, load=load, count=self.count)

    @property
    def measured(self) -> Mapping[int, str]:
        """What each sheet of the page adds to the number."""
        pks = [line.pk for line in self.page]
        found = [side.measure.each(pks) for side in self.sides if side.measure]
        return reduce(or_, found, {})


def sheets(data: QueryDict, scope: Scope) -> Sheets:
    """What an address asks for, within the person's scope; one that is none raises Http404."""
    form = SheetsForm(data, scope=scope)
    if not form.is_valid():
        raise Http404
    rounds, chosen = dict(form.fields["plan"].choices), form.cleaned_data
    asked = [chosen]
    if chosen["beside"]:
        names = {name: chosen[f"beside_{name}"] for name in ("version", "point")}
        asked.append(chosen | names | {"plan": chosen["beside"]})
    sides = [_side(rounds[int(one["plan"])], one, scope) for one in asked]
    return Sheets(sides, data)


def _side(title: str, chosen: dict[str, Any], scope: Scope) -> Side:
    conditions = [*_conditions(chosen, scope)]
    has = "verdicts" if chosen["judged"] else "rate"
    visits = counted(scope).filter(plan=chosen["plan"], **{f"{has}__isnull": False})
    for one in conditions:
        visits = visits.filter(one.rows)
    own = _own(scope) if chosen["checked"] else None
    return Side(title, conditions, visits, chosen["judged"], own)


def _conditions(chosen: dict[str, Any], scope: Scope) -> Iterator[Condition]:
    for name, make in CONDITIONS.items():
        value = chosen[name]
        if value not in (None, "", False):
            words, rows = make(value, scope)
            yield Condition(name, words, rows)
    for name, more in MEASURED.items():
        if chosen[name]:
            yield more(chosen, scope)


def _kind(kind: str, scope: Scope) -> tuple[str, Q]:
    return Rubric.Target(kind).label, Q(target_kind=kind)


def _place(path: str, scope: Scope) -> tuple[str, Q]:
    return _name(path, scope), path_range("place", path)


def _at(path: str, scope: Scope) -> tuple[str, Q]:
    return _name(path, scope) + OWN, Q(place=path)


def _name(path: str, scope: Scope) -> str:
    names = Region.objects.within(scope).filter(path=path).values_list("name", flat=True)
    return next(iter(names), path)


def _industry(industry: str, scope: Scope) -> tuple[str, Q]:
    words = UNKNOWN if industry == NONE else INDUSTRIES[industry]
    return f"行业 {words}", Q(target__industry="" if industry == NONE else industry)


def _size(size: str, scope: Scope) -> tuple[str, Q]:
    words = UNKNOWN if size == NONE else SIZES[size]
    return f"规模 {words}", Q(target__size="" if size == NONE else size)


def _low(low: int, scope: Scope) -> tuple[str, Q]:
    return f"得分率 {low}% 及以上", Q(rate__gte=low / HUNDRED)


def _high(high: int, scope: Scope) -> tuple[str, Q]:
    return f"得分率 {high}% 以下", Q(rate__lt=high / HUNDRED)


def _share_low(low: int, scope: Scope) -> tuple[str, Q]:
    found = counted(scope).alias(share=measures.share()).filter(share__gte=low)
    return f"符合率 {low}% 及以上", Q(pk__in=found.values("pk"))


def _share_high(high: int, scope: Scope) -> tuple[str, Q]:
    found = counted(scope).alias(share=measures.share()).filter(share__lt=high)
    return f"符合率 {high}% 以下", Q(pk__in=found.values("pk"))


def _team(team: int, scope: Scope) -> tuple[str, Q]:
    names = Team.objects.within(scope).filter(pk=team).values_list("name", flat=True)
    return next(iter(names), ""), Q(team=team)


def _marked(chosen: dict[str, Any], scope: Scope) -> Condition:
    """What the present draft says of one point; asked in one call, over one join."""
    asked: dict[str, Any] = {f"{ANSWER}criterion__code": chosen["point"]}
    if chosen["mark"] == "short":
        asked[f"{ANSWER}points__lt"] = F(f"{ANSWER}criterion__points")
    elif chosen["mark"] in ("excused", "applied"):
        asked[f"{ANSWER}not_applicable"] = chosen["mark"] == "excused"
    elif chosen["mark"] == "said":
        asked[f"{ANSWER}inputs__has_key"] = verdict.INPUT
    said = _judged(chosen, chosen["mark"]) if chosen["mark"] in GRADES else Q()
    words = f"第 {chosen['point']} 点 {MARKS.get(chosen['mark'], '')}".strip()
    if chosen["reason"]:
        asked[f"{ANSWER}reason"] = chosen["reason"]
        words = f"{words}：{chosen['reason']}"
    here = {"plan": chosen["plan"], "sheets__revision": F("revision")}
    found = counted(scope).filter(said, **here, **asked)
    measure = None
    if chosen["mark"] in ("short", "applied"):
        measure = measures.lost(found)
    elif chosen["mark"] == "said":
        measure = measures.good(found, _judged(chosen, "good"))
    return Condition("point", words, Q(pk__in=found.values("pk")), measure)


def _judged(chosen: dict[str, Any], as_what: str) -> Q:
    """The answers that count as asked: 是 is good at some points, bad at others."""
    table = {"item__section__version": chosen["version"], "code": chosen["point"]}
    points = Criterion.objects.filter(**table)
    ways: dict[str, list[int]] = {}
    for pk, params in points.values_list("pk", "params"):
        said = next(one for one, grade in verdict.counted(params).items() if grade == as_what)
        ways.setdefault(said, []).append(pk)
    path = f"{ANSWER}inputs__{verdict.INPUT}"
    one_by_one = (Q(**{path: said, f"{ANSWER}criterion__in": pks}) for said, pks in ways.items())
    return reduce(or_, one_by_one, NOTHING)


def _found(chosen: dict[str, Any], scope: Scope) -> Condition:
    """What the present draft lists as a problem of one point, or of none, and what it became."""
    code = chosen["finding"]
    none = code == NONE
    words = "有不对应得分点的问题" if none else f"第 {code} 点有问题"
    asked: dict[str, Any] = {f"{FINDING}pk__isnull": False, f"{FINDING}withdrawn_at": None}
    asked |= {f"{FINDING}criterion": None} if none else {f"{FINDING}criterion__code": code}
    if chosen["became"]:
        asked |= OUTCOMES[chosen["became"]]
        words = f"{words}，{BECAME[chosen['became']]}"
    found = counted(scope).filter(plan=chosen["plan"], sheets__revision=F("revision"), **asked)
    named = f"{BECAME[chosen['became']]}的问题" if chosen["became"] else "问题"
    return Condition(
        "finding", words, Q(pk__in=found.values("pk")), measures.problems(found, named)
    )


def _version(version: int, scope: Scope) -> tuple[str, Q]:
    found = Version.objects.within(scope).filter(pk=version)
    return f"评分表第 {found.values_list('number', flat=True).first() or version} 版", Q(
        version=version
    )


def _checked(checked: bool, scope: Scope) -> tuple[str, Q]:
    return "单位报送过自查", Q(pk__in=_own(scope).values("pk"))


def _own(scope: Scope) -> QuerySet[Visit]:
    """The visits of units that checked themselves, joined to the comparison of both."""
    found = SelfComparison.objects.within(scope, P.VISIT_REVIEW).present()
    found = found.filter(check_sheet__visit__rate__isnull=False)
    return counted(scope).filter(**{f"{COMPARED}pk__in": found.values("pk")})


def _differing(chosen: dict[str, Any], scope: Scope) -> Condition:
    """What the unit said of itself was the same, more or less than was found."""
    name, words = chosen["own"], SAYS[chosen["own"]]
    found = _own(scope).filter(**{f"{COMPARED}{name}__gt": 0})
    measure = measures.compared(found, name, words)
    return Condition("own", f"自查有{words}的得分点", Q(pk__in=found.values("pk")), measure)


def _said(chosen: dict[str, Any], scope: Scope) -> Condition:
    """At least one point was judged so."""
    grade = chosen["said"]
    found = counted(scope).alias(n=measures.said(grade)).filter(plan=chosen["plan"], n__gt=0)
    measure = measures.judged(found, grade)
    return Condition("said", f"有判为{GRADES[grade]}的点", Q(pk__in=found.values("pk")), measure)


CONDITIONS = {
    "kind": _kind,
    "place": _place,
    "at": _at,
    "industry": _industry,
    "size": _size,
    "low": _low,
    "high": _high,
    "share_low": _share_low,
    "share_high": _share_high,
    "team": _team,
    "version": _version,
    "checked": _checked,
}
MEASURED = {"finding": _found, "point": _marked, "own": _differing, "said": _said}
