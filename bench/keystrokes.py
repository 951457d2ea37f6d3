"""Count the keys that a full review of the seed article takes, by keyboard alone in a real browser.

    .venv/bin/python -m bench.keystrokes

It needs the test packages and a Chromium, as `manage.py test` does. First story: the reviewer flags
and repairs the three dropped phrases (OpenAI, We, AI notably performed a) and dismisses one
finding; the approver approves the three repairs in the queue. Second story: every segment is
reviewed, the approver approves on the desk and signs the article off. A key with its modifiers
counts once; the French that is typed is counted by letter, apart. The script fails if the article
does not come out as it should.
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
SEGMENTS = 22
DROPPED = (9, 10, 14)
"""The numbers of the segments that lost a phrase."""
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
    # The worker checks the seed article in the background.
    page.locator(".check-state:not(.open)").wait_for(timeout=120_000)
    page.reload()
    page.wait_for_load_state("networkidle")
    return Hands(page)


def repair(hands: Hands, position: int) -> None:
    """Flag and repair the dropped phrase of the segment that the cursor is on."""
    hands.press("Shift+Enter")
    if position == 9:  # “OpenAI”
        hands.type('"OpenAI ')
    elif position == 10:  # “We”
        hands.type('"Nous attendons')
        hands.press("Control+Delete", "Control+End")
        hands.type('"')
    else:  # “AI notably performed a”
        hands.type("L'IA a notamment joué un ")
    hands.press("Control+Enter")


def review(hands: Hands) -> None:
    """Flag and repair the three dropped phrases, dismiss one finding after them."""
    hands.press("i")  # to the next words that are possibly missing; each repair leads to the next
    for position in DROPPED:
        hands.at(position)
        repair(hands, position)
    expect(hands.page.locator(".segment:focus .note.finding.meant")).to_have_count(1)
    hands.press("X")
    expect(hands.page.locator("#said")).to_have_text("Finding dismissed.")


def approve(hands: Hands, site: Site) -> None:
    """Approve the three repairs in the queue, whose first entry has the cursor."""
    hands.page.goto(f"{site.url}/queue/")
    for position in DROPPED:
        expect(hands.page.locator(f".current[data-position='{position}']")).to_have_count(1)
        hands.press("a")
    expect(hands.page.locator(".segment.done")).to_have_count(len(DROPPED))


def review_all(hands: Hands) -> None:
    """Go through all segments from the first: repair the three, say of the others “No issues”."""
    hands.press("n")
    for position in range(1, SEGMENTS + 1):
        hands.at(position)
        if position in DROPPED:
            if hands.page.locator(".current .omission.meant").count() == 0:
                hands.press("i")
            repair(hands, position)
            continue
        hands.press("c")
        asked = hands.page.locator("[data-position] form.dismissing [data-digit='1']")
        expect(asked.or_(hands.page.locator(f"[data-position='{position}'].done"))).to_have_count(1)
        if asked.count():
            hands.press("1")
        expect(hands.page.locator(f"[data-position='{position}'].done")).to_have_count(1)


def approve_and_sign_off(hands: Hands) -> None:
    """Approve the three repairs on the desk and sign the article off.

    The page of the sign-off waits for the checks of the repaired texts by itself.
    """
    hands.page.reload()
    hands.press("d")
    for position in DROPPED:
        hands.at(position)
        hands.press("a")
    expect(hands.page.locator("#progress")).to_contain_text(f"{SEGMENTS} of")
    hands.press("S")
    expect(hands.page.locator(".sign-off .primary:focus")).to_have_count(1)
    hands.press("Enter")
    expect(hands.page.locator(".verdict .done")).to_have_count(1)


def told(name: str, hands: Hands) -> str:
    """Return what one person pressed and typed."""
    keys = " ".join(hands.pressed)
    return f"{name}: {len(hands.pressed)} keys ({keys}), {hands.typed} letters typed"


def story(browser: Browser, *, whole: bool) -> bool:
    """Do the story on a site of its own and print its keys; tell if the article came out right.

    ``whole`` is the review of all segments to the sign-off.
    """
    with running_site() as site:
        reviewer, approver = (open_desk(browser, site, name) for name in ("reviewer", "approver"))
        (review_all if whole else review)(reviewer)
        if whole:
            approve_and_sign_off(approver)
        else:
            approve(approver, site)
        text = approver.page.request.get(f"{site.url}/articles/1/export/text/").text()
    print(told("reviewer", reviewer))
    print(told("approver", approver))
    both = len(reviewer.pressed) + len(approver.pressed)
    print(f"{'to the sign-off' if whole else 'together'}: {both} keys")
    missing = [words for words in REPAIRS if words not in text]
    if missing:
        print("not in the article:", *missing, sep="\n", file=sys.stderr)
    return not missing


def main() -> int:
    """Press the keys and print how many; return 1 without a browser or with a wrong article."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found.", file=sys.stderr)
        return 1
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        results = [story(browser, whole=whole) for whole in (False, True)]
        browser.close()
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
