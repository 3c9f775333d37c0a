"""The web server is killed while phones save: what was answered is kept, once, and nothing else."""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import threading
import time
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum

from audit.models import AuditEvent
from audit.verify import verify_all
from scoring import sheets
from scoring.models import Mark, Save, Scoresheet
from tests.cast import build_world
from tools import serve

ROUNDS, TOKEN = 3, "a" * 32  # a round is a start of the server; each kills four saves at work
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def database_url():
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    host = str(config["HOST"]).replace("/", "%2F")
    return f"postgres://{config['USER']}@{host}:{config['PORT']}/{config['NAME']}"


class Server:
    """granian with the options of ./run, on the database of this test."""

    def __init__(self, monkeypatch):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        monkeypatch.setenv("PORT", str(self.port))
        monkeypatch.setenv("HOST", "127.0.0.1")
        self.command = serve.commands()["网站"]
        if not os.path.exists(self.command[0]):  # an environment that ./run did not make
            self.command[0] = shutil.which("granian")
        own = {"DATABASE_URL": database_url(), "DATA_DIR": str(settings.DATA_DIR)}
        self.environ = os.environ | own | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
        self.environ.pop("PYTEST_XDIST_WORKER", None)

    def start(self):
        """Start, and wait for the first answer."""
        self.process = subprocess.Popen(
            self.command, cwd=settings.BASE_DIR, env=self.environ, start_new_session=True
        )
        for _ in range(1_200):  # a minute: a busy machine starts slowly
            wire = self.wire(20)
            try:
                wire.request("GET", "/login/")
                return wire.getresponse().read()
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
            finally:
                wire.close()
        raise AssertionError("the server does not answer")

    def wire(self, timeout=10):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def kill(self):
        """SIGKILL for the server and every process it has started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Phone(threading.Thread):
    """Saves one point after the other; asks again, under the same id, what was not answered."""

    def __init__(self, server, sheet, cookie, code):
        super().__init__(daemon=True)
        self.server, self.path = server, f"/sheets/{sheet}/points/{code}/save/"
        self.headers = {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        self.acked, self.unanswered, self.odd = set(), 0, []
        self.over = threading.Event()

    def run(self):
        base, n = 0, 0
        while not self.over.is_set():
            n += 1
            sent = {"id": str(uuid4()), "base": base, "inputs": {"points": "1"}}
            status, body = self.until_answered(json.dumps(sent | {"reason": f"示例{n}"}))
            if status == 200:
                self.acked.add(sent["id"])
                base = json.loads(body)["point"]["version"]
            else:
                self.odd.append((status, body[:200]))

    def until_answered(self, body):
        while True:
            wire = self.server.wire()
            try:
                wire.request("POST", self.path, body, self.headers)
                answer = wire.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                time.sleep(0.05)
            finally:
                wire.close()


def phones_of(world, server, as_):
    people = {"1-1": world.leader, "1-2": world.member}
    for visit in (world.visit, world.enterprise_visit):
        sheet = sheets.start(visit, by=world.leader)
        for code, person in people.items():
            cookie = as_(person).cookies[settings.SESSION_COOKIE_NAME].value
            yield Phone(server, sheet.pk, cookie, code)


def faults(acked):
    """What is not as the phones were told."""
    found = [str(fault) for fault in verify_all()]
    kept = {str(pk) for pk in Save.objects.filter(status=200).values_list("pk", flat=True)}
    found += [f"lost: {id}" for id in acked - kept] + [f"unasked: {id}" for id in kept - acked]
    if AuditEvent.objects.filter(action="answer.save").count() != len(kept):
        found.append("saves and events differ")
    for sheet in Scoresheet.objects.annotate(points=Sum("answers__points")):
        if sheet.edits != sheet.saves.filter(status=200).count():
            found.append(f"sheet {sheet.pk} counts {sheet.edits} edits")
        if sheet.total != (sheet.points or 0):
            found.append(f"sheet {sheet.pk}: total {sheet.total}")
    if Mark.objects.count() > 4:
        found.append("a mark without its save")
    return found


def test_killed_server_loses_no_answered_save_and_repeats_none(monkeypatch, as_):
    server, dice = Server(monkeypatch), random.Random(9)
    phones = list(phones_of(build_world(), server, as_))
    server.start()
    try:
        for phone in phones:
            phone.start()
        for _ in range(ROUNDS):
            time.sleep(0.5 + dice.random())
            server.kill()
            server.start()
        time.sleep(1)
        for phone in phones:
            phone.over.set()
        for phone in phones:
            phone.join(30)
    finally:
        server.kill()
    acked = set().union(*(phone.acked for phone in phones))
    assert [phone.odd for phone in phones] == [[]] * len(phones)
    assert sum(phone.unanswered for phone in phones) >= ROUNDS
    assert len(acked) > 4 * ROUNDS
    assert faults(acked) == []
    forgotten = acked.pop()  # the checker sees what it is there to see
    assert faults(acked | {"never-stored"}) == ["lost: never-stored", f"unasked: {forgotten}"]
