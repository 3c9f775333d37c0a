"""The divisions of a province come from a package, and codes end without being deleted."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from audit.verify import verify_all
from orgs.actions.regions import PathsExhausted, add_region, load_divisions, load_unions
from orgs.divisions import CITY, COUNTY, PROVINCE, Division, province
from orgs.models import Organization, Region
from orgs.pinyin import initials

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def shandong(*counties: tuple[str, str]) -> Division:
    places = tuple(Division(code, name, COUNTY) for code, name in counties)
    city = Division("370100", "济南市", CITY, places)
    return Division("370000", "山东省", PROVINCE, (city,))


BOTH = (("370102", "历下区"), ("370103", "市中区"))


def test_shandong_has_16_cities_and_136_counties(capsys):
    call_command("load_regions")
    levels = [Region.objects.filter(level=level).count() for level in (PROVINCE, CITY, COUNTY)]
    assert levels == [1, 16, 136]
    assert "新增 153，改名 0，停用 0" in capsys.readouterr().out
    yangxin = Region.objects.get(code="371622")
    assert (yangxin.name, yangxin.parent.name, yangxin.path[:3]) == ("阳信县", "滨州市", "001")


def test_load_again_changes_nothing():
    call_command("load_regions")
    before = list(Region.objects.values()), list(Organization.objects.values())
    call_command("load_regions")
    assert (list(Region.objects.values()), list(Organization.objects.values())) == before


def test_each_division_has_its_union_below_the_next():
    call_command("load_regions")
    union = Organization.objects.get(region__code="371622")
    names = [union.name, union.parent.name, union.parent.parent.name]
    assert names == ["阳信县总工会", "滨州市总工会", "山东省总工会"]
    assert union.name_initials == "yxxzgh"
    assert Organization.objects.count() == 153


def test_vanished_county_is_closed_and_keeps_its_path():
    load_divisions(shandong(*BOTH), on=DAY)
    changes = load_divisions(shandong(BOTH[1], ("370112", "新设区")), on=date(2026, 6, 1))
    assert vars(changes) == {"added": 1, "renamed": 0, "closed": 1}
    closed, new = Region.objects.get(code="370102"), Region.objects.get(code="370112")
    assert (closed.path, closed.valid_to) == ("001001001", date(2026, 6, 1))
    assert (new.path, new.valid_to) == ("001001003", None)
    assert verify_all() == []


def test_code_that_ended_may_begin_again():
    load_divisions(shandong(*BOTH), on=DAY)
    load_divisions(shandong(BOTH[1]), on=date(2026, 6, 1))
    load_divisions(shandong(*BOTH), on=date(2026, 7, 1))
    assert [r.path for r in Region.objects.filter(code="370102")] == ["001001001", "001001003"]


def test_renamed_county_keeps_its_place():
    load_divisions(shandong(*BOTH), on=DAY)
    changes = load_divisions(shandong(("370102", "历下新区"), BOTH[1]), on=DAY)
    assert (changes.renamed, Region.objects.get(code="370102").path) == (1, "001001001")


def test_development_zone_has_no_code_and_stays():
    load_divisions(shandong(*BOTH), on=DAY)
    city = Region.objects.get(code="370100")
    zones = [
        add_region(f"示例开发区{n}", city, level=COUNTY, is_development_zone=True) for n in "12"
    ]
    load_divisions(shandong(*BOTH), on=date(2026, 6, 1))
    assert [z.path for z in zones] == ["001001003", "001001004"]
    assert Region.objects.filter(is_development_zone=True, valid_to=None).count() == 2
    load_unions(Region.objects.get(code="370000"))
    assert not Organization.objects.filter(region__in=zones).exists()


def test_path_never_carries():
    load_divisions(shandong(), on=DAY)
    city = Region.objects.get(code="370100")
    Region.objects.create(name="示例", level=COUNTY, parent=city, path="001001998")
    with pytest.raises(PathsExhausted):
        add_region("示例二", city, level=COUNTY)


@pytest.mark.parametrize("name", ["江苏", "江苏省", "32", "320000"])
def test_other_provinces_by_name_or_code(name):
    assert province(name).name == "江苏省"


def test_county_right_below_its_province_is_a_county():
    levels = {d.name: d.level for d in province("湖北省").children}
    assert (levels["武汉市"], levels["仙桃市"]) == (CITY, COUNTY)


def test_unknown_province_is_named():
    with pytest.raises(CommandError, match="没有这个省：乌有省"):
        call_command("load_regions", "乌有省")


@pytest.mark.parametrize(
    ("text", "letters"),
    [("山东省总工会", "sdszgh"), ("重庆A1公司", "cqa1gs"), ("（示例）喆", "slz"), ("", "")],
)
def test_initials(text, letters):
    assert initials(text) == letters
