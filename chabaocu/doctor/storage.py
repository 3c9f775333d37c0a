"""Disk, database, and the calendar in it."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from chabaocu.doctor.finding import Finding, Level, judge
from clocks.models import Workday

GIB = 2**30
LEAST_FREE, COMFORTABLE = 1 * GIB, 5 * GIB
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def check_disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    level = Level.ERROR if free < LEAST_FREE else Level.WARNING
    what = f"磁盘：{settings.DATA_DIR} 还有 {free / GIB:.1f} GiB"
    yield judge(free >= COMFORTABLE, what, "清理磁盘，或把 DATA_DIR 移到大的磁盘", otherwise=level)


def check_database() -> Iterator[Finding]:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(Level.ERROR, f"数据库连不上：{error}", "检查 DATABASE_URL 和数据库服务")
        return
    what = f"数据库：{connection.vendor}，" + (f"{len(plan)} 个迁移未执行" if plan else "结构最新")
    yield judge(not plan, what, "./run manage migrate")
    if connection.vendor == "sqlite":
        yield from _check_pragmas()
    if not plan:
        yield from _check_years()


def _check_pragmas() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    wrong = [f"{name}={found[name]}" for name in PRAGMAS if found[name] != PRAGMAS[name]]
    what = "SQLite 设置：" + ("、".join(wrong) or "WAL，提交即落盘，检查外键")
    yield judge(not wrong, what, "DATA_DIR 须在本地磁盘上：网络盘不支持 WAL")


def _check_years() -> Iterator[Finding]:
    this_year = timezone.localdate().year
    for year in (this_year, this_year + 1):
        days = Workday.objects.filter(day__year=year)
        if not days.exists():
            yield Finding(Level.ERROR, f"{year} 年工作日历没有载入", "./run manage load_workdays")
            continue
        guessed = days.filter(is_estimated=True).exists()
        what = f"{year} 年工作日历" + ("：尚未公布，暂按周末推算" if guessed else "")
        remedy = "国务院办公厅公布后，升级 chinese-calendar 再 ./run manage load_workdays"
        level = Level.ERROR if year == this_year else Level.WARNING
        yield judge(not guessed, what, remedy, otherwise=level)
