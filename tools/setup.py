"""The data of a first start: tables, reference data, demo or administrator, static files."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from tools.environment import LOCK, make_environment
from tools.place import PYTHON, ROOT, data_dir, has_command
from tools.process import SetupError, run
from tools.stamps import digest, once

REFERENCE_DATA = {
    "load_workdays": "工作日历",
    "load_regions": "行政区划",
    "load_rubrics": "官方评分表",
}
DEMO, EMPTY = "demo", "empty"


def prepare(*, empty: bool) -> str:
    """Set up what is missing; returns what the person should read at each start."""
    make_environment()
    mode = _choose_mode(empty)
    with ThreadPoolExecutor() as both:
        collected = both.submit(_collect_static)
        _migrate()
        for command in REFERENCE_DATA:
            _load(command)
        greeting = _demo() if mode == DEMO else _administrator()
        collected.result()
    return greeting


def stamp(name: str) -> Path:
    return data_dir() / "stamps" / name


def manage(*arguments: str) -> str:
    return run(f"manage.py {arguments[0]}", [PYTHON, ROOT / "manage.py", *arguments])


def _choose_mode(empty: bool) -> str:
    """Demo or not is decided by the first start, so that invented data never joins real data."""
    chosen = stamp("mode")
    if not chosen.is_file():
        chosen.parent.mkdir(parents=True, exist_ok=True)
        chosen.write_text(EMPTY if empty else DEMO)
    mode = chosen.read_text()
    if empty and mode == DEMO:
        raise SetupError(f"{data_dir()} 里已有演示数据：请另设 DATA_DIR，或先删除这个目录。")
    return mode


def _migrate() -> None:
    """Tables up to date. A database elsewhere may have been replaced: it is asked each time."""
    url = os.environ.get("DATABASE_URL", "")
    key = digest(url, LOCK, *sorted(ROOT.glob("*/migrations/*.py")))

    def migrate() -> None:
        if "orgs.0001_initial" in manage("migrate", "--no-input"):  # a new database
            for name in (*REFERENCE_DATA, DEMO, EMPTY):
                stamp(name).unlink(missing_ok=True)

    if url:
        migrate()
    else:
        once("数据库", stamp("migrate"), key, migrate, made=data_dir() / "db.sqlite3")


def _load(command: str) -> None:
    """Reference data, again when its source, a package or the year has changed."""
    if has_command(command):
        key = digest(LOCK, ROOT / "fixtures", str(date.today().year), *_sources(command))
        once(REFERENCE_DATA[command], stamp(command), key, lambda: _do(command))


def _demo() -> str:
    """The demo round, loaded once; its accounts are shown at each start."""
    accounts = stamp("demo-accounts")

    def load() -> None:
        said = manage("load_demo")
        accounts.write_text(f"{said}示例账号：\n{manage('demo_accounts')}", encoding="utf-8")

    if has_command("load_demo"):
        once("演示数据", stamp(DEMO), DEMO, load, made=accounts)
    return accounts.read_text(encoding="utf-8") if accounts.is_file() else ""


def _administrator() -> str:
    """The first administrator; the password is shown this once and kept nowhere."""
    said: list[str] = []
    once("系统管理员", stamp(EMPTY), EMPTY, lambda: said.append(manage("create_admin")))
    return "".join(said)


def _collect_static() -> None:
    key = digest(LOCK, ROOT / "static")
    made = data_dir() / "static" / "staticfiles.json"
    once("静态文件", stamp("static"), key, lambda: _do("collectstatic", "--no-input"), made=made)


def _do(*arguments: str) -> None:
    manage(*arguments)


def _sources(command: str) -> list[Path]:
    return sorted(ROOT.glob(f"*/management/commands/{command}.py"))
