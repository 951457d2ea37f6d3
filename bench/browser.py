"""Measure what a reviewer waits for in a real browser: from click to a readable desk, and from key
to paint, on articles of 22, 345 and 2,000 segments, with the processor throttled four times.

    .venv/bin/python -m bench.browser [--throttle 4] [--rounds 30] [--segments 22 345 2000]

It needs the test packages and a Chromium, as `manage.py test` does. A page is ready when its
deferred scripts have run and the next frame is painted. A key is painted when the frame after its
effect is: for `e` and `f` the effect is the field of the form that has the focus. Beside the desk
stand what no page can do without: a plain page with the same 50 pairs, and on the desk itself a
key that toggles one class. The figures are milliseconds, p50 / p95.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
from collections.abc import Callable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench import desk  # sets Django up in an empty data folder
from bench.screenshots import SWITCHES
from bench.site import free_port
from manage import find_chromium

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright has an event loop in this thread

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import path

import reviewsite.urls

READY = """() => new Promise((done) => {
  const entry = performance.getEntriesByType("navigation")[0];
  const painted = () => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  });
  if (entry.domContentLoadedEventEnd) done(entry.domContentLoadedEventEnd);
  else addEventListener("DOMContentLoaded", () => setTimeout(painted));
})"""
WATCH = """() => {
  const painted = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(0);
  });
  window.pressed = [];
  addEventListener("keydown", (event) => {
    if (event.key === "0") document.body.classList.toggle("toggled");
    const waits = { e: "textarea:focus", f: "form.flagging :focus" }[event.key];
    const look = () => {
      if (waits && !document.querySelector(waits)) return setTimeout(look);
      painted(() => window.pressed.push(performance.now() - event.timeStamp));
    };
    look();
  }, true);
}"""

PAINTED = """(count) => new Promise((done) => {
  const look = () => {
    if (window.pressed.length > count) done(window.pressed.at(-1));
    else setTimeout(look, 4);
  };
  look();
})"""


class Server(ThreadingMixIn, WSGIServer):
    """A small server of the site in this process."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Prints no line for a request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


def serve(port: int, site: Any) -> None:
    """Serve the site on the port until the process ends."""
    server = make_server("127.0.0.1", port, site, server_class=Server, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def told(times: list[float]) -> str:
    """Return p50 and p95 of the times."""
    ordered = sorted(times)
    last = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"{statistics.median(ordered):5.0f} / {last:5.0f}"


def throttle(page: Page, times: int) -> None:
    """Slow the page's processor down."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})


def ready_times(
    new_context: Callable[[], BrowserContext], url: str, slower: int, rounds: int
) -> tuple[list[float], list[float], tuple[int, int]]:
    """Return the times until the page is ready: cold, warm; requests and bytes of a first visit."""
    cold, warm = [], []
    sizes = (0, 0)
    for _ in range(rounds):
        context = new_context()
        page = context.new_page()
        page.goto("about:blank")
        throttle(page, slower)
        page.goto(url, wait_until="commit")
        cold.append(page.evaluate(READY))
        page.wait_for_load_state("networkidle")
        found = page.evaluate(
            "() => [...performance.getEntriesByType('navigation'),"
            " ...performance.getEntriesByType('resource')].map((each) => each.transferSize)"
        )
        sizes = (len(found), sum(found))
        page.goto("about:blank")
        page.goto(url, wait_until="commit")
        warm.append(page.evaluate(READY))
        context.close()
    return cold, warm, sizes


def key_times(page: Page, keys: list[str], rounds: int) -> list[float]:
    """Press the keys in turn and return the times of the first of them until it was painted."""
    page.evaluate("window.pressed.length = 0")
    times = []
    for _ in range(rounds):
        for number, key in enumerate(keys):
            count = page.evaluate("window.pressed.length")
            page.keyboard.press(key)
            time = page.evaluate(PAINTED, count)
            if number == 0:
                times.append(time)
            else:
                page.locator(".segment.open").wait_for(state="detached")
    return times


def report(browser: Any, person: desk.Browser, url: str, label: str, options: Any) -> None:
    """Print the figures of one article, whose page and plain page are at the address."""

    def new_context() -> BrowserContext:
        context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 860})
        for name, cookie in person.cookies.items():
            context.add_cookies([{"name": name, "value": cookie.value, "url": url}])
        return context

    rounds = max(3, options.rounds // 3)
    pages = {"desk": url, "plain": url.replace("/articles/", "/floor/")}
    for name, address in pages.items():
        cold, warm, (requests, size) = ready_times(new_context, address, options.throttle, rounds)
        print(
            f"{label:>6} {name:>6}: ready cold {told(cold)}   warm {told(warm)}"
            f"   first visit {requests} requests, {size / 1000:.0f} KB"
        )
    page = new_context().new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    elements = page.evaluate("document.querySelectorAll('*').length")
    page.evaluate(WATCH)
    throttle(page, options.throttle)
    key_times(page, ["j"], 3)
    toggled = key_times(page, ["0"], options.rounds)
    moved = key_times(page, ["j"], options.rounds)
    page.keyboard.press("Escape")
    flagged = key_times(page, ["f", "Escape"], rounds)
    edited = key_times(page, ["e", "Escape"], rounds)
    print(
        f"{label:>6}   keys: one class {told(toggled)}   next {told(moved)}"
        f"   f {told(flagged)}   e {told(edited)}   {elements} elements"
    )
    page.context.close()


def main() -> int:
    """Print the figures of each size; 1 when there is no browser."""
    settings = argparse.ArgumentParser(description=__doc__)
    settings.add_argument("--throttle", type=int, default=4)
    settings.add_argument("--rounds", type=int, default=30)
    settings.add_argument("--segments", type=int, nargs="+", default=[22, 345, 2000])
    options = settings.parse_args()
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found.", file=sys.stderr)
        return 1
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    reviewsite.urls.urlpatterns.append(path("floor/<int:article_id>/", desk.floor_read))
    people = [User.objects.create_user(name) for name in ("reader", "colleague")]
    people[0].groups.add(Group.objects.get(name="Reviewers"))
    person = desk.Browser(people[0])
    port = free_port()
    serve(port, person.site)
    articles = {count: desk.make_article(count, people=people) for count in options.segments}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        for count, article in articles.items():
            url = f"http://127.0.0.1:{port}/articles/{article.pk}/"
            report(browser, person, url, str(count), options)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
