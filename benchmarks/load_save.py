"""Many phones save at once against the real server: saves a second, latency, nothing lost.

    python -m benchmarks.load_save [clients …]      # DATABASE_URL chooses the database

Starts granian as ./run does, on 127.0.0.1, with the durable settings of the site. Every client
is a member of a team, has a session of its own and saves one point after the other. Our view and
the naive one take turns on the same server under the same middleware; afterwards the database is
asked for every save that was answered with 200.
"""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from statistics import median, quantiles

from benchmarks import phones

SECONDS, ROUNDS = 5, 3
SHEETS = 50
CODES = ["1-1", "1-2"]
VIEWS = {"ours": "/sheets/{sheet}/points/{code}/save/", "naive": "/naive/{sheet}/{code}/"}


def main(clients: list[int]) -> None:
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="chabaocu-load-"))
    os.environ.setdefault("SECRET_KEY", "only-for-this-measurement")
    from benchmarks.ground import engine, leave, stand

    stand()
    people = filled_round()
    server = serve()
    try:
        wait_for(server)
        for count in clients:
            measure(engine(), people, count)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
        leave()


def filled_round() -> list[tuple[int, str]]:
    """For each of many sheets, its members' sessions: (sheet, cookie)."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from benchmarks.papers import long_version
    from orgs.models import Organization
    from plans.models import Visit
    from scoring import sheets
    from tests.cast import build_world
    from tests.factories.orgs import credit_code

    world = build_world()
    team = [world.leader, world.member]
    version = long_version()
    store = import_module(settings.SESSION_ENGINE).SessionStore
    found = []
    for number in range(SHEETS):
        unit = Organization.objects.create(
            kind="enterprise",
            name=f"示例企业{number}",
            region=world.visit.region,
            credit_code=credit_code(10**6 + number),
        )
        visit = Visit.objects.get(pk=world.visit.pk)
        visit.pk, visit.target, visit.pick, visit.version = None, unit, None, version
        visit.save(force_insert=True)
        sheet = sheets.start(visit, by=world.leader)
        for person in team:
            session = store()
            session[SESSION_KEY] = str(person.pk)
            session[BACKEND_SESSION_KEY] = "orgs.sessions.AccountBackend"
            session[HASH_SESSION_KEY] = person.get_session_auth_hash()
            session.save()
            found.append((sheet.pk, session.session_key))
    return found


def serve() -> subprocess.Popen:
    """granian with the options of ./run, on the database of this measurement."""
    from django.db import connection

    from tools import serve as started

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        os.environ["PORT"] = str(probe.getsockname()[1])
    os.environ["HOST"] = "127.0.0.1"
    name = connection.settings_dict["NAME"]
    connection.close()
    url = os.environ.get("DATABASE_URL", "")
    own = f"{url.rpartition('/')[0]}/{name}" if url else f"sqlite:///{name}"
    command = started.commands()["网站"]
    if not os.path.exists(command[0]):
        command = ["granian", *command[1:]]  # an environment that ./run did not make
    environment = os.environ | {
        "DATABASE_URL": own,
        "DJANGO_SETTINGS_MODULE": "benchmarks.served",
        "DEBUG": "0",
    }
    return subprocess.Popen(command, env=environment, start_new_session=True)


def wait_for(server: subprocess.Popen) -> None:
    for _ in range(900):
        if server.poll() is not None:
            raise SystemExit("the server ended")
        try:
            with socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), 1):
                time.sleep(2)
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def measure(name: str, people: list[tuple[int, str]], count: int) -> None:
    """``count`` clients, both views in turn, and what the database holds afterwards."""
    print(f"{name}, {count} clients, median of {ROUNDS} rounds of {SECONDS} s in turn:")
    load(people, count, VIEWS["ours"], 1)  # every worker has its statements compiled
    rates = {view: [] for view in VIEWS}
    answers = {view: [] for view in VIEWS}
    for _ in range(ROUNDS):
        for view, address in VIEWS.items():
            taken, told = load(people, count, address, SECONDS)
            rates[view].append(sum(one.status == 200 for one in told) / taken)
            answers[view] += told
    for view, told in answers.items():
        cuts = quantiles((one.ms for one in told), n=100)
        print(f"  {view:5} {median(rates[view]):5.0f} saves/s,", end=" ")
        print(f"p50 {cuts[49]:.0f}, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f} ms,", end=" ")
        print(f"answers {dict(Counter(one.status for one in told))}, lost {lost(told)}")
    ratio = median(o / n for o, n in zip(*rates.values(), strict=True))
    print(f"  ours {ratio:.1f}× naive; wrong totals {wrong_totals()}")


def load(people: list[tuple[int, str]], count: int, address: str, seconds: float):
    """Let ``count`` phones save for so long, from a process of their own."""
    port, made = int(os.environ["PORT"]), []
    for n in range(count):
        sheet, cookie = people[n % len(people)]
        code = CODES[n % len(CODES)]  # the two of a team work on two points
        made.append(phones.Phone(address.format(sheet=sheet, code=code), cookie, code, port))
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(phones.save_for, (seconds, made))


def lost(told: list[phones.Answered]) -> int:
    """Saves that were answered with 200 and are not in the database."""
    from scoring.models import Save

    kept = set(map(str, Save.objects.filter(status=200).values_list("pk", flat=True)))
    return sum(one.status == 200 and one.id not in kept for one in told)


def wrong_totals() -> int:
    """Sheets whose stored total is not the sum of their answers, or whose edits were miscounted."""
    from django.db.models import Sum

    from scoring.models import Save, Scoresheet

    wrong = 0
    for sheet in Scoresheet.objects.annotate(points=Sum("answers__points")):
        saves = Save.objects.filter(sheet=sheet, status=200).count()
        wrong += sheet.total != (sheet.points or 0) or sheet.edits != saves
    return wrong


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [50, 200])
