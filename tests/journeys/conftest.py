"""A real browser against a live server: what the person sees, and what the console says."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from orgs.models import User
from tests.sessions import session_of

# the shell draws and runs what the browser does, without menus, toolbars and their own pages
BROWSERS = ("/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(os.path.exists, BROWSERS), BROWSERS[-1])
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # the next page goes on with what the last one compiled
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PATIENCE = 30_000  # a busy machine is no fault of the page; what is there at once costs nothing
WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What starts browsers."""
    expect.set_options(timeout=PATIENCE)
    # The driver runs its own event loop in this thread; our database calls are not in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


class Person:
    """Somebody at a browser window; every complaint of its console is kept."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.complaints: list[str] = []

    def become(self, user: User | None) -> None:
        """Somebody else sits down at the same window, or nobody does."""
        self.context.clear_cookies()
        if user is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user)}
            self.context.add_cookies([cookie | {"url": self.base}])

    def open(self, path: str) -> Page:
        """Open an address in a fresh tab."""
        page = self.tab()
        page.goto(self.base + path)
        return page

    def tab(self) -> Page:
        """A fresh tab, nothing in it."""
        page = self.context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _note(self, message) -> None:
        # A refused save answers 409, one that is not complete yet 422, by design; the browser
        # reports both as errors of the network.
        by_design = "status of 409" in message.text or "status of 422" in message.text
        if message.type == "error" and not by_design:
            self.complaints.append(message.text)


def window(browser: Browser, viewport: dict, workers: str = "block") -> BrowserContext:
    """A window of that size, without cookies, and its cache empty."""
    return browser.new_context(
        viewport=viewport, locale="zh-CN", has_touch=viewport == PHONE, service_workers=workers
    )


@pytest.fixture
def person(browser, live_server) -> Iterator:
    """``person(user, PHONE)``: logged in, at a window of that size; complaints fail the test."""
    people: list[Person] = []

    def sit_down(user=None, viewport=DESK, workers="block") -> Person:
        people.append(Person(window(browser, viewport, workers), live_server.url))
        people[-1].become(user)
        return people[-1]

    yield sit_down
    for one in people:
        one.context.close()
    assert [complaint for one in people for complaint in one.complaints] == []


HELD = """async (text) => {
  const { typed } = await import("/static/js/outbox.js");
  return (await typed()).some(({ record }) => JSON.stringify(record).includes(text));
}"""


def held(page: Page, text: str) -> None:
    """Wait until the device holds it: a tab closed within the same millisecond proves nothing."""
    while not page.evaluate(HELD, text):
        page.wait_for_timeout(50)


# only what is wanted leaves the browser: all that axe finds takes longer to hand over than to find
SERIOUS = """(options) => axe.run(document, options).then((found) => found.violations
  .filter(({ impact }) => ["serious", "critical"].includes(impact))
  .map(({ id, nodes }) => `${id}: ${nodes[0].target}`))"""


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page: rule and first place."""
    page.evaluate(Axe().axe_script)
    return page.evaluate(SERIOUS, {"runOnly": WCAG, "resultTypes": ["violations"]})
