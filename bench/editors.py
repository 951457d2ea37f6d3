"""Editors as HTTP clients: each signed in, each with a ledger of what the site acknowledged.

An act is written down before it is sent; ``done`` says that the site acknowledged it. An act whose
answer never came may or may not have been stored, but not twice.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from bench.plain_client import PATIENCE, Answer, PlainClient
from bench.site import ROOT, Site
from bench.texts import pairs

LONGEST_IMPORT = 600
"""Seconds after the editors stopped in which an import must finish."""
STRANGER: dict[str, Any] = {
    "id": 0,
    "name": "stranger",
    "role": "stranger",
    "csrf_cookie": "csrftoken",
}


def inside(site: Site, *command: str) -> Any:
    """Return what a command of bench.inside answers."""
    answer = subprocess.run(
        [sys.executable, "-m", "bench.inside", *command],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(answer.stdout)


class Client:
    """A browser without scripts, signed in as one person: it sends files, keeps all cookies and
    follows redirects. ``PlainClient`` takes a tenth of its time.
    """

    def __init__(self, url: str, person: dict[str, Any] | None = None) -> None:
        self.url = url
        self.origin = url
        self.person = person or STRANGER
        self.http = requests.Session()
        self.http.trust_env = False
        if person:
            self.http.cookies.set(self.person["cookie"], person["session"])

    def get(self, address: str, *, htmx: bool = False) -> requests.Response:
        """Return the page."""
        headers = {"HX-Request": "true"} if htmx else {}
        return self.http.get(f"{self.url}{address}", headers=headers, timeout=PATIENCE)

    def post(self, address: str, data: Any, **more: Any) -> requests.Response:
        """Send a form as htmx does, and return the answer."""
        cookie = self.person["csrf_cookie"]
        if cookie not in self.http.cookies:
            self.get("/sign-in/" if self.person["role"] == "stranger" else "/preferences/")
        token = self.http.cookies.get(cookie) or ""
        headers = {"HX-Request": "true", "X-CSRFToken": token, "Referer": f"{self.origin}/"}
        return self.http.post(
            f"{self.url}{address}",
            data,
            headers=headers,
            timeout=PATIENCE,
            allow_redirects=False,
            **more,
        )


@dataclass
class Record:
    """What all clients together saw and wrote down."""

    acts: list[dict[str, Any]] = field(default_factory=list)
    answers: Counter[int | str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def saw(self, kind: str, answer: Answer | str, seconds: float) -> None:
        """Count an answer, or the kind of a failure in its place."""
        with self.lock:
            if isinstance(answer, str):
                self.answers[answer] += 1
                return
            self.answers[answer.status_code] += 1
            self.seconds[kind].append(seconds)
            if answer.status_code >= 500:
                self.failures.append(f"{kind}: {answer.status_code} {answer.url}")

    def percentile(self, kinds: Iterable[str], share: float) -> float:
        """Return the seconds within which this share of the answers of these kinds came."""
        found = sorted(each for kind in kinds for each in self.seconds.get(kind, []))
        return found[min(len(found) - 1, int(share * len(found)))] if found else 0.0

    def count(self, low: int, high: int) -> int:
        """Return how many answers had a status from ``low`` to below ``high``."""
        return sum(
            number
            for status, number in self.answers.items()
            if isinstance(status, int) and low <= status < high
        )

    def write(self, path: Path) -> None:
        """Write the ledger."""
        path.write_text(json.dumps(self.acts))


_REVISION = re.compile(rb'data-revision="(\d+)"')
_MOVES = re.compile(rb'data-moves="([^"]*)"')
_CORRECTION = re.compile(rb'data-correction="(\d+)"')
SAVES = ("flag", "draft", "submit", "approve", "reject", "reopen")


class Editor(threading.Thread):
    """A person who works on one article until it is told to stop."""

    def __init__(
        self,
        client: PlainClient,
        article: dict[str, Any],
        record: Record,
        *,
        stop: threading.Event,
        pause: float,
    ) -> None:
        super().__init__(daemon=True)
        self.client = client
        self.article = article
        self.record = record
        self.stop = stop
        self.pause = pause
        self.random = random.Random(client.person["name"])
        self.number = 0

    def run(self) -> None:
        """Work: look at a segment, do one act on it, think."""
        self.stop.wait(self.random.uniform(0, self.pause))
        while not self.stop.is_set():
            try:
                self.work()
            except (OSError, http.client.HTTPException) as problem:
                self.record.saw("", type(problem).__name__, 0)
            self.stop.wait(self.random.uniform(0.5, 1.5) * self.pause)

    def work(self) -> None:
        """Open a page now and then, else do one act."""
        if self.random.random() < 0.15:
            self.timed("page", lambda: self.client.get(f"/articles/{self.article['article']}/"))
            return
        segment = self.random.choice(self.article["segments"])
        card = self.timed("card", lambda: self.client.get(f"/segments/{segment}/", htmx=True))
        page = card.body
        found = _REVISION.search(page)
        moves = _MOVES.search(page)
        if card.status_code == 200 and found and moves:
            self.act(segment, int(found[1]), moves[1].decode().split(), page)

    def act(self, segment: int, revision: int, moves: list[str], card: bytes) -> None:
        """Do one of the moves that the card offers, write it down and time it."""
        known = [move for move in ("approve", "reopen", "edit", "flag") if move in moves]
        if not known:
            return
        # Who may approve does so first, so that the queue stays short.
        move = known[0] if self.random.random() < 0.5 else self.random.choice(known)
        getattr(self, f"do_{move}")(segment, {"revision": revision}, card)

    def do_flag(self, segment: int, data: dict[str, Any], _card: bytes) -> None:
        """Save a flag with a comment of its own."""
        token = self.token()
        words = {"type": "Omission", "severity": "major", "comment": token}
        self.send("flag", segment, f"/segments/{segment}/flag/", data | words, token=token)

    def do_edit(self, segment: int, data: dict[str, Any], _card: bytes) -> None:
        """Write a draft, and submit it half of the time."""
        text = f"Le texte {self.token()} est nouveau."
        words = {"text": text, "begun": text}
        self.send("draft", segment, f"/segments/{segment}/draft/", data | words, text=text)
        if self.random.random() < 0.5:
            self.send("submit", segment, f"/segments/{segment}/edit/", data | words, text=text)

    def do_approve(self, segment: int, data: dict[str, Any], card: bytes) -> None:
        """Approve the correction that waits."""
        found = _CORRECTION.search(card)
        if found:
            number = int(found[1])
            address = f"/segments/{segment}/corrections/{number}/approve/"
            self.send("approve", segment, address, data, correction=number)

    def do_reopen(self, segment: int, data: dict[str, Any], _card: bytes) -> None:
        """Open a segment again that is done."""
        self.send("reopen", segment, f"/segments/{segment}/reopen/", data)

    def send(
        self, kind: str, segment: int, address: str, data: dict[str, Any], **details: Any
    ) -> None:
        """Send an act and write down whether it was acknowledged."""
        act = {"kind": kind, "segment": segment, "person": self.client.person["id"], "done": False}
        act |= details
        with self.record.lock:
            self.record.acts.append(act)
        answer = self.timed(kind, lambda: self.client.post(address, data))
        act["done"] = answer.status_code in (200, 302)

    def timed(self, kind: str, ask: Any) -> Answer:
        """Ask, count the answer and its time."""
        began = time.monotonic()
        answer: Answer = ask()
        self.record.saw(kind, answer, time.monotonic() - began)
        return answer

    def token(self) -> str:
        """Return a word that nobody else writes."""
        self.number += 1
        return f"{self.client.person['name']}-{self.number}-{self.random.randrange(10**6)}"


def begin_import(client: Client, sentences: int, *, seed: int) -> str:
    """Send two texts, and return the address of their import."""
    texts = [" ".join(side) for side in zip(*pairs(sentences, seed=seed), strict=True)]
    names = (f"long-{seed}.en.txt", f"long-{seed}.fr.txt")
    files = []
    for name, text in zip(names, texts, strict=True):
        files.append(("uploads", (name, text.encode(), "text/plain")))
    answer = client.post("/imports/", {}, files=files)
    return str(answer.headers.get("Location", ""))


def go_on_with_import(client: Client, address: str) -> str:
    """Look at an import, start it once it is examined, and return where it stands:
    "done", "failed", or "" while it goes on.
    """
    page = client.get(address).text
    if f'action="{address}start/"' in page:
        fields = dict(re.findall(r'name="(title-\d+)" value="([^"]*)"', page))
        client.post(f"{address}start/", fields)
        return ""
    if "Import finished" in page:
        return "done"
    return "failed" if "This import failed" in page or "was cancelled" in page else ""


def spread(
    people: list[dict[str, Any]], articles: list[dict[str, Any]], url: str, **more: str
) -> Iterator[tuple[PlainClient, dict[str, Any]]]:
    """Yield each person as a client with the article that they work on."""
    for number, person in enumerate(people):
        yield PlainClient(url, person, **more), articles[number % len(articles)]


def milliseconds(seconds: float) -> str:
    """Return a time as it is printed."""
    return f"{1000 * seconds:,.0f} ms"


def median(values: list[float]) -> float:
    """Return the median; 0 where nothing was measured."""
    return statistics.median(values) if values else 0.0
