"""A person who is logged in, without the form: the session as log-in makes it, in one statement."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.crypto import get_random_string

from orgs.models import User
from orgs.sessions import SessionStore

BACKEND = "orgs.sessions.AccountBackend"


def session_of(user: User) -> str:
    """The key of a new session of this person."""
    store, key = SessionStore(), get_random_string(32)
    held = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    row = Session(key, store.encode(held), store.get_expiry_date())
    Session.objects.bulk_create([row])
    return key


def logged_in(user: User, **options) -> Client:
    """A browser in which this person has logged in."""
    client = Client(**options)
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
    return client
