"""Pictures of the desk for the README: light, dark and on a phone.

    .venv/bin/python -m bench.screenshots

It needs the test packages and a Chromium, as `manage.py test` does.

It runs the real site in an empty folder, signs in as the reviewer, and takes the pictures.
"""

from __future__ import annotations

import sys
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.site import ROOT, running_site
from manage import find_chromium

FOLDER = ROOT / "bench" / "screenshots"
VIEWS: dict[str, dict[str, Any]] = {
    "desk-light": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"},
    "desk-dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
    "desk-phone": {
        "viewport": {"width": 360, "height": 780},
        "color_scheme": "light",
        "device_scale_factor": 2,
    },
}
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def sign_in(page: Page, url: str, name: str, password: str) -> None:
    """Sign in and stand on the first page."""
    page.goto(f"{url}/sign-in/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def main() -> int:
    """Take every picture of VIEWS; 1 when there is no browser."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found.", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        for name, view in VIEWS.items():
            page = browser.new_context(**view).new_page()
            sign_in(page, site.url, "reviewer", site.passwords["reviewer"])
            page.goto(f"{site.url}/articles/1/")
            # The worker checks the seed article in the background.
            page.locator(".check-state:not(.open)").wait_for(timeout=600_000)
            page.reload()
            # The current segment, with its possible omission, fills the bar.
            page.locator("article").nth(8).locator(".source.text").click()
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
