"""Old notices go when they are settled, never while somebody may still want them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from chabaocu import env
from inbox import actions, sweeping
from inbox.models import Notice
from inbox.sweeping import sweep

M = Notice.Mail


def told(person, name, *, days=None, mail=M.NONE):
    """A notice made a year ago, read so many days ago or not at all."""
    actions.tell([person], kind="todo", about="示例", key=name, text=name, link="/")
    now = timezone.now()
    read_at = None if days is None else now - timedelta(days=days)
    made = Notice.objects.filter(key=name)
    made.update(made_at=now - timedelta(days=365), read_at=read_at, mail=mail)


def left():
    return sorted(Notice.objects.values_list("key", flat=True))


def test_only_what_was_settled_long_ago_goes(world, settings, monkeypatch):
    settings.NOTICE_DAYS = 30
    monkeypatch.setattr(sweeping, "BATCH", 1)
    told(world.worker, "未读")
    told(world.worker, "刚读", days=29)
    told(world.worker, "在发", days=31, mail=M.SENDING)
    told(world.worker, "待发", days=31, mail=M.WAITING)
    told(world.worker, "已发", days=31, mail=M.SENT)
    told(world.officer, "办完", days=31)
    assert sweep(timezone.now()) == 2
    assert left() == sorted(["未读", "刚读", "在发", "待发"])
    assert sweep(timezone.now()) == 0


@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5", "９", "99999999"])
def test_a_setting_that_means_no_days_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("NOTICE_DAYS", value)
    with pytest.raises(ImproperlyConfigured):
        env.days("NOTICE_DAYS", 180)


def test_days_are_read_or_taken_as_usual(monkeypatch):
    monkeypatch.setenv("NOTICE_DAYS", "90")
    assert env.days("NOTICE_DAYS", 180) == 90
    monkeypatch.setenv("NOTICE_DAYS", "")
    assert env.days("NOTICE_DAYS", 180) == 180
