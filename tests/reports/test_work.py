"""A worker that is killed in the middle: the job is taken up again and done once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from reports import books, jobs
from reports.models import Job
from tests.cast import build_world
from tests.factories import papers

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def worker() -> subprocess.Popen:
    """A worker process on the database and folder of this test."""
    config = connection.settings_dict
    url = f"sqlite:///{config['NAME']}"
    if connection.vendor == "postgresql":
        host = str(config["HOST"]).replace("/", "%2F")
        url = f"postgres://{config['USER']}@{host}:{config['PORT']}/{config['NAME']}"
    environ = os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    environ.pop("PYTEST_XDIST_WORKER", None)  # DATA_DIR names this test's folder already
    command = [sys.executable, "manage.py", "work", "--batch", "--verbosity", "0"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environ)


def wait_for(job: Job, *statuses: str) -> Job:
    for _ in range(3600):  # a worker starts slowly on a busy machine
        job.refresh_from_db()
        if job.status in statuses:
            return job
        time.sleep(0.05)
    raise AssertionError(job.status)


def test_killed_worker_loses_nothing():
    world = build_world()
    papers.submitted(world)
    papers.submitted(world, world.enterprise_visit)
    job = books.start_book(world.plan, by=world.province)
    shutil.rmtree(jobs.file_of(job).parent, ignore_errors=True)  # another test's first job
    first = worker()
    wait_for(job, Job.Status.RUNNING)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert wait_for(job, Job.Status.RUNNING).tries == 1
    silent = timezone.now() - timedelta(minutes=3)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=silent)
    assert worker().wait(timeout=300) == 0
    job.refresh_from_db()
    assert (job.status, job.tries) == (Job.Status.DONE, 2)
    assert len(PdfReader(jobs.file_of(job)).pages) == 5
    assert [path.name for path in jobs.file_of(job).parent.iterdir()] == ["try-2"]
