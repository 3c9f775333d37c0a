"""督导结果 of 100,000 visits as Excel, from the database, against openpyxl over the models.

Run: python -m benchmarks.results_book [rows]
"""

import sys
import time
from collections.abc import Callable

from benchmarks import ground
from benchmarks.crowd import fill


def main(rows: int = 100_000) -> None:
    """Fill, write both ways, print."""
    ground.stand()
    from django.test import RequestFactory

    from scoring.results import listing

    request = RequestFactory().get("/results/", {"kind": "enterprise_union"})
    request.user = fill(rows).province
    print(f"{ground.engine()}, {rows:,} visits: seconds by the clock, of the processor")
    ours, theirs = (
        seconds(name, lambda write=write: write(listing(request)))
        for name, write in (("ours", written), ("openpyxl", written_from_models))
    )
    ratio = [there / here for there, here in zip(theirs, ours, strict=True)]
    print(f"openpyxl : ours = {ratio[0]:.1f} : 1 by the clock, {ratio[1]:.1f} : 1 of the processor")
    ground.leave()


def written(listing) -> int:
    """As the page's button does it."""
    import tempfile

    from reports.workbooks.results import write_results

    with tempfile.TemporaryFile() as file:
        write_results(file, listing)
        return file.tell()


def written_from_models(listing) -> int:
    """As one would do it first: the models of the list, cell by cell, in write_only mode."""
    import tempfile

    from django.utils.timezone import make_naive
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("督导结果")
    visits = listing.visits.order_by(*listing.order)
    for visit, rank in listing.rows(visits.iterator(chunk_size=2000)):
        sheet.append(
            [
                rank.place if rank else None,
                "并列" if rank and rank.is_shared else "",
                visit.region.parent.name,
                visit.region.name,
                visit.target.name,
                visit.get_target_kind_display(),
                visit.plan.title,
                visit.visit_on,
                visit.total,
                visit.applicable,
                visit.rate,
                visit.team.name if visit.team else "",
                visit.confirmed_at and make_naive(visit.confirmed_at),
                visit.released_at and make_naive(visit.released_at),
            ]
        )
    with tempfile.TemporaryFile() as file:
        book.save(file)
        return file.tell()


def seconds(name: str, work: Callable[[], int]) -> tuple[float, float]:
    """Spent on one call, by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    size = work()
    spent = time.perf_counter() - clock, time.process_time() - processor
    print(f"  {name:9} {spent[0]:6.1f} {spent[1]:6.1f} s, file of {size / 1024**2:.1f} MB")
    return spent


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
