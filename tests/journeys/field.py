"""What an inspector does on a phone, step by step."""

from playwright.sync_api import Page, expect

from tests.factories.orgs import PASSWORD

LOST, REASON = "7-2", "奖励资金未单独列支，在“其他支出”中报销。"
TEXTS = {"highlights": "领导重视，奖励到人。", "suggestions": "设立专项科目。"}


def press(page: Page, name: str) -> None:
    """Press the button of that name and wait for what follows."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    """Follow the link of that name."""
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def fill_sheet(page: Page) -> None:
    """Full marks with one tap a point, one point short with its reason."""
    for point in page.locator(".crit").all():
        _full(point)
    short = page.locator(f"[data-code='{LOST}']")
    short.get_by_role("button", name="减").click()
    short.locator("textarea").first.fill(REASON)
    expect(page.locator("#missing-count")).to_have_text("已填完")
    expect(page.locator("#sync")).to_contain_text("已上传")


def _full(point) -> None:
    entered = point.get_attribute("data-input")
    if entered == "level":
        point.locator(".rows label").first.click()
    elif entered == "count":
        point.locator("input[inputmode=numeric]").fill("2")
    else:
        point.locator(f"button[data-set='{point.get_attribute('data-full')}']").click()


def fill_record(page: Page) -> None:
    """The problem from the lost point, the other two texts by themselves."""
    page.get_by_text("从扣分点选").click()
    press(page, "选为问题")
    for field, text in TEXTS.items():
        page.locator(f"#text-{field}").fill(text)
        state = page.locator(f"#box-{field} [data-state]")
        expect(state).to_have_class("saved is-ok")


def sign(page: Page) -> None:
    """A drawn stroke, and the password again."""
    pad = page.locator("[data-pad] canvas")
    expect(pad).to_be_visible()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=8)
    page.mouse.up()
    page.fill("#id_password", PASSWORD)
    press(page, "确认签字")
