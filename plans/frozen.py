"""The frozen list: everything the draw depends on but the seed, as one text with one hash."""

from collections.abc import Sequence
from typing import Any

from audit.canonical import canonical_json
from plans.draw import ALGORITHM, probability
from plans.models import Draw, Plan
from plans.sampling import CountyRule, EnterpriseRule, Group, Quota, Verdict, verdict
from plans.supplements import occasion
from plans.unit_rules import UnitRule

StageRule = CountyRule | EnterpriseRule | UnitRule


def frozen_text(draw: Draw, rule: StageRule, groups: Sequence[Group]) -> str:
    """The list of ``draw`` as canonical JSON; the hash is taken of these very characters."""
    plan: Plan = draw.plan
    supplement = {"supplement": occasion(draw.county)} if draw.county else {}
    return canonical_json(
        supplement
        | {
            "algorithm": ALGORITHM,
            "plan": {"id": plan.pk, "title": plan.title, "year": plan.year},
            "issuer": plan.issuer.name,
            "stage": draw.stage,
            "run": draw.run,
            "rule": _rule(rule),
            "released": plan.relaxed_reason if any(group.relaxed for group in groups) else "",
            "seed_source": {"kind": draw.seed_source, "detail": draw.seed_source_detail},
            "groups": [_group(group, rule.quota) for group in groups],
        }
    )


def _rule(rule: StageRule) -> dict[str, Any]:
    quota = rule.quota
    group = {"group": rule.group} if isinstance(rule, UnitRule) else {}
    return group | {
        "choose": quota.choose,
        "at_least": quota.at_least,
        "counted": quota.counted,
        "unit": quota.unit,
        "text": rule.sentence,
    }


def _group(group: Group, quota: Quota) -> dict[str, Any]:
    found: Verdict = verdict(group, quota)
    return {
        "code": group.code,
        "name": group.name,
        "id": group.id,
        "relaxed": group.relaxed,
        "repeated": sorted(group.repeated),
        "sets": str(found.sets),
        "probability": {
            word: str(probability(group, quota, counted=counted))
            for word, counted, exists in [
                ("counted", True, group.counted > 0),
                ("other", False, group.counted < len(group.candidates)),
            ]
            if exists
        },
        "candidates": [
            {"code": one.code, "name": one.name, "counted": one.counted, "id": one.id}
            for one in group.candidates
        ],
        "excluded": [
            {"code": one.code, "name": one.name, "reason": one.reason} for one in group.excluded
        ],
    }
