"""A small published rubric with one point of each kind of source 1."""

from decimal import Decimal

from django.utils import timezone

from rubrics.kinds import RuleKind
from rubrics.models import Criterion, Item, Rubric, Section, Version
from rubrics.outline import outline_of

TIERS = {
    "levels": [
        {"label": "省级以上媒体上宣传", "points": "5"},
        {"label": "市级媒体上宣传", "points": "3"},
        {"label": "县级媒体上宣传", "points": "1"},
    ],
    "none_label": "未宣传",
}
COUNT = {
    "unit": "次",
    "steps": [
        {"at_least": 2, "label": "2次及以上", "points": "2"},
        {"at_least": 1, "label": "1次", "points": "1"},
        {"at_least": 0, "label": "没有组织开展", "points": "0"},
    ],
}
DEDUCT = {"unit": "家", "each": "1"}
BANDS = {
    "name": "评审达标率",
    "bands": [
        {"below": "5", "minus": "5"},
        {"below": "10", "minus": "3"},
        {"below": "15", "minus": "1"},
    ],
}
CHOSEN = {"low": "2", "high": "5"}
VETO = {"effect": "sheet"}
PARAMS = {
    "award": {"step": "0.5"},
    "tiers": TIERS,
    "count": COUNT,
    "deduct": DEDUCT,
    "bands": BANDS,
    "chosen": CHOSEN,
    "verdict": {},
    "veto": VETO,
}


def small_version(target: str = Rubric.Target.COUNTY_UNION, *, number: int = 1) -> Version:
    """Two sections, three items, four points: 2 + 3 award, tiers 5, count 2; 12 in all."""
    rubric, _ = Rubric.objects.get_or_create(
        code=f"small-{target}",
        defaults={"title": "示例评分表", "target": target},
    )
    version = Version.objects.create(
        rubric=rubric,
        number=number,
        annex="附件1",
        title="示例评分表",
        issuer="示例",
        source="示例",
        unit_label="示例单位",
        methods=["1.查阅资料；", "2.实地走访。"],
        total=Decimal(12),
    )
    first, second = Section.objects.bulk_create(
        Section(version=version, order=order, name=name)
        for order, name in enumerate(("动员部署", "氛围营造"), 1)
    )
    one, two, three = Item.objects.bulk_create(
        Item(section=section, number=number, points=points)
        for section, number, points in ((first, 1, 5), (second, 2, 5), (second, 3, 2))
    )
    Criterion.objects.bulk_create(
        [
            _point(one, 1, "1-1", "制定了方案（2分）；", RuleKind.AWARD, 2),
            _point(one, 2, "1-2", "召开了会议（3分）。", RuleKind.AWARD, 3),
            _point(two, 1, "2", "宣传典型经验（5分）。", RuleKind.TIERS, 5, TIERS),
            _point(three, 1, "3", "组织应急演练（2分）。", RuleKind.COUNT, 2, COUNT),
        ]
    )
    return published(version)


def published(version: Version) -> Version:
    """The draft, published as it stands; its parts cannot be changed any more."""
    content_hash = outline_of(Version.objects.with_tree().get(pk=version.pk)).content_hash
    Version.objects.filter(pk=version.pk).update(
        status=Version.Status.PUBLISHED, content_hash=content_hash, published_at=timezone.now()
    )
    version.refresh_from_db()
    return version


def _point(item, order, code, text, kind, points, params=None):
    return Criterion(
        item=item,
        order=order,
        code=code,
        text=text,
        kind=kind,
        points=Decimal(points),
        params=params or {"step": "0.5"},
    )
