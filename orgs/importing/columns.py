"""The columns of the list of units: what each may hold, and what to write instead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from orgs.credit_code import check_character, validate_credit_code
from orgs.models import Organization

Kind, Industry, Size = Organization.Kind, Organization.Industry, Organization.Size
SizeClass = Organization.SizeClass
YES_NO = {"是": True, "否": False}
OWNERSHIP = {"非公": True, "公有": False}


class Unfit(Exception):
    """A cell that cannot be taken: what is wrong, and what to write."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


@dataclass(frozen=True)
class Column:
    """One column: its header, the field it fills, its reader, and a hint for the template."""

    title: str
    field: str
    read: Callable[[str], Any]
    required: bool = False
    default: Any = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    width: int = 14


def plain(limit: int) -> Callable[[str], str]:
    """A reader of texts of at most so many signs."""

    def read(text: str) -> str:
        if len(text) > limit:
            raise Unfit(f"有 {len(text)} 个字，最多 {limit} 个", "请缩短")
        return text

    return read


def one_of(table: Mapping[str, Any], name: str) -> Callable[[str], Any]:
    """A reader of what stands in ``table``, which the page calls ``name``."""

    def read(text: str) -> Any:
        if text in table:
            return table[text]
        near = [label for label in table if label in text or text in label]
        fix = f"改为“{near[0]}”" if near else f"从这些里选：{'、'.join(table)}"
        raise Unfit(f"不在{name}表中", fix)

    return read


def labels(choices: Any) -> dict[str, str]:
    """Word → value of a model's choices."""
    return {label: value for value, label in choices.choices}


def _code(text: str) -> str:
    code = text.upper()
    if len(code) < 18:
        raise Unfit(f"少 {18 - len(code)} 位，应为 18 位", "照营业执照补全")
    if len(code) > 18:
        raise Unfit(f"多 {len(code) - 18} 位，应为 18 位", "照营业执照核对")
    try:
        validate_credit_code(code)
    except ValidationError as error:
        raise Unfit(*_code_fault(code)) from error
    return code


def _code_fault(code: str) -> tuple[str, str]:
    try:
        last = check_character(code[:-1])
    except ValueError:
        return (
            "有不会出现的字符（I、O、S、V、Z 或符号）",
            "多半是 0 写成 O、1 写成 I，请对照营业执照",
        )
    return f"校验位不符，末位应为 {last}", "多半是抄错一位，请对照营业执照"


def _table(title: str, field: str, table: Mapping[str, Any], name: str, **more: Any) -> Column:
    return Column(title, field, one_of(table, name), choices=tuple(table), **more)


NAME, COUNTY, CODE = "单位名称", "县（市、区）", "统一社会信用代码"
COLUMNS = (
    Column("序号", "", plain(20), hint="可以不填", width=6),
    Column(NAME, "name", plain(100), required=True, hint="营业执照上的全称", width=36),
    Column(
        COUNTY,
        "region",
        plain(60),
        required=True,
        hint="全称，如“阳信县”；省内有同名的写成“枣庄市市中区”",
        width=18,
    ),
    Column(CODE, "credit_code", _code, default=None, hint="18 位，企业必填", width=24),
    _table("所有制", "is_private", OWNERSHIP, "所有制", default=False, hint="企业必填"),
    _table("行业", "industry", labels(Industry), "行业", hint="企业必填"),
    _table("规模", "size", labels(Size), "规模", hint="按《中小企业划型标准规定》"),
    _table("高危行业", "is_high_risk", YES_NO, "是否", default=False, hint="企业必填"),
    _table("类别", "kind", labels(Kind), "类别", default=Kind.ENTERPRISE, hint="不填就是企业"),
    _table("已建工会", "has_union", YES_NO, "是否", default=True, hint="不填就是“是”"),
    Column("联系人", "contact_name", plain(40), hint="可以不填"),
    Column("联系电话", "contact_phone", plain(20), hint="可以不填", width=18),
    Column("地址", "address", plain(200), hint="可以不填", width=36),
    _table("三类企业", "size_class", labels(SizeClass), "三类企业", hint="按当地标准，可以不填"),
)
ENTERPRISE_NEEDS = {
    "credit_code": "企业必须有统一社会信用代码",
    "is_private": "企业必须写明所有制",
    "industry": "企业必须写明行业",
    "is_high_risk": "企业必须写明是否高危行业",
}
