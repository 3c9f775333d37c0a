"""Invented enterprises, twelve a county, and invented 产业工会 of the province."""

from collections.abc import Iterator
from typing import NamedTuple

from chabaocu.demo.places import counties
from orgs.credit_code import check_character
from orgs.models import Organization, Region
from orgs.pinyin import initials

Trade, S, K = Organization.Industry, Organization.Size, Organization.Kind
# invented like all of them: a city divides its enterprises by a standard of its own
CLASSES = {S.LARGE: "above", S.MEDIUM: "medium", S.SMALL: "small", S.MICRO: "small"}


class Sketch(NamedTuple):
    """What one of the twelve enterprises of a county is like."""

    word: str
    trade: str
    industry: str
    size: str
    private: bool = True
    high_risk: bool = True


# Nine of twelve meet the rule of source 1 (高危、非公、中小企业), five of them 化工.
SKETCHES = (
    Sketch("瑞禾", "化工", Trade.CHEMICAL, S.MEDIUM),
    Sketch("青岩", "精细化工", Trade.CHEMICAL, S.SMALL),
    Sketch("海晏", "助剂", Trade.CHEMICAL, S.SMALL),
    Sketch("清和", "新材料", Trade.CHEMICAL, S.MEDIUM),
    Sketch("川泽", "涂料", Trade.CHEMICAL, S.MICRO),
    Sketch("磐石", "矿业", Trade.MINING, S.SMALL),
    Sketch("金鼎", "冶金", Trade.METALLURGY, S.MEDIUM),
    Sketch("筑安", "建筑", Trade.CONSTRUCTION, S.SMALL),
    Sketch("通途", "危货运输", Trade.TRANSPORT, S.SMALL),
    Sketch("鲁源", "石化", Trade.CHEMICAL, S.LARGE, private=False),
    Sketch("恒织", "纺织", Trade.TEXTILE, S.MEDIUM, high_risk=False),
    Sketch("丰禾", "食品", Trade.FOOD, S.SMALL, high_risk=False),
)
INDUSTRIAL_UNIONS = ("化工", "机械冶金", "建筑", "医务")
REGULATOR = ("滨州市", "滨州市应急管理局（示例）")


def load_units(top: Region) -> None:
    """Store the enterprises and the 产业工会 that are not there yet."""
    known = _known()
    Organization.objects.bulk_create(
        unit for unit in _enterprises(top) if unit.credit_code not in known
    )
    union = union_of(top)
    for trade in INDUSTRIAL_UNIONS:
        name = industrial_union_name(trade)
        Organization.objects.unscoped(reason="demo").get_or_create(
            region=top,
            name=name,
            defaults={
                "kind": K.INDUSTRIAL_UNION,
                "parent": union,
                "name_initials": initials(name),
                "is_demo": True,
            },
        )


def load_regulator(top: Region) -> None:
    """Store the 政府职能部门 to which 重大隐患 are reported."""
    city, name = REGULATOR
    region = Region.objects.unscoped(reason="demo").get(parent=top, name=city)
    Organization.objects.unscoped(reason="demo").get_or_create(
        region=region,
        name=name,
        defaults={
            "kind": K.REGULATOR,
            "name_initials": initials(name),
            "contact_phone": "05430000000",
            "is_demo": True,
        },
    )


def industrial_union_name(trade: str) -> str:
    return f"山东省{trade}工会（示例）"


def union_of(region: Region) -> Organization:
    """The 总工会 of a region."""
    unions = Organization.objects.unscoped(reason="demo").filter(kind=K.UNION)
    return unions.get(region=region)


def _known() -> frozenset[str]:
    codes = Organization.objects.unscoped(reason="demo").exclude(credit_code=None)
    return frozenset(codes.values_list("credit_code", flat=True))


def _enterprises(top: Region) -> Iterator[Organization]:
    unions = Organization.objects.unscoped(reason="demo").filter(kind=K.UNION)
    parents = {union.region_id: union for union in unions}
    for county in counties(top):
        for number, sketch in enumerate(SKETCHES, start=1):
            yield _enterprise(county, parents[county.pk], number, sketch)


def _enterprise(county: Region, union: Organization, number: int, sketch: Sketch) -> Organization:
    name = f"{_short(county.name)}{sketch.word}{sketch.trade}有限公司（示例）"
    return Organization(
        kind=K.ENTERPRISE,
        name=name,
        name_initials=initials(name),
        region=county,
        parent=union,
        credit_code=_credit_code(county, number),
        industry=sketch.industry,
        size=sketch.size,
        size_class=CLASSES[sketch.size],
        is_private=sketch.private,
        is_high_risk=sketch.high_risk,
        contact_name="周示例",
        address=f"{county.name}示例路 {number} 号",
        is_demo=True,
    )


def _short(name: str) -> str:
    """阳信县 → 阳信; a name of two characters (莘县) stays whole."""
    return name[:-1] if len(name) > 2 else name


def _credit_code(county: Region, number: int) -> str:
    """Well-formed, and plain to see that nobody was given it."""
    body = f"91{county.code}DEM0{number:05}"
    return body + check_character(body)
