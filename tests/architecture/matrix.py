"""The machinery of the permission matrix: rows, objects, and one request per person."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests.architecture.objects import OBJECTS
from tests.cast import PEOPLE, World
from tests.sessions import logged_in

GET, POST = "GET", "POST"
ANONYMOUS = "anonymous"
EVERYBODY = (ANONYMOUS, *PEOPLE)
TO_LOGIN = 302
# people who mostly stand together in a row
ISSUER = "province province2"
TEAM = "leader recorder member"
INSPECTORS = f"{TEAM} other_leader other_recorder"
ABOVE = "province province2 city_a city_admin"  # who reads a round of 甲市总工会
# who reads a released result of 甲一县's enterprise
TOLD = "province province2 leader recorder member city_a city_admin county_a1 officer unit_union"
REST = "everybody else who is logged in"
ALL = "everybody, logged in or not"


@dataclass(frozen=True)
class Row:
    """What each person gets from one address for one object."""

    url: str
    method: str
    object: str
    answers: dict[int, str]

    def __str__(self):
        return f"{self.method} {self.url} {self.object}"

    def expected(self) -> dict[str, int]:
        """Person → status. Anonymous goes to the login page unless a row names them."""
        table = {ANONYMOUS: TO_LOGIN}
        wholesale = {REST: tuple(PEOPLE), ALL: EVERYBODY}
        for status, names in sorted(
            self.answers.items(), key=lambda pair: pair[1] not in wholesale
        ):
            table |= dict.fromkeys(wholesale.get(names) or names.split(), status)
        return table


def actual(row: Row, world: World, people: Iterable[str] = EVERYBODY) -> dict[str, int]:
    """Ask as these people; each request is undone before the next, and the object at the end."""
    with undone(world):
        address = reverse(row.url, kwargs=OBJECTS[row.object](world))
        cache.clear()  # what was asked too often before is forgotten
        return {name: ask(world, name, row.method, address).status_code for name in people}


@contextmanager
def undone(world: World) -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for visit in (world.visit, world.enterprise_visit, world.other_visit):
        visit.refresh_from_db()


def ask(world: World, name: str, method: str, address: str):
    """One request in a transaction that is rolled back; a crash answers 500."""
    with transaction.atomic():
        response = client_of(world, name, raise_request_exception=False).generic(method, address)
        if response.streaming:
            list(response)  # read to its end, a file closes itself
        transaction.set_rollback(True)
    return response


def client_of(world: World, name: str, **options) -> Client:
    """The browser of somebody of the cast, or of nobody."""
    return Client(**options) if name == ANONYMOUS else logged_in(world.people[name], **options)


def addresses() -> Iterator[tuple[str, Callable]]:
    """Every URL name of ours with its view; the admin has a test of its own."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns, prefix):
    for pattern in patterns:
        if not hasattr(pattern, "url_patterns"):
            yield f"{prefix}{pattern.name}", pattern.callback
        elif pattern.namespace != "admin":
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern.url_patterns, inner)


def methods(url: str, key: str, world: World) -> list[str]:
    """What the view's decorators let through, asked with a method that none of them knows."""
    with undone(world):
        address = reverse(url, kwargs=OBJECTS[key](world))
        for name in ("province", "leader", "admin", "city_admin", ANONYMOUS):
            response = ask(world, name, "TRACE", address)
            if response.status_code == 405:
                return [method for method in (GET, POST) if method in response.headers["Allow"]]
    return []


def proposal(row: Row, found: dict[str, int]) -> str:
    """The line that says what happens now; judge each status before it goes into the table."""
    groups = defaultdict(list)
    for name, status in found.items():
        if (name, status) != (ANONYMOUS, TO_LOGIN):
            groups[status].append(name)
    common = max(groups, key=lambda status: len(groups[status]), default=None)
    wholesale = "ALL" if ANONYMOUS in groups.get(common, ()) else "REST"
    answers = ", ".join(
        f"{status}: {wholesale}" if status == common else f'{status}: "{" ".join(names)}"'
        for status, names in sorted(groups.items())
    )
    return f'Row("{row.url}", {row.method}, "{row.object}", {{{answers}}}),'
