"""Notices that were settled long ago go; what nobody has read yet stays, however old."""

from datetime import datetime, timedelta

from django.conf import settings

from inbox.models import Notice

M = Notice.Mail
GOING_OUT = (M.WAITING, M.SENDING)
BATCH = 1000  # rows of one statement: nobody waits long for the table


def sweep(now: datetime) -> int:
    """Delete what was read or settled more than ``NOTICE_DAYS`` days ago; how many.

    Whoever tells keeps for itself what it has told, so a key that went is not told again. A mail
    that is on its way is waited for.
    """
    before = now - timedelta(days=settings.NOTICE_DAYS)
    old = Notice.objects.filter(read_at__lt=before).exclude(mail__in=GOING_OUT).order_by("pk")
    swept = last = 0
    while keys := list(old.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        swept += Notice.objects.filter(pk__in=keys).delete()[0]
        last = keys[-1]
    return swept
