"""Measure what a reviewer waits for in a real browser: from click to a readable desk, and from key
to paint, on articles of 22, 345 and 2,000 segments, with the processor throttled four times.

    .venv/bin/python -m bench.browser [--throttle 4] [--rounds 20] [--segments 22 345 2000]

It needs the test packages and a Chromium, as `manage.py test` does, and takes a few minutes on a
machine that does nothing else; each line says the load of the machine (of one minute), without
which no figure means anything. A page is readable when its largest text is painted, which is a pair
of the article (the browser's "largest contentful paint"); it answers keys when its deferred scripts
have run and the next frame is painted. Both are held against the mark. A key is painted when the
first frame with its effect is shown: for `e` and `f` the effect is the field of the form that has
the focus.
Beside the desk stand what no page can do without: a plain page with the same 50 pairs, and on the
desk itself a key that toggles one class. The figures are milliseconds, p50 / p95, and the ratio of
the medians. A mark that is missed is named at the end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
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

NOTE_TIMES = """() => {
  const painted = () => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { window.answering = performance.now(); };
    channel.port2.postMessage(0);
  });
  addEventListener("DOMContentLoaded", () => setTimeout(painted));
  const observer = new PerformanceObserver((list) => {
    window.readable = list.getEntries().at(-1).startTime;
  });
  observer.observe({ type: "largest-contentful-paint", buffered: true });
}"""
"""Runs before the page's own scripts, on the desk as on the plain page."""
READY = """() => new Promise((done) => {
  const look = () => {
    const found = [window.readable, window.answering];
    if (found.every(Boolean)) setTimeout(() => done([window.readable, window.answering]), 200);
    else setTimeout(look, 20);
  };
  look();
})"""
WATCH = """() => {
  window.pressed = [];
  const observer = new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      const press = window.pressed.find((each) => each.at === startTime);
      if (press && name === "keydown" && press.isFirstFrame) press.time = duration;
    }
  });
  observer.observe({ type: "event", durationThreshold: 16 });
  addEventListener("keydown", (event) => {
    if (event.key === "0") document.body.classList.toggle("toggled");
    const waits = { e: "textarea:focus", f: "form.flagging :focus" }[event.key];
    const press = { at: event.timeStamp, isFirstFrame: true };
    window.pressed.push(press);
    const frame = () => {
      if (waits && !document.querySelector(waits)) {
        press.isFirstFrame = false;
        return requestAnimationFrame(frame);
      }
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { press.time ??= performance.now() - press.at; };
      channel.port2.postMessage(0);
    };
    requestAnimationFrame(frame);
  }, true);
}"""
"""Keeps the time from each key until the frame with its effect is shown. Where that is the first
frame, it is the browser's own figure ("event timing", in steps of 8 ms), which says when the frame
was presented; the browser has none for less than 16 ms. Else it is when the frame was made."""

PAINTED = """([number, patience]) => new Promise((done, fail) => {
  const look = () => {
    if (window.pressed[number]?.time) done();
    else if (performance.now() > end) fail(new Error("the key had no effect"));
    else setTimeout(look, 4);
  };
  const end = performance.now() + patience;
  look();
})"""
TIMES = """() => new Promise((done) => {
  setTimeout(() => done(window.pressed.map((each) => each.time)), 300);
})"""
"""The browser tells its own figures a little later."""
PATIENCE = 60_000
"""Milliseconds until a key that has no effect ends the measurement."""
KEY_MARKS = {"next": 50, "f": 100, "e": 100}
"""Milliseconds in which 95 of 100 presses are painted, with the processor throttled four times."""
NEXT_RATIO = 1.5
"""Or: the time of `next` by that of the key that toggles one class."""
READY_RATIOS = {"cold": 1.5, "warm": 2.0}
"""The time until the desk is ready by that of the plain page."""


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


def p95(times: list[float]) -> float:
    """Return the time below which 95 of 100 are; the longest of less than 20."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


def told(times: list[float]) -> str:
    """Return p50 and p95 of the times in words."""
    return f"{statistics.median(times):5.0f} / {p95(times):5.0f}"


def ratio(times: list[float], others: list[float]) -> float:
    """Return the median of the times by that of the others."""
    return statistics.median(times) / statistics.median(others)


def load() -> str:
    """Return the load of the machine."""
    return f"load {os.getloadavg()[0]:.1f}"


def throttle(page: Page, times: int) -> None:
    """Slow the page's processor down."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})


@dataclass
class Visits:
    """Visits of one page: the times until it is ready, by what for and how, and what one loads."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    requests: int = 0
    size: int = 0

    def note(self, kind: str, page: Page) -> None:
        """Keep when the page that is being loaded was readable and when it answers keys."""
        readable, answering = page.evaluate(READY)
        self.times[f"readable {kind}"].append(readable)
        self.times[f"answers {kind}"].append(answering)


def visits_of(
    new_context: Callable[[], BrowserContext], url: str, slower: int, rounds: int
) -> Visits:
    """Visit the page in new browsers, each time with an empty cache and again with a full one."""
    visits = Visits()
    for _ in range(rounds):
        context = new_context()
        context.add_init_script(f"({NOTE_TIMES})()")
        page = context.new_page()
        page.goto("about:blank")
        throttle(page, slower)
        answer = page.goto(url, wait_until="commit")
        if answer is None or answer.url != url:
            raise RuntimeError(f"{url} led elsewhere")
        visits.note("cold", page)
        page.wait_for_load_state("networkidle")
        found = page.evaluate(
            "() => [...performance.getEntriesByType('navigation'),"
            " ...performance.getEntriesByType('resource')].map((each) => each.transferSize)"
        )
        visits.requests, visits.size = len(found), sum(found)
        page.goto("about:blank")
        page.goto(url, wait_until="commit")
        visits.note("warm", page)
        context.close()
    return visits


def key_times(page: Page, keys: list[str], rounds: int) -> list[float]:
    """Press the keys in turn and return the times of the first of them until it was painted."""
    page.evaluate("window.pressed.length = 0")
    for number in range(rounds * len(keys)):
        page.keyboard.press(keys[number % len(keys)])
        page.evaluate(PAINTED, [number, PATIENCE])
        if number % len(keys):
            page.locator(".segment.open").wait_for(state="detached")
    times: list[float] = page.evaluate(TIMES)
    return times[:: len(keys)]


def thread_costs(page: Page, keys: list[str], rounds: int) -> tuple[float, float, float]:
    """Press the keys in turn; return what one round costs the page's main thread.

    It is milliseconds of processor time, which the load of the machine does not change, and how
    often the page was styled and laid out.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = metrics_of(session)
    key_times(page, keys, rounds)
    after = metrics_of(session)
    session.detach()
    costs = []
    for name in ("TaskDuration", "RecalcStyleCount", "LayoutCount"):
        costs.append((after[name] - before[name]) / rounds)
    return 1000 * costs[0], costs[1], costs[2]


