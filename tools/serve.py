"""Run the web server and the job worker until told to stop; start again what crashed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time

from tools import fonts, system
from tools.place import BIN, PYTHON, ROOT, environment, has_command

GRACE = 15  # seconds a process may take to finish what it does
CRASHES, WINDOW = 5, 60  # so many crashes within so many seconds: give up
START_TIMEOUT = 60


def port() -> int:
    return int(os.environ.get("PORT") or 8000)


def host() -> str:
    return os.environ.get("HOST") or "127.0.0.1"


def port_problem() -> str:
    """Why we cannot listen there, or "" when we can."""
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host(), port()))
    except (OSError, OverflowError, ValueError) as error:
        return f"端口 {os.environ.get('PORT', port())} 不可用（{error}）；换一个：PORT=8001 ./run"
    return ""


class Process:
    """One of our processes, started again when it ends by itself."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command = name, command
        self.ended: list[float] = []
        self.start()

    def start(self) -> None:
        guard = [sys.executable, str(ROOT / "tools" / "bound.py"), str(os.getpid())]
        self.child = subprocess.Popen(
            [*guard, *self.command] if os.name == "posix" else self.command,
            cwd=ROOT,
            env=environment(SITE_URL=os.environ.get("SITE_URL") or f"http://localhost:{port()}"),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us alone; we stop the others in order
        )

    def restart_if_ended(self) -> bool:
        """False when it has crashed too often to go on."""
        if self.child.poll() is None:
            return True
        now = time.monotonic()
        self.ended = [at for at in self.ended if now - at < WINDOW] + [now]
        if len(self.ended) >= CRASHES:
            print(f"{self.name} 反复退出，已停止。原因见上。", file=sys.stderr)
            return False
        print(f"{self.name} 意外退出（{self.child.returncode}），正在重新启动。", file=sys.stderr)
        self.start()
        return True

    def stop(self) -> None:
        if self.child.poll() is None:
            self.child.terminate()

    def wait(self, until: float) -> None:
        try:
            self.child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


def commands() -> dict[str, list[str]]:
    """What runs: the web server and the job worker."""
    # Of two threads in a process one would wait for the other's turn at Python with the database
    # in hand, while everybody waits for the database.
    workers, threads = (os.cpu_count() or 1, 1) if os.name == "posix" else (1, 2)
    granian = [str(BIN / "granian"), "--interface", "wsgi", "--host", host(), "--port", str(port())]
    return {
        "网站": [
            *granian,
            *("--workers", str(workers), "--blocking-threads", str(threads), "--no-ws"),
            *("--respawn-failed-workers", "--log-level", "warning"),
            "chabaocu.wsgi:application",
        ],
        "作业": [str(PYTHON), "manage.py", "work" if has_command("work") else "db_worker"],
    }


def run(greeting: str) -> int:
    """Serve until SIGINT or SIGTERM; 0 after an orderly stop."""
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    processes = [Process(name, command) for name, command in commands().items()]
    try:
        if not _answers(stop):
            return 0 if stop.is_set() else 1
        print(f"\n查保促督导平台已启动：http://localhost:{port()}/ （Ctrl-C 停止）\n{greeting}")
        threading.Thread(target=_extras, daemon=True).start()
        while not stop.wait(0.5):
            if not all(process.restart_if_ended() for process in processes):
                return 1
        return 0
    finally:
        _stop(processes)


def _answers(stop: threading.Event) -> bool:
    """Wait for the first answer of the web server, whatever it says."""
    until = time.monotonic() + START_TIMEOUT
    while not stop.wait(0.1) and time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection(
                "127.0.0.1" if host() == "0.0.0.0" else host(), port(), timeout=10
            )
            connection.request("GET", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            continue
        return True
    if not stop.is_set():
        print(f"网站在 {START_TIMEOUT} 秒内没有应答。", file=sys.stderr)
    return False


def _extras() -> None:
    """What only PDF needs comes after the login page: libraries and fonts."""
    if command := system.install(system.PDF):
        print(f"输出 PDF 还需要：{command}")
    if advice := fonts.fetch():
        print(advice)


def _stop(processes: list[Process]) -> None:
    for process in processes:
        process.stop()
    until = time.monotonic() + GRACE
    for process in processes:
        process.wait(until)
