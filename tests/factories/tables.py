"""Tables of every kind: the official ones of the sources, and one that has every rule."""

import json
from decimal import Decimal
from typing import Any

from plans.models import Visit
from rubrics import actions
from rubrics.evaluate import choices, score_point
from rubrics.kinds import RuleKind, value_of
from rubrics.management.commands.load_rubrics import FOLDER
from rubrics.mismatches import mismatches
from rubrics.models import Criterion, Rubric, Version
from rubrics.outline import (
    CriterionOutline,
    ItemOutline,
    Outline,
    SectionOutline,
    read,
)
from tests.factories.rubrics import BANDS, CHOSEN, COUNT, DEDUCT, TIERS

CODES = sorted(path.stem for path in FOLDER.glob("*.json"))
# Two sections; weights, a capped bonus, best-of, spills, both vetoes, 100 → 50, grades.
EVERY_RULE = (
    ("1", RuleKind.AWARD, 10, {"step": "0.5"}),
    ("2", RuleKind.TIERS, 5, TIERS),
    ("3", RuleKind.COUNT, 2, COUNT),
    ("4", RuleKind.DEDUCT, 5, DEDUCT | {"spills": True}),
    ("5", RuleKind.BANDS, 5, BANDS),
    ("6", RuleKind.CHOSEN, 6, CHOSEN),
    ("7", RuleKind.VETO, 0, {"effect": "sheet"}),
    ("8", RuleKind.AWARD, 4, {"step": "1"}),
    ("9", RuleKind.AWARD, 3, {"step": "1"}),
    ("10", RuleKind.AWARD, 2, {"step": "0.5"}),
    ("11", RuleKind.AWARD, 2, {"step": "0.5"}),
    ("12", RuleKind.VERDICT, 0, {}),
    ("13", RuleKind.VERDICT, 0, {"good": "no"}),
    ("14", RuleKind.VETO, 0, {"effect": "grade", "grade": "一级"}),
)
SCHEME = {
    "groups": [
        {"name": "荣誉", "rule": "best", "codes": ["8", "9"]},
        {"name": "加分", "rule": "cap", "codes": ["10", "11"], "points": "2", "bonus": True},
    ],
    "weights": {"1": "1.5"},
    "scale": {"points": "50", "places": 1},
    "grades": [
        {"name": "一级", "at_least": "45"},
        {"name": "二级", "at_least": "40"},
        {"name": "三级", "at_least": "30"},
    ],
}


def official(code: str) -> Version:
    """The published table of one fixture."""
    outline = read(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8")))
    return _published(outline)


def every_rule(*, rescale: bool = False) -> Version:
    """One table with every kind of point and every rule of a scheme."""
    return _published(
        Outline(
            code=f"every-rule-{'rescale' if rescale else 'plain'}",
            number=1,
            target=Rubric.Target.COUNTY_UNION,
            annex="附件9",
            title="示例评分表",
            issuer="示例",
            source="示例",
            unit_label="示例单位",
            section_label="项目",
            methods=("1.示例；",),
            not_applicable="rescale" if rescale else "rate_only",
            total=Decimal(50),
            sections=(
                _section("示例管理", EVERY_RULE[:7]),
                _section("示例成效", EVERY_RULE[7:], 8),
            ),
            scheme=SCHEME,
        )
    )


def bind(visit: Visit, version: Version) -> Visit:
    """The visit scored with this table, at a unit of its kind."""
    Visit.objects.filter(pk=visit.pk).update(version=version, target_kind=version.rubric.target)
    visit.refresh_from_db()
    return visit


def best(point: Criterion) -> str:
    """What a form's field says for full marks, or for good."""
    return _ranked(point)[0]


def worst(point: Criterion) -> str:
    """What a form's field says for the least, or for bad."""
    return _ranked(point)[-1]


def _ranked(point: Criterion) -> list[str]:
    def rank(choice: Any) -> tuple:
        outcome = score_point(point.kind, point.points, point.params, choice.inputs)
        return (
            -outcome.points,
            outcome.vetoes,
            outcome.verdict == "bad",
            outcome.verdict != "good",
        )

    found = sorted(choices(point.kind, point.params, point.points), key=rank)
    return [value_of(point.kind, choice.inputs) for choice in found]


def _section(name: str, rows: tuple, first: int = 1) -> SectionOutline:
    items = [
        ItemOutline(
            number,
            Decimal(points),
            (CriterionOutline(code, f"示例内容{code}；", kind, Decimal(points), params),),
        )
        for number, (code, kind, points, params) in enumerate(rows, first)
    ]
    return SectionOutline(name, tuple(items))


def _published(outline: Outline) -> Version:
    accepted = [str(found) for found in mismatches(outline)]
    version = actions.store(outline, by=None, accepted=accepted)
    actions.publish(version, by=None)
    version.refresh_from_db()
    return version
