"""1,000 saves dropped half-way against the real server: what sticks, and how fast it is afterwards.

    python -m benchmarks.dropped            # DATABASE_URL chooses the database

A third break off in their head, a third in their body, a third right after the last byte, while
the server works on them. Afterwards no transaction may be open, no total wrong, and the server
must save as many marks a second as before.
"""

import os
import random
import signal
import socket
import struct
import tempfile
import time
from statistics import median

from benchmarks import load_save, phones

DROPPED, CLIENTS, ROUNDS, SECONDS = 1000, 20, 5, 3
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing resets the wire, as a lost phone does


def main() -> None:
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="chabaocu-dropped-"))
    os.environ.setdefault("SECRET_KEY", "only-for-this-measurement")
    from benchmarks.ground import engine, leave, stand

    stand()
    people = load_save.filled_round()
    server = load_save.serve()
    try:
        load_save.wait_for(server)
        rate(people, 1)  # every worker has its statements compiled
        before = [rate(people) for _ in range(ROUNDS)]
        drop(people)
        stuck = open_transactions()
        after = [rate(people) for _ in range(ROUNDS)]
        ratio = median(after) / median(before)
        print(f"{engine()}: {DROPPED} saves dropped half-way, {stuck} transactions open,", end=" ")
        print(f"wrong totals {load_save.wrong_totals()}; saves/s before", end=" ")
        print(f"{median(before):.0f} ({min(before):.0f}–{max(before):.0f}), after", end=" ")
        print(f"{median(after):.0f} ({min(after):.0f}–{max(after):.0f}): {ratio:.2f}×")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
        leave()


def rate(people: list[tuple[int, str]], seconds: float = SECONDS) -> float:
    """Accepted saves a second."""
    taken, told = load_save.load(people, CLIENTS, load_save.VIEWS["ours"], seconds)
    return sum(one.status == 200 for one in told) / taken


def drop(people: list[tuple[int, str]]) -> None:
    """Begin a save a thousand times and be gone before its answer."""
    chance, port = random.Random(1), int(os.environ["PORT"])
    for n in range(DROPPED):
        sheet, cookie = people[n % len(people)]
        code = load_save.CODES[n % len(load_save.CODES)]
        address = load_save.VIEWS["ours"].format(sheet=sheet, code=code)
        phone = phones.Phone(address, cookie, code, port)
        request = phone.request()
        body = request.index(b"\r\n\r\n") + 4
        sent = (body // 2, (body + len(request)) // 2, len(request))[n % 3]
        with phone.connect() as wire:
            wire.sendall(request[:sent])
            time.sleep(chance.random() / 100)  # up to 10 ms: anywhere within the work on it
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)


def open_transactions() -> int:
    """Transactions still open 3 s later; on SQLite, whether the one write lock is held."""
    from django.db import OperationalError, connection

    time.sleep(3)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 100")
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except OperationalError:
                return 1
            cursor.execute("ROLLBACK")
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        )
        return cursor.fetchone()[0]


if __name__ == "__main__":
    main()
