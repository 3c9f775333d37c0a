"""Writers of SQLite queue in turn: real processes, their own connections, nobody passed over."""

import fcntl
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

PROCESSES, THREADS, TURNS, TRIES = 2, 2, 50, 6
IN_TURN, UNQUEUED = "chabaocu.sqlite3", "django.db.backends.sqlite3"
# django_db lets us open connections; the site's own database is not touched
pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


def connect(path, engine=IN_TURN, **options):
    config = {"ENGINE": engine, "NAME": str(path), "OPTIONS": env.SQLITE_OPTIONS | options}
    return ConnectionHandler({"default": config}).create_connection("default")


def begin(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection):
    connection.commit()
    connection.set_autocommit(True)


def count_up(connection):
    """Read, then write what was read and one: lost if anybody wrote in between."""
    begin(connection)
    with connection.cursor() as cursor:
        found = read(connection)
        time.sleep(0.002)
        cursor.execute("UPDATE counter SET n = %s", [found + 1])
    end(connection)
    return found


def read(connection):
    with connection.cursor() as cursor:
        return cursor.execute("SELECT n FROM counter").fetchone()[0]


def write(path):
    connection = connect(path)
    for _ in range(TURNS):
        count_up(connection)
    connection.close()


def writers(path, start):
    """One process of the web server: some threads, each with a connection of its own."""
    start.wait(60)
    threads = [threading.Thread(target=write, args=(path,)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


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
def test_a_crowd_loses_nothing(counter):
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(PROCESSES)
    crew = [spawn.Process(target=writers, args=(counter, start)) for _ in range(PROCESSES)]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert total(counter) == PROCESSES * THREADS * TURNS


def turns(path, engine, is_waiting):
    """Somebody asks while another writes, who then asks again at once: who wrote, in order."""
    first, told = connect(path, engine), []
    begin(first)

    def come_second():
        second = connect(path, engine)
        begin(second)
        told.append("second")
        end(second)
        second.close()

    thread = threading.Thread(target=come_second)
    thread.start()
    is_waiting()
    for again in (True, False):
        told.append("first")
        end(first)
        if again:
            begin(first)
    thread.join()
    first.close()
    return told


def somebody_is_next(path):
    """Wait until the door of who is next is held."""
    with open(f"{path}.next") as door:
        for _ in range(6_000):
            try:
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            fcntl.flock(door, fcntl.LOCK_UN)
            time.sleep(0.005)
    raise AssertionError("nobody came")


@pytest.mark.race
def test_who_has_just_written_goes_after_who_waits(counter):
    found = turns(counter, IN_TURN, lambda: somebody_is_next(counter))
    assert found == ["first", "second", "first"]


@pytest.mark.race
def test_without_the_queue_who_waits_is_passed_over(counter):
    """SQLite lets who waits nap, by now for a tenth of a second; only a rare chance wakes him."""
    found = (turns(counter, UNQUEUED, lambda: time.sleep(0.5)) for _ in range(TRIES))
    assert ["first", "first", "second"] in found


def hold(path, ready):
    connection = connect(path)
    begin(connection)
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
    for leave in ("rollback", "close"):
        connection = connect(counter)
        begin(connection)
        getattr(connection, leave)()
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
