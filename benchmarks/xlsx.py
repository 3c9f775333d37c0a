"""A list of 100,000 rows × 25 columns as Excel, written and read, against openpyxl.

Run: python -m benchmarks.xlsx [rows]

Each of the four runs in a process of its own. The rows are made before the clock starts; openpyxl
writes in its write_only mode and reads in its read_only mode, which are its fastest. Ours reads
with every limit checked first.
"""

import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from subprocess import check_output
from typing import Any

from benchmarks import ground

COLUMNS = 25
FIRST = date(2017, 12, 1)
TASKS = ("ours writes", "openpyxl writes", "ours reads", "openpyxl reads")


def rows(count: int) -> list[tuple]:
    """Mixed rows: Chinese text, dates, numbers, blanks."""
    return [
        (
            f"示例{number}化工有限公司",
            FIRST + timedelta(days=number % 9),
            number * 0.5,
            None if number % 3 else "奖励资金未单独列支",
            number % 100,
        )
        * (COLUMNS // 5)
        for number in range(count)
    ]


def ours_writes(path: Path, made: list[tuple]) -> None:
    from reports.render.xlsx import Column, Format, write_table

    formats = [Format.TEXT, Format.DATE, Format.POINTS, Format.TEXT, Format.INTEGER]
    columns = [
        Column(f"列{n}", 12, lambda row, n=n: row[n], formats[n % len(formats)])
        for n in range(COLUMNS)
    ]
    write_table(path, "示例", columns, made)


def openpyxl_writes(path: Path, made: list[tuple]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("示例")
    sheet.append([f"列{n}" for n in range(COLUMNS)])
    for row in made:
        sheet.append(row)
    book.save(path)


def ours_reads(path: Path, made: list[tuple]) -> None:
    from orgs.importing.workbook import Limits, read_sheet

    limits = Limits(megabytes=50, unpacked_megabytes=500, rows=200_000)
    with path.open("rb") as file:
        read = read_sheet(file, path.stat().st_size, sheet="示例", limits=limits)
    assert len(read.rows) == len(made)


def openpyxl_reads(path: Path, made: list[tuple]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    assert sum(1 for _ in book["示例"].iter_rows(values_only=True)) == len(made) + 1
    book.close()


def measure(task: str, count: int, path: Path) -> list[float]:
    """Seconds by the clock and of the processor, and megabytes more than before."""
    command = [sys.executable, "-m", "benchmarks.xlsx", str(count), task, str(path)]
    return [float(word) for word in check_output(command, cwd=ground.ROOT, text=True).split()]


def once(task: str, count: int, path: Path) -> None:
    """One run, its figures on one line."""
    import django
    from django.conf import settings

    settings.configure(USE_TZ=True)
    django.setup()
    work: Any = globals()[task.replace(" ", "_")]
    made = rows(count)
    warm = path.with_name("warm.xlsx")  # imports and first allocations come before the clock
    if task.endswith("reads"):
        openpyxl_writes(warm, made[:10])
    work(warm, made[:10])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, processor = time.perf_counter(), time.process_time()
    work(path, made)
    spent = time.perf_counter() - clock, time.process_time() - processor
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(*spent, (after - before) / 1024)


def main(count: int = 100_000) -> None:
    print(f"{count:,} rows × {COLUMNS} columns: seconds by the clock, of the processor, memory")
    taken = {}
    with tempfile.TemporaryDirectory() as folder:
        for task in TASKS:
            # what openpyxl wrote, which came last, is what both read
            path = Path(folder) / "list.xlsx"
            taken[task] = clock, processor, memory = measure(task, count, path)
            size = path.stat().st_size / 1024**2
            print(f"  {task:16} {clock:6.1f} {processor:6.1f} s, +{memory:.0f} MB", end="")
            print(f", file of {size:.1f} MB")
    for verb in ("writes", "reads"):
        theirs, ours = taken[f"openpyxl {verb}"], taken[f"ours {verb}"]
        print(f"{verb}: openpyxl : ours = {theirs[0] / ours[0]:.1f} : 1 by the clock, ", end="")
        print(f"{theirs[1] / ours[1]:.1f} : 1 of the processor")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        once(sys.argv[2], int(sys.argv[1]), Path(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
