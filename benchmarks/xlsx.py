"""A list as Excel, 100,000 rows × 25 columns, against openpyxl's write_only mode.

Run: python -m benchmarks.xlsx [rows]
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from subprocess import check_output

from benchmarks import ground

COLUMNS = 25
FIRST = date(2017, 12, 1)


def rows(count: int) -> Iterator[tuple]:
    """Mixed rows: Chinese text, dates, numbers, blanks."""
    for number in range(count):
        yield tuple(_cell(number, column) for column in range(COLUMNS))


def _cell(number: int, column: int) -> object:
    kinds: list[Callable[[], object]] = [
        lambda: f"示例{number}化工有限公司",
        lambda: FIRST + timedelta(days=number % 9),
        lambda: number * 0.5,
        lambda: None if number % 3 else "奖励资金未单独列支",
        lambda: column,
    ]
    return kinds[column % len(kinds)]()


def ours(path: Path, count: int) -> None:
    from reports.render.xlsx import Column, Format, write_table

    formats = [Format.TEXT, Format.DATE, Format.POINTS, Format.TEXT, Format.INTEGER]
    columns = [
        Column(f"列{n}", 12, lambda row, n=n: row[n], formats[n % len(formats)])
        for n in range(COLUMNS)
    ]
    write_table(path, "示例", columns, rows(count))


def theirs(path: Path, count: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("示例")
    sheet.append([f"列{n}" for n in range(COLUMNS)])
    for row in rows(count):
        sheet.append(row)
    book.save(path)


def measure(name: str, count: int) -> tuple[float, int, int]:
    """Seconds, megabytes more than before, kilobytes of file, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.xlsx", str(count), name]
    seconds, memory, size = check_output(command, cwd=ground.ROOT, text=True).split()
    return float(seconds), int(memory), int(size)


def once(name: str, count: int) -> None:
    """One run, its figures on one line."""
    import django
    from django.conf import settings

    settings.configure(USE_TZ=True)
    django.setup()
    write = {"ours": ours, "openpyxl": theirs}[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write(path, 10)  # imports, first allocations
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        write(path, count)
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(seconds, (after - before) // 1024, path.stat().st_size // 1024)


def main(count: int = 100_000) -> None:
    started = time.perf_counter()
    sum(1 for _ in rows(count))
    making = time.perf_counter() - started
    print(f"{count} rows × {COLUMNS} columns; making the rows alone {making:.1f} s")
    taken = {}
    for name in ("ours", "openpyxl"):
        taken[name], memory, size = measure(name, count)
        print(f"  {name:9} {taken[name]:6.1f} s, +{memory} MB, {size / 1024:.1f} MB file")
    net = (taken["openpyxl"] - making) / max(taken["ours"] - making, 0.001)
    print(f"openpyxl : ours = {taken['openpyxl'] / taken['ours']:.1f} : 1, ", end="")
    print(f"writing alone {net:.1f} : 1")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) == 2:
        once(arguments[1], int(arguments[0]))
    else:
        main(*map(int, arguments))
