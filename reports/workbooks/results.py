"""督导结果 as Excel: the rows of the list, in its order, with its columns."""

from reports.render.xlsx import Column, Format, table_bytes
from scoring.results import Listing

PLACE = [
    Column("市", 14, lambda row: _city(row[0])),
    Column("县（市、区）", 16, lambda row: _county(row[0])),
    Column("单位", 34, lambda row: row[0].target.name),
    Column("对象", 14, lambda row: row[0].get_target_kind_display()),
    Column("轮次", 34, lambda row: row[0].plan.title),
    Column("督导日期", 12, lambda row: row[0].visit_on, Format.DATE),
]
RESULT = [
    Column("总得分", 10, lambda row: row[0].total, Format.POINTS),
    Column("应得分", 10, lambda row: row[0].applicable, Format.POINTS),
    Column("得分率", 10, lambda row: row[0].rate, Format.PERCENT),
]
RANK = [
    Column("名次", 8, lambda row: row[1].place if row[1] else None, Format.INTEGER),
    Column("并列", 8, lambda row: "并列" if row[1] and row[1].is_shared else ""),
]
DESK = [
    Column("督导组", 16, lambda row: row[0].team.name if row[0].team else ""),
    Column("确认时间", 18, lambda row: row[0].confirmed_at, Format.MOMENT),
]
RELEASED = [Column("下发时间", 18, lambda row: row[0].released_at, Format.MOMENT)]


def results_workbook(listing: Listing) -> bytes:
    """Every row of the listing; ranks, teams and confirmation only where the page shows them."""
    columns = [*PLACE, *RESULT, *RELEASED]
    if listing.is_ranked:
        columns = [*RANK, *PLACE, *RESULT, *DESK, *RELEASED]
    visits = listing.visits.order_by(*listing.order).iterator(chunk_size=2000)
    return table_bytes("督导结果", columns, listing.rows(visits))


def _city(visit) -> str:
    region = visit.region
    return region.parent.name if region.level == "county" and region.parent else region.name


def _county(visit) -> str:
    return visit.region.name if visit.region.level == "county" else ""
