"""Background jobs: one effect, whoever crashes; three tries; cancelled is cancelled."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from chabaocu.errors import Refused, StaleState
from reports import jobs
from reports.models import Job

pytestmark = pytest.mark.django_db
S = Job.Status
LATER = timedelta(minutes=5)


@pytest.fixture
def made(monkeypatch, settings, tmp_path):
    """A kind of job that writes a file; what it made is counted."""
    settings.DATA_DIR = tmp_path
    count = []

    def make(job, report, target):
        report(1, 2)
        target.write_text(f"try {job.tries}")
        count.append(job.tries)

    monkeypatch.setitem(jobs._MAKERS, "example", make)
    return count


def start(world, key="example:1"):
    return jobs.start(
        "example",
        by=world.province,
        key=key,
        title="示例任务",
        file_name="示例.txt",
        arguments={"plan": world.plan.pk},
    )


def queued(job) -> int:
    return DBTaskResult.objects.ready().filter(args_kwargs__args=[job.pk]).count()


def test_job_is_queued_once_a_key(world, made):
    job = start(world)
    assert start(world) == job
    assert (queued(job), Job.objects.count()) == (1, 1)


def test_job_is_done_once(world, made):
    job = start(world)
    jobs.run(job.pk)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (made, job.status, job.done, jobs.file_of(job).read_text()) == ([1], S.DONE, 2, "try 1")


def test_finished_job_is_given_again_without_work(world, made):
    job = start(world)
    jobs.run(job.pk)
    assert start(world).status == S.DONE
    assert queued(job) == 1  # the task of the first start, not run here


def test_finished_job_whose_file_is_gone_is_done_again(world, made):
    job = start(world)
    jobs.run(job.pk)
    job.refresh_from_db()
    jobs.file_of(job).unlink()
    assert start(world).status == S.WAITING


def test_silent_job_is_taken_up_again(world, made):
    job = start(world)
    assert jobs._claim(job.pk)
    assert jobs.reap(timezone.now()) == 0
    assert jobs.reap(timezone.now() + LATER) == 1
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (made, job.status, job.tries) == ([2], S.DONE, 2)


def test_worker_that_was_taken_over_has_no_effect(world, made):
    job = start(world)
    jobs._claim(job.pk)
    slow = Job.objects.get(pk=job.pk)
    jobs.reap(timezone.now() + LATER)
    jobs.run(job.pk)
    with pytest.raises(jobs.Lost):
        jobs._reporter(slow)(1, 2)
    with pytest.raises(jobs.Lost):
        jobs._finish(slow)
    job.refresh_from_db()
    assert (job.status, job.tries) == (S.DONE, 2)


def test_silent_job_is_given_up_after_three_tries(world, made):
    job = start(world)
    for _ in range(3):
        jobs._claim(job.pk)
        jobs.reap(timezone.now() + LATER)
    job.refresh_from_db()
    assert (job.status, job.tries, made) == (S.FAILED, 3, [])
    assert "中断了三次" in job.message


def test_failing_job_is_tried_three_times(world, made, monkeypatch):
    def fail(job, report, target):
        report(0, 1)
        raise ValueError

    monkeypatch.setitem(jobs._MAKERS, "example", fail)
    job = start(world)
    for _ in range(4):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.tries) == (S.FAILED, 3)


def test_refused_job_says_why_and_is_not_tried_again(world, made, monkeypatch):
    def refuse(job, report, target):
        raise Refused("示例理由")

    monkeypatch.setitem(jobs._MAKERS, "example", refuse)
    job = start(world)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, job.tries, job.message) == (S.FAILED, 1, "示例理由")


def test_cancelled_job_stops_at_its_next_report(world, made, monkeypatch):
    def slow(job, report, target):
        report(1, 2)
        jobs.cancel(Job.objects.get(pk=job.pk))
        target.write_text("half")
        report(2, 2)

    monkeypatch.setitem(jobs._MAKERS, "example", slow)
    job = start(world)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.status, jobs.has_file(job)) == (S.CANCELLED, False)
    with pytest.raises(StaleState):
        jobs.cancel(job)


def test_cancelled_job_can_be_done_again(world, made):
    job = start(world)
    jobs.cancel(job)
    jobs.again(job)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == S.DONE


def test_waiting_job_whose_task_is_gone_gets_a_new_one(world, made):
    job = start(world)
    assert jobs.reap(timezone.now() + LATER) == 0
    DBTaskResult.objects.all().delete()
    assert jobs.reap(timezone.now() + LATER) == 1
    assert queued(job) == 1


def test_old_files_are_swept(world, made):
    job = start(world)
    jobs.run(job.pk)
    job.refresh_from_db()
    jobs.sweep(timezone.now())
    assert jobs.has_file(job)
    jobs.sweep(timezone.now() + timedelta(days=15))
    assert not jobs.has_file(job)
