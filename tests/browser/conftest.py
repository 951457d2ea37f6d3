"""A real browser, people signed in to it, and axe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client

from articles.models import Article
from manage import find_chromium
from tests.factories import make_article, make_finding

PAIRS = [
    (
        "OpenAI has a deliberate technique. 👩‍👧 It works.",
        "a une technique délibérée. 👩‍👧 Ça marche.",
    ),
    ("We stay up late.", "restons éveillés tard."),
    ("A bright, shining star.", "Une étoile brillante et brillante."),
    ("Nobody laughed.", "Personne n’a ri."),
    ("", "Lire la suite…"),
]
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 20_000
"""Milliseconds until a test gives up: a busy machine is no fault of the desk."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium, or the one that CHROMIUM names."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium was found; set CHROMIUM to its path.")
        pytest.skip("No Chromium was found; set CHROMIUM to its path.")
    # Playwright keeps an event loop in this thread; Django must not take it for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def article(transactional_db: None) -> Article:
    """Five segments; the first two lost their beginnings, the third says a word twice."""
    made = make_article(PAIRS, title="The star")
    one, two, three = made.segments.order_by("position")[:3]
    for segment, words in ((one, "OpenAI"), (two, "We")):
        make_finding(segment, values={"words": words}, source_spans=[[0, len(words)]], caret=0)
    make_finding(
        three,
        check_id="doubled",
        type="Grammar",
        severity="minor",
        message="“%(words)s”: word repeated?",
        values={"words": "brillante et brillante"},
        source_spans=[],
        target_spans=[[11, 33]],
        caret=None,
    )
    return made


@pytest.fixture
def visit(
    chromium: Any, live_server: Any, transactional_db: None, django_user_model: Any
) -> Iterator[Callable[..., Any]]:
    """``visit("rosa", "/path/", …)`` opens a page in a browser of its own, signed in; errors in its console fail the test."""
    from articles.models.roles import ensure_roles
    from tests.factories import make_person

    ensure_roles()
    contexts, problems = [], []

    def open_page(name: str, path: str, **options: Any) -> Any:
        role = {"rosa": "Reviewers", "edith": "Approvers", "otto": "Readers"}.get(name, "")
        person = django_user_model.objects.filter(username=name).first() or make_person(
            name, role=role
        )
        client = Client()
        client.force_login(person)
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | options
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
            ]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(error.stack))
        page.on(
            "console",
            lambda line: (
                problems.append(line.text) if "Content Security Policy" in line.text else None
            ),
        )
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


LOOKS = [("light", 1280), ("dark", 360)]
"""The colour schemes and widths in which each page is looked at."""
OTHER_LOOKS = [("dark", 1280), ("light", 360)]
"""Those in which the desk is looked at as well, which shows other things in each width."""
BY_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules of axe that may fail in one colour scheme or width alone."""


PARTS = "header.site, nav.filters, article.segment"
"""What stands in many states and pages: axe looks at each once a test in each look, as long as its mark-up is the same."""
MARKUP = """selector => {
  const root = document.documentElement.cloneNode(false).outerHTML;
  const markup = (part) => root + part.outerHTML.replace(/(csrfmiddlewaretoken" value=)"\\w+"/g, "$1");
  return [...document.querySelectorAll(selector)].map(markup);
}"""
RUN = """([options, selector, known]) => {
  const exclude = [...document.querySelectorAll(selector)].filter((_part, place) => known.includes(place));
  return axe.run({exclude}, options).then((found) => found.violations);
}"""

TRANSITIONS_END = """() => {
  const changing = document.getAnimations().filter((each) => each instanceof CSSTransition);
  return Promise.allSettled(changing.map((each) => each.finished)).then(() => null);
}"""


@pytest.fixture
def look() -> Callable[..., None]:
    """``look(page)`` fails with what axe has found in any of LOOKS, or when the page scrolls sideways.

    ``look(page, everywhere=True)`` adds OTHER_LOOKS, with the rules that depend on the colours. The page stays in its
    state, and is as wide and as light afterwards as it was before.
    """
    seen: set[Any] = set()

    def at(page: Any, *, everywhere: bool = False) -> None:
        size = page.viewport_size
        for scheme, width in LOOKS:
            look_once(page, scheme, width, rules=None, seen=seen)
        for scheme, width in OTHER_LOOKS if everywhere else []:
            look_once(page, scheme, width, rules=BY_COLOUR, seen=seen)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(size)

    return at


def look_once(
    page: Any, scheme: str, width: int, *, rules: list[str] | None, seen: set[Any]
) -> None:
    """Fail with what axe finds in this colour scheme and width, or when the page scrolls sideways.

    ``seen`` has the parts that were looked at so before, and gets those of this page.
    """
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(TRANSITIONS_END)  # the admin's colours change by and by
    at = (page.url, scheme, width)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), at
    parts = [(scheme, width, markup) for markup in page.evaluate(MARKUP, PARTS)]
    known = [place for place, part in enumerate(parts) if part in seen]
    assert run_axe(page, rules, known) == [], at
    seen.update(parts)


def run_axe(page: Any, rules: list[str] | None, known: list[int]) -> list[str]:
    """What axe finds wrong, a line each; by all its rules, or by some; but in the PARTS at the ``known`` places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False, "iframes": False}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
    found = page.evaluate(RUN, [options, PARTS, known])
    return [
        f"{each['id']}: {node['html']} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]
