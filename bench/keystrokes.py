"""Count the keys that a full review of the seed article takes, by keyboard alone in a real browser.

    .venv/bin/python -m bench.keystrokes

It needs the test packages and a Chromium, as `manage.py test` does. The reviewer flags and repairs
the three dropped phrases (OpenAI, We, AI notably performed a) and dismisses one finding; the
approver approves the three repairs. A key with its modifiers counts once; the French that is typed
is counted by letter, apart. The script fails if the article does not come out as it should.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.screenshots import SWITCHES, sign_in
from bench.site import Site, running_site
from manage import find_chromium

PATIENCE = 60_000
"""Milliseconds until the script gives up: a busy machine presses no more keys than an idle one."""
REPAIRS = (
    "projets : «\u202fOpenAI a une stratégie délibérée",
    (
        "«\u202fNous attendons avec impatience un dialogue continu avec les artistes et les"
        " créatifs.\u202f»"
    ),
    "L’IA a notamment joué un rôle pivot",
)


@dataclass
class Hands:
    """One person at the keyboard of one page: the keys pressed and the letters typed."""

    page: Page
    pressed: list[str] = field(default_factory=list)
    typed: int = 0

    def press(self, *keys: str) -> None:
        """Press keys of the desk, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed.append(key)

    def type(self, words: str) -> None:
        """Type French into the editor."""
        expect(self.page.locator("textarea:focus")).to_have_count(1)
        self.page.keyboard.type(words)
        self.typed += len(words)

    def at(self, position: int) -> None:
        """Wait until the cursor is on the segment with this number."""
        expect(self.page.locator(f".segment:focus[data-position='{position}']")).to_have_count(1)


def open_desk(browser: Browser, site: Site, name: str) -> Hands:
    """The seed article's desk, signed in."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    sign_in(page, site.url, name, site.passwords[name])
    page.goto(f"{site.url}/articles/1/")
    page.wait_for_load_state("networkidle")
    return Hands(page)


def review(hands: Hands) -> None:
    """Flag and repair the three dropped phrases, dismiss one finding on the way."""
    hands.press("i")  # to the next words that are possibly missing
    hands.at(9)
    hands.press("Shift+Enter")  # “OpenAI”: a flag, and its repair
    hands.type('"OpenAI ')
    hands.press("Control+Enter")
    hands.at(10)
    hands.press("i", "Shift+Enter")  # “We”
    hands.type('"Nous attendons')
    hands.press("Control+Delete", "Control+End")
    hands.type('"')
    hands.press("Control+Enter")
    hands.at(11)
    hands.press("x", "1")
    expect(hands.page.locator("#said")).to_have_text("Finding dismissed.")
    hands.press("i")
    hands.at(14)
    hands.press("Shift+Enter")
    hands.type("L'IA a notamment joué un ")
    hands.press("Control+Enter")
    hands.at(15)


def approve(hands: Hands) -> None:
    """Approve the three repairs."""
    hands.press("d")
    for position in (9, 10, 14):
        hands.at(position)
        hands.press("a")
    expect(hands.page.locator(".progress")).to_contain_text("3 of 22 segments")


def main() -> int:
    """Press the keys and print how many; return 1 without a browser or with a wrong article."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found.", file=sys.stderr)
        return 1
    expect.set_options(timeout=PATIENCE)
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        reviewer, approver = (open_desk(browser, site, name) for name in ("reviewer", "approver"))
        review(reviewer)
        approver.page.reload()
        approve(approver)
        text = approver.page.request.get(f"{site.url}/articles/1/export/text/").text()
        browser.close()
    missing = [words for words in REPAIRS if words not in text]
    for name, hands in (("reviewer", reviewer), ("approver", approver)):
        print(
            f"{name}: {len(hands.pressed)} keys ({' '.join(hands.pressed)}),"
            f" {hands.typed} letters typed"
        )
    print(f"together: {len(reviewer.pressed) + len(approver.pressed)} keys")
    if missing:
        print("not in the article:", *missing, sep="\n", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
