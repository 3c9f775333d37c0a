"""Every page there is, on a phone and at a desk: accessible, fitting, legible, quiet.

The pages are those of the permission matrix, each opened by the first person it lets in.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.architecture.matrix import ALL, GET, REST, Row, client_of
from tests.architecture.objects import OBJECTS
from tests.architecture.permissions import ROWS
from tests.journeys.conftest import DESK, PHONE, Person, serious, window

pytestmark = pytest.mark.journey
PAGES = [row for row in ROWS if row.method == GET and 200 in row.answers]
KEYS = sorted({row.object for row in PAGES})


@pytest.fixture(scope="module")
def windows(browser, live_server) -> Iterator[list[tuple[Person, Page]]]:
    """A phone and a desk, at whose one tab many people sit down in turn: new ones are slow."""
    pair = [Person(window(browser, size), live_server.url) for size in (PHONE, DESK)]
    yield [(person, person.tab()) for person in pair]
    for person in pair:
        person.context.close()


def visitor(row: Row) -> str:
    """Who opens it: the first whom the row names, or a provincial staff member."""
    names = row.answers[200]
    return {REST: "province", ALL: "province"}.get(names) or names.split()[0]


@pytest.mark.parametrize("key", KEYS)
def test_pages_are_accessible_and_fit(key, transactional_db, world, windows):
    kwargs = OBJECTS[key](world)
    faults = []
    for row in (row for row in PAGES if row.object == key):
        name, address = visitor(row), reverse(row.url, kwargs=kwargs)
        if is_page(world, name, address):
            for person, page in windows:
                person.become(world.people.get(name))
                faults += [f"{address} {name}: {fault}" for fault in look(person, page, address)]
    assert faults == []


def is_page(world, name: str, address: str) -> bool:
    """Whether the address answers a whole page, not a file or a piece of a page."""
    response = client_of(world, name).get(address)
    content = b"".join(response)  # read to its end, a file closes itself
    return response.status_code == 200 and content.lstrip().lower().startswith(b"<!doctype html>")


# Words that stand one under the other are a column that got no width; 项目 of an issued table is so
# by design.
TEXTS = "main :is(td, th, p, dd, li, h1, h2, h3, span, a, b)"
BY_DESIGN = ".sec, .form-t, .dk-paper, .preview, .visually-hidden, svg"
SQUEEZED = """([texts, byDesign]) => [...document.querySelectorAll(texts)]
  .filter((e) => !e.closest(byDesign))
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim().length > 5))
  .map((e) => [e, e.getBoundingClientRect(), parseFloat(getComputedStyle(e).fontSize)])
  .filter(([e, box, size]) => box.width > 0 && box.width < 2.5 * size && box.height > 5 * size)
  .map(([e]) => e.textContent.trim().slice(0, 20))"""


def look(person: Person, page: Page, address: str) -> list[str]:
    """What is wrong with the page as it stands in this window."""
    person.complaints.clear()
    page.goto(person.base + address)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    found = serious(page) + person.complaints + (["wider than the window"] if wide else [])
    found += [f"squeezed: {text}" for text in page.evaluate(SQUEEZED, [TEXTS, BY_DESIGN])]
    page.goto("about:blank")  # a page left open goes on asking
    return [f"{page.viewport_size['width']} px: {fault}" for fault in found]
