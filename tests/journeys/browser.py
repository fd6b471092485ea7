"""A real browser for journeys, and where its screenshots go."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
)
PHONE, DESK = (360, 800), (1440, 900)
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
IS_KEPT = "KEEP_SCREENSHOTS"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Debian's browser for a block; nothing is fetched from the network."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """One person with a device of their own, hence with cookies of their own."""

    def __init__(self, browser: Browser, address: str, *, size: tuple[int, int]) -> None:
        width, height = size
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, path: str) -> None:
        """Go to an address of the town."""
        self.page.goto(path)

    def write(self, label: str, text: str) -> None:
        """Fill the field with this label."""
        self.page.get_by_label(label).fill(text)

    def choose(self, label: str) -> None:
        """Choose the radio button with this label."""
        self.page.get_by_label(label, exact=True).check()

    def press(self, name: str) -> None:
        """Press the button or follow the link with this name."""
        button = self.page.get_by_role("main").get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("main").get_by_role("link", name=name, exact=True)
        button.or_(link).first.click()

    def sees(self, text: str) -> bool:
        """Whether the page shows these words."""
        return text in self.page.get_by_role("main").inner_text()

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as a member of staff."""
        self.open("/desk/")
        self.write("用户名", username)
        self.write("密码", password)
        self.press("登录")

    def photograph(self, name: str) -> None:
        """Put a picture of the page among the documents, where the run was asked for pictures.

        Taken only then: a browser that cannot draw on a crowded machine says nothing about
        the pages.
        """
        if os.environ.get(IS_KEPT):
            self.page.bring_to_front()
            self.page.screenshot(path=IMAGES / f"{name}.png")
