"""Run the job worker: does queued tasks, and takes up again what a crash left behind."""

import logging
import threading
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from chabaocu.sqlite3 import statistics
from feedback.escalation import escalate as escalate_letters
from hazards import figures, search
from hazards.escalation import escalate
from inbox.mail import send_waiting
from inbox.sweeping import sweep
from patrols.missed import tell_missed
from reports import jobs

log = logging.getLogger(__name__)
MINUTE = 60


class Command(BaseCommand):
    help = "后台作业：生成文书、整册和压缩包；启动时和每分钟接手中断的任务。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="做完排队的任务就结束")
        parser.add_argument("--reap-only", action="store_true", help="只接手中断的任务")

    def handle(self, *, batch: bool, reap_only: bool, verbosity: int, **options: object) -> None:
        reap()
        if reap_only:
            return
        if not batch:
            statistics.refresh()
            threading.Thread(target=_watch, daemon=True).start()
        call_command("db_worker", queue_name="*", batch=batch, verbosity=verbosity)


def reap() -> None:
    """Once: jobs whose worker is gone, and files nobody fetched for two weeks."""
    now = timezone.now()
    taken = jobs.reap(now)
    if taken:
        log.warning("took up %s interrupted jobs again", taken)
    jobs.sweep(now)


def daily() -> None:
    """What has to be told once a day; again on the same day it has no effect."""
    statistics.refresh()
    search.catch_up()
    figures.refresh(timezone.localdate())
    if told := escalate(timezone.localdate()):
        log.info("told %s missed deadlines upward", told)
    if told := escalate_letters(timezone.localdate()):
        log.info("told %s missed answers upward", told)
    if swept := sweep(timezone.now()):
        log.info("swept %s notices settled long ago", swept)
    if told := tell_missed(timezone.localdate()):
        log.info("told %s missed patrols", told)


def _watch() -> None:
    """Each minute, for as long as the worker lives; a locked database is asked again."""
    pause, day = threading.Event(), None
    while not pause.wait(MINUTE):
        close_old_connections()
        try:
            reap()
            send_waiting()
            if day != timezone.localdate():
                daily()
                day = timezone.localdate()
        except DatabaseError:
            log.exception("reaping failed, next try in a minute")
        finally:
            connection.close()
