"""Mail of notices: when a server is set, tried again, never twice, never in the way of a save."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from inbox import actions
from inbox import mail as post
from inbox.models import Notice
from orgs.models import User
from tests.cast import build_world
from tests.races import at_once

M = Notice.Mail
HERE = "tests.inbox.test_mail"


class Refusing(EmailBackend):
    """A server that answers with a refusal."""

    def send_messages(self, messages):
        raise post.SMTPException("550")


class Away(EmailBackend):
    """A server that cannot be reached."""

    def send_messages(self, messages):
        raise OSError("示例")


@pytest.fixture(autouse=True)
def _server(settings):
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def reader(world, email="worker@example.cn"):
    User.objects.filter(pk=world.worker.pk).update(email=email)
    return User.objects.get(pk=world.worker.pk)


def told(person, number=1):
    actions.tell(
        [person],
        kind="todo",
        about="示例",
        key=f"示例-{number}",
        text="示例：等您办",
        link="/hazards/1/",
    )


def state():
    return list(Notice.objects.order_by("pk").values_list("mail", "mail_tries"))


def test_a_notice_goes_out_once(world, settings):
    settings.SITE_URL = "https://cbc.example.cn"
    told(reader(world))
    assert mail.outbox == []
    assert (post.send_waiting(), post.send_waiting()) == (1, 0)
    (message,) = mail.outbox
    assert message.to == ["worker@example.cn"]
    assert message.subject == "【查保促】待办：示例：等您办"
    assert "https://cbc.example.cn/hazards/1/" in message.body
    assert state() == [(M.SENT, 1)]


def test_without_a_server_or_an_address_nothing_waits(world, settings):
    told(reader(world, email=""), 1)
    settings.EMAIL_HOST = ""
    told(reader(world), 2)
    assert state() == [(M.NONE, 0), (M.NONE, 0)]
    assert post.send_waiting() == 0


def test_what_was_read_meanwhile_is_not_sent(world):
    told(reader(world))
    actions.settle("示例")
    assert post.send_waiting() == 0
    assert mail.outbox == []


def test_a_refusal_is_tried_again_later_and_given_up_at_last(world, settings):
    told(reader(world))
    settings.EMAIL_BACKEND = f"{HERE}.Refusing"
    now = timezone.now()
    assert post.send_waiting(now) == 0
    assert state() == [(M.WAITING, 1)]
    post.send_waiting(now + timedelta(minutes=1))  # too early
    assert state() == [(M.WAITING, 1)]
    for _ in range(post.TRIES):
        now += timedelta(hours=1)
        post.send_waiting(now)
    assert state() == [(M.FAILED, post.TRIES)]


def test_a_server_out_of_reach_is_asked_once_a_round(world, settings):
    person = reader(world)
    for number in range(3):
        told(person, number)
    settings.EMAIL_BACKEND = f"{HERE}.Away"
    post.send_waiting()
    assert state() == [(M.WAITING, 1), (M.WAITING, 0), (M.WAITING, 0)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert post.send_waiting(timezone.now() + timedelta(hours=1)) == 3


def test_what_a_crash_left_taken_is_not_sent_again(world):
    told(reader(world))
    Notice.objects.update(mail=M.SENDING, mail_tries=1)
    assert post.send_waiting() == 0


def prepared():
    world = build_world()
    told(reader(world))
    return [lambda: post.send_waiting()] * 4


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_it_once():
    assert at_once(prepared()) == {"done": 4}
    assert len(mail.outbox) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_it_goes_out_twice(monkeypatch):
    deeds = prepared()
    (notice,) = Notice.objects.select_related("person")
    monkeypatch.setattr(post, "_take", lambda notice: True)
    for _ in deeds[:2]:  # two that have read it as waiting
        post._take(notice)
        post._send(notice, timezone.now())
    assert len(mail.outbox) == 2
