"""What ./run does: set up what is missing, then start, test or pass on. Standard library only."""

import os
import subprocess
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tools import serve, setup, suite  # noqa: E402
from tools.environment import make_environment  # noqa: E402
from tools.place import PYTHON, ROOT  # noqa: E402
from tools.process import SetupError  # noqa: E402

USAGE = """\
./run              启动（首次会自动准备一切，并载入演示数据）
./run --empty      启动，不载入演示数据，建立一名系统管理员
./run test [参数]  安装测试所需并运行全部测试
./run manage …     等同 manage.py …
./run doctor       检查缺什么、怎么补

环境变量：PORT（8000）、HOST（127.0.0.1）、DATA_DIR（var/）、DATABASE_URL（默认 SQLite）
"""


def main(arguments: list[str]) -> int:
    """Do what the first argument says; the answer is the exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("start", [])
    match command, rest:
        case ("start", []) | ("--empty", []):
            return start(empty=command == "--empty")
        case "test", _:
            return suite.run(rest)
        case "manage", _:
            return manage(*rest)
        case "doctor", _:
            return manage("doctor", *rest)
    print(USAGE)
    return 0 if command in {"help", "-h", "--help"} else 2


def start(*, empty: bool) -> int:
    """Set up what is missing, then serve until told to stop."""
    if problem := serve.port_problem():
        print(problem, file=sys.stderr)
        return 1
    return serve.run(setup.prepare(empty=empty))


def manage(*arguments: str) -> int:
    """Become manage.py, with its packages there and the caller's folder as it is."""
    make_environment()
    command = [str(PYTHON), str(ROOT / "manage.py"), *arguments]
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
