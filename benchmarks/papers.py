"""A scoring table as long as an issued one, with invented wording."""

from decimal import Decimal

POINTS = 44


def long_version():
    """A published version of 44 points in 11 items."""
    from rubrics.models import Criterion, Item, Rubric, Section, Version
    from tests.factories.rubrics import published

    rubric = Rubric.objects.create(code="long", title="示例", target="county_union")
    version = Version.objects.create(
        rubric=rubric, number=1, annex="附件1", title="示例长表", total=2 * POINTS
    )
    section = Section.objects.create(version=version, order=1, name="示例")
    for number in range(1, POINTS // 4 + 1):
        item = Item.objects.create(section=section, number=number, points=8)
        for order in range(1, 5):
            Criterion.objects.create(
                item=item,
                order=order,
                code=f"{number}-{order}",
                text=f"示例督导内容第{number}项第{order}点（2分）；",
                kind="award",
                points=Decimal(2),
                params={"step": "0.5"},
            )
    return published(version)
