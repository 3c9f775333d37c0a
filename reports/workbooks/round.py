"""汇总表: a whole round as one workbook, every stored value in it, sums as live formulas.

总览 counts from 全部单位 by formula; a sheet for each city; 排名; the marks point by point, a sheet
for each table, and every answer in full; the records; problems, letters, 督导资料; what is late and
what fell away. Stored results only, nothing is scored again.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from audit.canonical import sha256
from plans.models import Phase, Plan
from reports.render.book_xlsx import PERCENT, POINTS, Book, Cell, formula
from reports.workbooks.round_points import write_points
from reports.workbooks.round_rest import found, gone, letters, pieces, write_rest
from reports.workbooks.round_rows import (
    COUNTS,
    HANDED_IN,
    HEADS,
    KINDS,
    SHORT,
    STATES,
    WIDTHS,
    Row,
    by_city,
    rows_of,
    stamps,
    visits_of,
)
from rubrics.kinds.verdict import GRADES
from scoring.ranking import ranks
from scoring.standings import DONE
from scoring.sums import RANKED

Told = Callable[[int, int], None]
ALL = "全部单位"


def write_round(
    target: str | os.PathLike,
    plan: Plan,
    user: Any,
    *,
    today: date,
    told: Told = lambda done, total: None,
) -> None:
    """The workbook of the visits whose results this person may see."""
    visits = visits_of(plan, user)
    rows = rows_of(visits, plan, user)
    ranked = [row for row in rows if row.visit.scorer == RANKED]
    book = Book()
    _overview(book, plan, ranked, today)
    _everything(book, ranked)
    _ranking(book, ranked)
    for city, own in by_city(ranked).items():
        _means(book, city, own)
    for scorer, deed in Phase.DEEDS.items():
        if own := [row for row in rows if row.visit.scorer == scorer != RANKED]:
            _means(book, deed, own)
    write_points(book, visits, rows, told)
    write_rest(book, plan, user, visits, rows, today)
    book.save(target)


def fingerprint(plan: Plan, user: Any) -> str:
    """Of everything the workbook would hold; as long as it stays, so does the workbook."""
    lists = (
        found(visits_of(plan, user)),
        letters(plan, user),
        pieces(plan, user),
        gone(plan, user),
    )
    return sha256([stamps(plan, user), *(list(one) for one in lists)])


OVERVIEW = (
    ("市", 14),
    ("应督导", 10),
    ("已提交", 10),
    ("已确认", 10),
    ("平均总得分", 12),
    ("平均得分率", 12),
    ("最低得分率", 12),
    ("最高得分率", 12),
)
JUDGED = (*((word, 10) for word in GRADES.values()), ("符合率", 12))
MEANS = (("I", POINTS), ("J", POINTS), ("K", PERCENT))


def _overview(book: Book, plan: Plan, rows: list[Row], today: date) -> None:
    """A line for each city and one for the round, counted from 全部单位 by Excel.

    Means, lowest and highest are of what is confirmed, as on the pages of the statistics.
    """
    note, count = f"{plan.title} {today:%Y-%m-%d}", len(rows)
    judged = any(row.visit.verdicts for row in rows)
    heads = [*OVERVIEW, *(JUDGED if judged else ())]
    sheet = book.sheet("总览", *zip(*heads, strict=True), note=note)
    for at, city in enumerate(by_city(rows), start=2):
        told = [*_counts(f"A{at}"), *_spread(count, f"A{at}")]
        sheet.add([city, *told, *(_verdicts(count, at, f"A{at}") if judged else ())])
    last = sheet.rows
    sums = [formula(f"=SUM({letter}2:{letter}{last})") for letter in "BCD"]
    said = _verdicts(count, last + 1) if judged else ()
    sheet.add(["合计", *sums, *_spread(count), *said])


def _counts(city: str) -> Iterator[Cell]:
    """应督导, 已提交 and 已确认 of a city."""
    where = f"'{ALL}'!$B:$B,{city}"
    yield formula(f"=COUNTIF({where})")
    for states in (HANDED_IN, DONE):
        each = [f"COUNTIFS({where},'{ALL}'!$H:$H,\"{STATES[s]}\")" for s in sorted(states)]
        yield formula(f"={'+'.join(each)}")


def _spread(count: int, city: str = "") -> Iterator[Cell]:
    """The mean 总得分, and mean, lowest and highest 得分率 of a city's visits, or of all.

    Without MINIFS, which an office's older Excel does not know.
    """
    city_at, counts, total, rate = (_column(letter, count) for letter in "BPIK")
    where = f'{counts},"{COUNTS}"' + (f",{city_at},{city}" if city else "")
    among = f'({counts}="{COUNTS}")*({rate}<>"")' + (f"*({city_at}={city})" if city else "")
    none = f'=IF(COUNTIFS({where},{rate},">=0")=0,"",'
    yield formula(f"{none}AVERAGEIFS({total},{where}))", POINTS)
    yield formula(f"{none}AVERAGEIFS({rate},{where}))", PERCENT)
    yield formula(f"{none}1-SUMPRODUCT(MAX({among}*(1-{rate}))))", PERCENT)
    yield formula(f"{none}SUMPRODUCT(MAX({among}*{rate})))", PERCENT)


def _verdicts(count: int, at: int, city: str = "") -> Iterator[Cell]:
    """How often 符合, 部分 and 不符合 were said, and 符合率, of a city or of all."""
    where = f'{_column("P", count)},"{COUNTS}"'
    where += f",{_column('B', count)},{city}" if city else ""
    for letter in "UVW":
        yield formula(f"=SUMIFS({_column(letter, count)},{where})")
    yield formula(f'=IF(SUM(I{at}:K{at})=0,"",I{at}/SUM(I{at}:K{at}))', PERCENT)


def _column(letter: str, count: int) -> str:
    """A column of 全部单位, as far as it goes."""
    return f"'{ALL}'!${letter}$2:${letter}${count + 1}"


def _everything(book: Book, rows: list[Row]) -> None:
    sheet = book.sheet(ALL, HEADS, WIDTHS, freeze="E2")
    for row in rows:
        sheet.add(row.values)


def _means(book: Book, title: str, rows: list[Row]) -> None:
    """The visits of a city, or of a kind of work, in short; the means of what is confirmed."""
    sheet = book.sheet(title, HEADS[:SHORT], WIDTHS[:SHORT], freeze="E2")
    for row in rows:
        sheet.add(row.values[:SHORT])
    last = sheet.rows
    means = [
        formula(f'=IFERROR(AVERAGEIFS({at}2:{at}{last},P2:P{last},"{COUNTS}"),"")', look)
        for at, look in MEANS
    ]
    sheet.add(["", "平均", *[""] * 6, *means])


def _ranking(book: Book, rows: list[Row]) -> None:
    """名次 among units of one kind, equal ones together, the next rank left out (并列)."""
    heads = ("对象", "名次", "并列", "单位", "市", "县（市、区）", "总得分", "得分率")
    sheet = book.sheet("排名", heads, (12, 8, 8, 34, 10, 14, 9, 9))
    kinds: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.counts and row.visit.rate is not None:
            kinds[row.visit.target_kind].append(row)
    for kind, own in kinds.items():
        scores = [(row.visit.rate, row.visit.total) for row in own]
        found = ranks(Counter(scores).items())
        for score, row in sorted(zip(scores, own, strict=True), key=lambda o: found[o[0]].place):
            v, rank = row.visit, found[score]
            place = [v.target__name, row.city, v.region__name]
            told = [rank.place, "并列" if rank.is_shared else "", *place]
            sheet.add([KINDS[kind], *told, v.total, Cell(v.rate, PERCENT)])
