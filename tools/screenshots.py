"""Take the README's pictures from a running demonstration.

Run, while ./run is serving: .venv/bin/python tools/screenshots.py [address]
"""

import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
PASSWORD = "chabaocu-yanshi"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
COLOURS = 128  # of a picture; a page has few, and everybody who clones fetches them
BROWSERS = ("/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(base: str) -> None:
    """Log in as three people and keep what they see."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or next(filter(os.path.exists, BROWSERS), BROWSERS[-1])
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        inspector(log_in(browser, base, "zuzhang1", PHONE), base)
        province(log_in(browser, base, "sheng1", DESK), base)
        browser.close()


def log_in(browser: Browser, base: str, account: str, viewport: dict[str, int]) -> Page:
    """A window in which that account is logged in."""
    page = browser.new_page(viewport=viewport, locale="zh-CN", device_scale_factor=1)
    page.goto(f"{base}/login/")
    page.fill("[name=username]", account)
    page.fill("[name=password]", PASSWORD)
    page.locator("form .btn-primary").click()
    page.wait_for_load_state()
    return page


def inspector(page: Page, base: str) -> None:
    """Today's visits, a sheet being filled, its record."""
    keep(page, "home-phone")
    page.locator("a[href$='/sheet/']").first.click()
    keep(page, "sheet-phone")
    page.set_viewport_size(DESK)
    keep(page, "sheet-desk")


def province(page: Page, base: str) -> None:
    """The round's board, a visit under review, the draw on the projector, the results."""
    page.goto(f"{base}/board/")
    keep(page, "board")
    page.goto(f"{base}/review/?status=submitted")
    page.locator("main table a").first.click()
    keep(page, "review")
    page.goto(f"{base}/results/")
    keep(page, "results")
    page.goto(f"{base}/plans/")
    page.locator("main table a, main h2 a").first.click()
    page.goto(page.url.rstrip("/") + "/draw/")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.get_by_role("link", name="投影").first.click()
    keep(page, "draw")


def keep(page: Page, name: str) -> None:
    """The window as it stands, as docs/screenshots/<name>.png."""
    page.wait_for_load_state("networkidle")
    path = TARGET / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(name)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
