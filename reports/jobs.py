"""Slow work: started by a person, done by the worker, taken up again after a crash.

A job moves by compare-and-set only. Each try has a number; whoever lost the job (cancelled, or
taken over after a crash) finds that out at the next report and stops, so its effect happens once.
"""

import logging
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from chabaocu.errors import Refused, StaleState
from reports.models import Job, JobQuerySet

log = logging.getLogger(__name__)
S = Job.Status
TRIES = 3
SILENT = timedelta(minutes=2)  # a worker reports every few seconds; silence means it is gone
KEPT = timedelta(days=14)

# kind → the maker: takes (job, report, target) and writes the file ``target``
Report = Callable[[int, int], None]
Maker = Callable[[Job, Report, Path], None]
_MAKERS: dict[str, Maker] = {}


class Lost(Exception):
    """The job is no longer this worker's: cancelled, or taken over."""


def maker(kind: str) -> Callable[[Maker], Maker]:
    """Register what makes the file of jobs of ``kind``."""

    def register(function: Maker) -> Maker:
        _MAKERS[kind] = function
        return function

    return register


@task()
def run_job(pk: int) -> None:
    """Do a job, unless somebody else has it or it was cancelled."""
    run(pk)


@transaction.atomic
def start(
    kind: str, *, by: Any, key: str, title: str, file_name: str, arguments: dict[str, Any]
) -> Job:
    """Queue a job; the same ``key`` again gives the job there is, a finished file included."""
    fields = {
        "kind": kind,
        "title": title,
        "file_name": file_name,
        "arguments": arguments,
        "owner": by,
    }
    job, is_new = Job.objects.get_or_create(key=key, defaults=fields)
    if is_new:
        run_job.enqueue(job.pk)
    elif job.status in {S.FAILED, S.CANCELLED} or (job.status == S.DONE and not has_file(job)):
        again(job)
    return job


@transaction.atomic
def again(job: Job) -> None:
    """Queue a job that ended without its file once more."""
    rows = Job.objects.filter(pk=job.pk, status=job.status).exclude(
        status__in=[S.WAITING, S.RUNNING]
    )
    changes = {"status": S.WAITING, "tries": 0, "done": 0, "message": "", "finished_at": None}
    if not rows.update(**changes, created_at=timezone.now(), heartbeat_at=None):
        raise StaleState("again")
    run_job.enqueue(job.pk)
    job.refresh_from_db()


def cancel(job: Job) -> None:
    """Stop a job; the worker notices at its next report."""
    rows = Job.objects.filter(pk=job.pk, status__in=[S.WAITING, S.RUNNING])
    if not rows.update(status=S.CANCELLED, finished_at=timezone.now()):
        raise StaleState("cancel")
    job.refresh_from_db()


def run(pk: int) -> None:
    """Claim the job and make its file; a failure is tried again, three times in all."""
    if not _claim(pk):
        return
    job = Job.objects.select_related("owner__organization__region").get(pk=pk)
    target = _folder(job) / f"try-{job.tries}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _MAKERS[job.kind](job, _reporter(job), target)
        _finish(job)
    except Lost:
        target.unlink(missing_ok=True)
    except Refused as refusal:
        _give_up(_mine(job), str(refusal))
    except Exception:
        log.exception("job %s failed at try %s", job.pk, job.tries)
        _retry(_mine(job), job, "生成时出错，已记入日志，请告诉系统管理员。")


def reap(now: datetime) -> int:
    """Take up again what a worker left behind; how many jobs that were."""
    taken = 0
    for job in Job.objects.filter(status=S.RUNNING, heartbeat_at__lt=now - SILENT):
        silent = _mine(job).filter(heartbeat_at=job.heartbeat_at)
        taken += _retry(silent, job, "后台程序中断了三次，请告诉系统管理员。")
    for job in Job.objects.filter(status=S.WAITING, created_at__lt=now - SILENT):
        taken += _requeue(job)
    return taken


def sweep(now: datetime) -> int:
    """Drop files of jobs that ended long ago; how many jobs that were."""
    old = Job.objects.filter(finished_at__lt=now - KEPT)
    for job in old:
        shutil.rmtree(_folder(job), ignore_errors=True)
    return len(old)


def file_of(job: Job) -> Path:
    """The finished file: the one of the try that won."""
    return _folder(job) / f"try-{job.tries}"


def has_file(job: Job) -> bool:
    return job.status == S.DONE and file_of(job).is_file()


def parts_folder(job: Job) -> Path:
    """Where finished pieces wait for the next try."""
    folder = _folder(job) / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _folder(job: Job) -> Path:
    return Path(settings.DATA_DIR) / "jobs" / str(job.pk)


def _claim(pk: int) -> bool:
    rows = Job.objects.filter(pk=pk, status=S.WAITING)
    changes = {"status": S.RUNNING, "tries": F("tries") + 1, "heartbeat_at": timezone.now()}
    return bool(rows.update(**changes))


def _mine(job: Job) -> JobQuerySet:
    """The row, as long as this try still has it."""
    return Job.objects.filter(pk=job.pk, status=S.RUNNING, tries=job.tries)


def _reporter(job: Job) -> Report:
    def report(done: int, total: int) -> None:
        if not _mine(job).update(done=done, total=total, heartbeat_at=timezone.now()):
            raise Lost

    return report


def _finish(job: Job) -> None:
    if not _mine(job).update(status=S.DONE, finished_at=timezone.now(), done=F("total")):
        raise Lost
    shutil.rmtree(_folder(job) / "parts", ignore_errors=True)


@transaction.atomic
def _retry(rows: JobQuerySet, job: Job, message: str) -> bool:
    """Queue the job again, if ``rows`` still hold it and a try is left."""
    if job.tries >= TRIES:
        return _give_up(rows, message)
    if not rows.update(status=S.WAITING, created_at=timezone.now()):
        return False
    run_job.enqueue(job.pk)
    return True


def _give_up(rows: JobQuerySet, message: str) -> bool:
    changes = {"status": S.FAILED, "message": message[:300], "finished_at": timezone.now()}
    return bool(rows.update(**changes))


def _requeue(job: Job) -> bool:
    """A waiting job whose task is gone gets a new one; a second task would find it claimed."""
    arguments = {"args": [job.pk], "kwargs": {}}
    queued = DBTaskResult.objects.ready().filter(
        task_path=run_job.module_path, args_kwargs=arguments
    )
    if queued.exists():
        return False
    run_job.enqueue(job.pk)
    return True
