"""Tell people, and let them put it aside."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from inbox.models import Notice
from orgs.models import User

LONGEST = Notice._meta.get_field("text").max_length


def tell(people: Iterable[User], *, kind: str, about: str, key: str, text: str, link: str) -> None:
    """Tell each of these people once; the same ``key`` again tells nobody twice.

    Runs in the caller's transaction: what did not happen is not told. Mail goes out later, from
    the worker.
    """
    text = " ".join(text.split())  # one line, also as the subject of a mail
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    now = timezone.now()
    rows = [
        Notice(
            person=person,
            kind=kind,
            about=about,
            key=key,
            text=text,
            link=link,
            made_at=now,
            mail=Notice.Mail.WAITING if _has_mail(person) else Notice.Mail.NONE,
            mail_at=now if _has_mail(person) else None,
        )
        for person in {person.pk: person for person in people}.values()
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def settle(about: str) -> None:
    """It went on: nobody is waited for any more, and what is told next takes the place of news."""
    Notice.objects.unread().filter(about=about).update(read_at=timezone.now())


def read(notice: Notice) -> None:
    """Put one aside."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=timezone.now())


def read_all(*, by: User, last: int) -> int:
    """Put all aside that the page showed, up to ``last``; what came since stays. How many."""
    seen = Notice.objects.unread().filter(person=by, pk__lte=last)
    return seen.update(read_at=timezone.now())


def _has_mail(person: User) -> bool:
    return bool(settings.EMAIL_HOST and person.email)
