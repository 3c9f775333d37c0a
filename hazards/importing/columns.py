"""The columns of a list of hazards: what each may hold, and what to write instead."""

from datetime import date, datetime

from django.utils import timezone

from hazards.models import Hazard
from orgs.importing.columns import Column, Unfit, labels, one_of, plain

WAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S")
PLACE, WHERE, TEXT, FOUND = "场所", "地点", "隐患", "发现日期"


def _day(text: str) -> date:
    """A day as people and Excel write it, not in the future."""
    for way in WAYS:
        try:
            day = datetime.strptime(text, way).date()  # noqa: DTZ007 (a day on paper has no zone)
        except ValueError:
            continue
        if day > timezone.localdate():
            raise Unfit("在今天以后", "核对日期")
        return day
    raise Unfit("不是日期", "写成 2026-11-22 这样")


COLUMNS = (
    Column("序号", "", plain(20), hint="可以不填", width=6),
    Column(TEXT, "text", plain(1000), required=True, hint="看到什么、多严重", width=48),
    Column(
        "种类",
        "kind",
        one_of(labels(Hazard.Kind), "种类"),
        required=True,
        choices=tuple(labels(Hazard.Kind)),
        hint="从下拉里选",
        width=14,
    ),
    Column(PLACE, "place", plain(60), default=None, hint="从下拉里选；没有的不填", width=18),
    Column(WHERE, "where", plain(100), hint="没选场所的必填，如“2号泵房东侧”", width=28),
    Column(FOUND, "found_on", _day, default=None, hint="不填就是今天，如 2026-11-22", width=14),
    Column("发现人", "reporter_name", plain(40), hint="可以不填", width=12),
)
BY_TITLE = {column.title: column for column in COLUMNS}
