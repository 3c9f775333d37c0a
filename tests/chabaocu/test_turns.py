"""Writers of SQLite queue in turn: real processes, their own connections, nobody passed over."""

import multiprocessing
import os
import signal
import threading
import time

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from chabaocu import env
from chabaocu.sqlite3.turns import TooLongError, Turn

SECONDS, PROCESSES, THREADS = 3, 2, 2
IN_TURN, UNQUEUED = "chabaocu.sqlite3", "django.db.backends.sqlite3"
pytestmark = (
    pytest.mark.django_db
)  # lets us open connections; the site's own database is not touched


def connect(path, engine=IN_TURN, **options):
    config = {"ENGINE": engine, "NAME": str(path), "OPTIONS": env.SQLITE_OPTIONS | options}
    return ConnectionHandler({"default": config}).create_connection("default")


def count_up(connection):
    """Read, then write what was read and one: lost if anybody wrote in between."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with connection.cursor() as cursor:
        found = read(connection)
        time.sleep(0.002)
        cursor.execute("UPDATE counter SET n = %s", [found + 1])
    connection.commit()
    connection.set_autocommit(True)
    return found


def read(connection):
    with connection.cursor() as cursor:
        return cursor.execute("SELECT n FROM counter").fetchone()[0]


def write(path, engine, until, told):
    """Write as often as it goes; how often, and how many others went first at the worst."""
    connection = connect(path, engine)
    done, worst = 0, 0
    while time.time() < until:
        before = read(connection)
        worst = max(worst, count_up(connection) - before)
        done += 1
    connection.close()
    told.append((done, worst))


def writers(path, engine, start, answers):
    """One process of the web server: some threads, each with a connection of its own."""
    told = []
    start.wait(60)
    until = time.time() + SECONDS
    threads = [
        threading.Thread(target=write, args=(path, engine, until, told)) for _ in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(told)


def crowd(path, engine):
    spawn = multiprocessing.get_context("spawn")
    answers = spawn.Queue()
    args = (path, engine, spawn.Barrier(PROCESSES), answers)
    crew = [spawn.Process(target=writers, args=args) for _ in range(PROCESSES)]
    for one in crew:
        one.start()
    told = [one for _ in crew for one in answers.get(timeout=60)]
    for one in crew:
        one.join()
    return told


@pytest.fixture
def counter(tmp_path):
    path = tmp_path / "counter.sqlite3"
    connection = connect(path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE counter (n)")
        cursor.execute("INSERT INTO counter VALUES (0)")
    yield path
    connection.close()


def total(path):
    connection = connect(path)
    try:
        return read(connection)
    finally:
        connection.close()


@pytest.mark.race
def test_nobody_is_passed_over_and_nothing_is_lost(counter):
    told = crowd(counter, IN_TURN)
    assert total(counter) == sum(done for done, _ in told)
    assert max(worst for _, worst in told) < 60


@pytest.mark.race
def test_without_the_queue_somebody_is_passed_over(counter):
    """On a machine busy with other things few turns are taken at all: then look again."""
    seen = (max(worst for _, worst in crowd(counter, UNQUEUED)) for _ in range(6))
    assert any(worst >= 60 for worst in seen)


def hold(path, ready):
    connection = connect(path)
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    ready.set()
    time.sleep(60)


def test_the_turn_of_a_killed_process_is_free(counter):
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    holder = spawn.Process(target=hold, args=(counter, ready))
    holder.start()
    assert ready.wait(30)
    with pytest.raises(OperationalError, match="database is locked"):
        count_up(connect(counter, timeout=0.1))
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    assert count_up(connect(counter)) == 0


def test_the_turn_is_given_back_by_rollback_and_by_close(counter):
    for end in ("rollback", "close"):
        connection = connect(counter)
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        getattr(connection, end)()
        count_up(connect(counter, timeout=0.1))
        connection.close()
    assert total(counter) == 2


def test_a_turn_that_never_comes_leaves_the_queue_open(tmp_path):
    first, second, third = (Turn(tmp_path / "db", patience=0.01) for _ in range(3))
    first.take()
    with pytest.raises(TooLongError):
        second.take()
    first.release()
    third.take()
    for turn in (first, second, third):
        turn.leave()