def metrics_of(session: Any) -> dict[str, float]:
    """Return the browser's own figures of the page by their names."""
    rows = session.send("Performance.getMetrics")["metrics"]
    return {row["name"]: row["value"] for row in rows}


def report_threads(page: Page, label: str, rounds: int) -> None:
    """Print what keys cost the main thread of a page that is not throttled."""
    page.keyboard.press("Home")
    key_times(page, ["k"], 3)
    print(f"{label:>6}   main thread, not throttled, with the measuring itself:", flush=True)
    presses = {"one class": ["0"], "next": ["k"], "f": ["f", "Escape"], "e": ["e", "Escape"]}
    for name, keys in presses.items():
        if name in ("f", "e"):
            key_times(page, ["n"], 1)  # a segment that may be flagged and corrected
        cost, styles, layouts = thread_costs(page, keys, rounds)
        print(f"{name:>16}: {cost:6.1f} ms, {styles:.1f} styles, {layouts:.1f} layouts", flush=True)


def report_ready(
    new_context: Callable[[], BrowserContext], url: str, label: str, options: Any
) -> list[str]:
    """Print when the desk at the address and its plain page are ready; return what is missed."""
    visits = {}
    for name, address in {"desk": url, "plain": url.replace("/articles/", "/floor/")}.items():
        found = visits_of(new_context, address, options.throttle, max(3, options.rounds // 4))
        visits[name] = found
        told_times = ", ".join(f"{kind} {told(times)}" for kind, times in found.times.items())
        print(
            f"{label:>6} {name:>6}: {told_times}; first visit {found.requests} requests,"
            f" {found.size / 1000:.0f} KB   {load()}",
            flush=True,
        )
    missed = []
    for kind, times in visits["desk"].times.items():
        most = READY_RATIOS[kind.split()[1]]
        by_plain = ratio(times, visits["plain"].times[kind])
        print(f"{label:>6}   desk : plain, {kind}: {by_plain:.2f} (mark {most})")
        if by_plain > most:
            missed.append(f"{label} segments, {kind}: {by_plain:.2f} times the plain page")
    return missed


def report_keys(page: Page, label: str, options: Any) -> list[str]:
    """Print when keys on the desk are painted; return the marks that are missed."""
    elements = page.evaluate("document.querySelectorAll('*').length")
    page.evaluate(WATCH)
    throttle(page, options.throttle)
    key_times(page, ["j"], 3)
    toggled = key_times(page, ["0"], options.rounds)
    moved = key_times(page, ["j"], options.rounds)
    times = {"next": moved}
    key_times(page, ["n"], 1)  # a segment that may be flagged and corrected
    for key in ("f", "e"):
        times[key] = key_times(page, [key, "Escape"], max(5, options.rounds // 2))
    ratio_of_next = ratio(moved, toggled)
    print(
        f"{label:>6}   keys: one class {told(toggled)}   next {told(moved)} ({ratio_of_next:.2f})"
        f"   f {told(times['f'])}   e {told(times['e'])}   {elements} elements   {load()}",
        flush=True,
    )
    missed = []
    for key, most in KEY_MARKS.items():
        found = p95(times[key])
        is_in_ratio = key == "next" and ratio_of_next <= NEXT_RATIO
        if found > most and not is_in_ratio:
            missed.append(f"{label} segments, key {key}: {found:.0f} ms (mark {most})")
    return missed


def report(browser: Any, person: desk.Browser, url: str, label: str, options: Any) -> list[str]:
    """Print the figures of one article, whose page and plain page are at the address.

    Return the marks that are missed, a line each.
    """

    origin = url.partition("/articles/")[0]

    def new_context() -> BrowserContext:
        context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 860})
        for name, cookie in person.cookies.items():
            # For the whole site: the address of a page would make it the cookie's path.
            context.add_cookies([{"name": name, "value": cookie.value, "url": origin}])
        return context

    missed = report_ready(new_context, url, label, options)
    page = new_context().new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    missed += report_keys(page, label, options)
    throttle(page, 1)
    report_threads(page, label, max(5, options.rounds // 2))
    page.context.close()
    return missed


def main() -> int:
    """Print the figures of each size; 1 when there is no browser."""
    settings = argparse.ArgumentParser(description=__doc__)
    settings.add_argument("--throttle", type=int, default=4)
    settings.add_argument("--rounds", type=int, default=20)
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
        missed = []
        for count, article in articles.items():
            url = f"http://127.0.0.1:{port}/articles/{article.pk}/"
            missed += report(browser, person, url, str(count), options)
        browser.close()
    print(*(missed or ["all marks are held"]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
