"""Notices by mail: from the worker, tried again after a failure, never sent twice.

A notice is taken by compare-and-set before it is handed to the server. A refusal puts it back for
later; a crash in between leaves it taken, for nobody can know whether it went out.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from inbox.models import Notice

log = logging.getLogger(__name__)
M = Notice.Mail
TRIES = 5
AT_ONCE = 50  # one round of the worker
FOOT = "这是查保促督导平台自动发出的，请不要回复。"


class Unreachable(Exception):
    """The mail server does not answer: the others wait for the next round."""


def send_waiting(now: datetime | None = None) -> int:
    """Send what is due and not read yet; how many went out."""
    now, sent = now or timezone.now(), 0
    due = Notice.objects.filter(mail=M.WAITING, mail_at__lte=now).order_by("mail_at", "pk")
    try:
        for notice in due.select_related("person")[:AT_ONCE]:
            sent += _take(notice) and _send(notice, now)
    except Unreachable:
        log.exception("the mail server does not answer")
    return sent


def _send(notice: Notice, now: datetime) -> bool:
    """Whether it went out; the caller has taken it."""
    if notice.read_at or not notice.person.email or not notice.person.is_active:
        _settle(notice, mail=M.NONE)
        return False
    try:
        _message(notice).send()
    except (SMTPException, ValueError):
        log.exception("mail of notice %s failed", notice.pk)
        _put_back(notice, now)
        return False
    except OSError as error:
        _put_back(notice, now)
        raise Unreachable from error
    _settle(notice, mail=M.SENT, mail_at=now)
    return True


def _take(notice: Notice) -> bool:
    """Whether this worker has it; of two at once one has."""
    rows = Notice.objects.filter(pk=notice.pk, mail=M.WAITING, mail_tries=notice.mail_tries)
    return bool(rows.update(mail=M.SENDING, mail_tries=F("mail_tries") + 1))


def _put_back(notice: Notice, now: datetime) -> None:
    """Later: after 2, 4, 8 … minutes; after the last try no more."""
    tries = notice.mail_tries + 1
    if tries >= TRIES:
        _settle(notice, mail=M.FAILED, mail_at=now)
    else:
        _settle(notice, mail=M.WAITING, mail_at=now + timedelta(minutes=2**tries))


def _settle(notice: Notice, **changes: object) -> None:
    Notice.objects.filter(pk=notice.pk, mail=M.SENDING).update(**changes)


def _message(notice: Notice) -> EmailMessage:
    page = settings.SITE_URL.rstrip("/") + notice.link
    return EmailMessage(
        subject=f"【查保促】{notice.get_kind_display()}：{notice.text}"[:120],
        body=f"{notice.person.name}：\n\n{notice.text}\n\n{page}\n\n{FOOT}\n",
        to=[notice.person.email],
    )
