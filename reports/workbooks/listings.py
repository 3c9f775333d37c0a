"""挂牌督办台账 as Excel, one row a listing, as filtered on its page."""

from collections.abc import Iterable
from typing import BinaryIO

from hazards.listings import Listing
from reports.render.xlsx import Column, Format, write_table

COLUMNS = [
    Column("挂牌督办文号", 22, lambda row: row.hazard.listing_number),
    Column("重大安全生产隐患名称", 50, lambda row: row.name),
    Column("督办事项", 40, lambda row: row.hazard.matter),
    Column("责任政府", 20, lambda row: row.hazard.government),
    Column("单位", 30, lambda row: row.hazard.unit.name),
    Column("所在地", 16, lambda row: row.hazard.unit.region.name),
    Column("挂牌时间", 18, lambda row: row.hazard.listed_at, Format.MOMENT),
    Column("整改期限", 12, lambda row: row.hazard.due_on, Format.DATE),
    Column("逾期天数", 10, lambda row: row.late or None, Format.INTEGER),
    Column("现在", 18, lambda row: row.stage),
    Column("六落实核查", 18, lambda row: row.hazard.six_checked_at, Format.MOMENT),
    Column("销号报告", 18, lambda row: row.hazard.off_reported_at, Format.MOMENT),
    Column("现场核查", 18, lambda row: row.hazard.off_checked_at, Format.MOMENT),
    Column("销号文号", 22, lambda row: row.hazard.delisting_number),
    Column("销号时间", 18, lambda row: row.hazard.delisted_at, Format.MOMENT),
]


def write_listings(target: BinaryIO, listings: Iterable[Listing]) -> None:
    """Every listing, in the order of the page."""
    write_table(target, "挂牌督办台账", COLUMNS, listings)
