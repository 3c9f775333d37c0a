"""Many phones save at once against the real server: saves a second, latency, nothing lost.

    python -m benchmarks.load_save [clients …]      # DATABASE_URL chooses the database

Starts granian as ./run does, on 127.0.0.1, with the durable settings of the site. Every client
is a member of a team, has a session of its own and saves one point after the other; afterwards
the database is asked for every save that was answered with 200.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from uuid import uuid4

SECONDS = 8
SHEETS = 50
CODES = {"1-1": "points", "1-2": "points"}


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

    from orgs.models import Organization
    from plans.models import Visit
    from scoring import sheets
    from tests.cast import build_world
    from tests.factories.orgs import credit_code

    world = build_world()
    team = [world.leader, world.member]
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
        visit.pk, visit.target, visit.pick = None, unit, None
        visit.save(force_insert=True)
        sheet = sheets.start(visit, by=world.leader)
        for person in team:
            session = store()
            session[SESSION_KEY] = str(person.pk)
            session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
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
        "DJANGO_SETTINGS_MODULE": "chabaocu.settings",
        "DEBUG": "0",
    }
    return subprocess.Popen(command, env=environment, start_new_session=True)


def wait_for(server: subprocess.Popen) -> None:
    for _ in range(300):
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
    """``count`` clients for some seconds, then what the database holds."""
    from scoring.models import Save

    known = Save.objects.filter(status=200).count()
    until = time.perf_counter() + SECONDS
    started = time.perf_counter()
    with ThreadPoolExecutor(count) as pool:
        jobs = [
            pool.submit(client, *people[n % len(people)], until, list(CODES)[n % 2])
            for n in range(count)
        ]
        told = [answer for job in jobs for answer in job.result()]
    taken = time.perf_counter() - started
    statuses = Counter(status for status, _, _ in told)
    accepted = {id for status, _, id in told if status == 200}
    kept = set(map(str, Save.objects.filter(status=200).values_list("pk", flat=True)))
    cuts = quantiles((ms for _, ms, _ in told), n=100)
    print(f"{name}, {count} clients: {len(accepted) / taken:6.0f} saves/s,", end=" ")
    print(f"p50 {cuts[49]:.0f}, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f} ms,", end=" ")
    print(f"answers {dict(statuses)}, lost {len(accepted - kept)},", end=" ")
    print(f"kept unasked {len(kept) - known - len(accepted)}, wrong totals {wrong_totals()}")


def client(sheet: int, cookie: str, until: float, code: str) -> list[tuple[int, float, str]]:
    """One phone: save, wait for the answer, save the next; (status, ms, id) of each."""
    wire = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=30)
    told, base, n = [], 0, 0
    token = "a" * 32
    headers = {
        "Cookie": f"sessionid={cookie}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/json",
        "Accept": "application/json",
    }
    while time.perf_counter() < until:
        n += 1
        sent = {
            "id": str(uuid4()),
            "base": base,
            "inputs": {CODES[code]: "1"},
            "reason": f"示例{n}",
        }
        began = time.perf_counter()
        try:
            wire.request("POST", f"/sheets/{sheet}/points/{code}/save/", json.dumps(sent), headers)
            answer = wire.getresponse()
            body = answer.read()
            status = answer.status
        except OSError:
            wire.close()
            status, body = 0, b""
        told.append((status, (time.perf_counter() - began) * 1000, sent["id"]))
        if status == 200:
            base = json.loads(body)["point"]["version"]
    return told


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
