"""What each process takes after every page was used: ``python -m bench.memory [--limit 150]``.

Starts a site of its own, opens every address as a reviewer, an approver and an admin, exports the
article in every format, has drafts checked, realigns and imports, again and again from several
clients, so that each web process does each of it. Prints the megabytes of each process (PSS: its
own and its share of what it has in common with others), and exits 1 where a web process takes more
than ``--limit``.
"""

from __future__ import annotations

import argparse
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import requests

from bench.attack import NEVER, Addresses
from bench.editors import Client, begin_import, go_on_with_import, inside
from bench.load import site_on, start
from bench.processes import describe_memory, memory_by_kind
from bench.site import Site

FORMATS = (
    "text markdown html docx docx-clean odt xliff xliff12 tmx csv tsv xlsx jsonl po srt vtt ninjs"
    " mqm json pdf docx-table"
).split()
TYPED = "Le maire a annoncé que les 3 500 personnes n’avaient pas quitté la ville de Lyon {}."


def walk(site: Site, people: list[dict[str, object]], rounds: int) -> None:
    """Use every page with several clients at a time."""
    known = Addresses(**inside(site, "addresses"))
    rng = random.Random(1)
    clients = [Client(site.url, person) for person in people]
    pages = [known.any(rng) for _number in range(3 * len(known.patterns))]
    visits = [(client, page) for page in pages if not NEVER.search(page) for client in clients]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(_open, visits))
        exports = []
        for number in known.numbers["article_id"]:
            for name in FORMATS:
                exports.append((clients[0], f"/articles/{number}/export/{name}/?hold=everything"))
        list(pool.map(_open, exports))
        drafts = []
        for number, segment in enumerate(known.numbers["segment_id"] * rounds):
            drafts.append((clients[number % len(clients)], segment, number))
        list(pool.map(_check, drafts))
        realigned = [
            (clients[1], f"/segments/{segment}/pairing/?act=align_again")
            for segment in known.numbers["segment_id"]
        ]
        list(pool.map(_open, realigned))


def _open(visit: tuple[Client, str]) -> None:
    client, page = visit
    try:
        client.get(page)
    except requests.RequestException as problem:
        print(f"  ! {page}: {type(problem).__name__}")


def _check(draft: tuple[Client, int, int]) -> None:
    client, segment, number = draft
    text = TYPED.format(number)
    client.post(f"/segments/{segment}/recheck/", {"revision": "1", "text": text, "begun": text})


def run(options: argparse.Namespace) -> int:
    """Walk, measure and print; return the exit code."""
    with site_on("sqlite") as site:
        master = start(site)
        people = [*inside(site, "people", "3"), *inside(site, "attackers")]
        inside(site, "articles", "2")
        first = Client(site.url, people[0])
        inside(site, "idle")
        print(f"at the start     {describe_memory(memory_by_kind(master))}")
        walk(site, people, options.rounds)
        address = begin_import(first, 200, seed=5)
        while not go_on_with_import(first, address):
            inside(site, "idle")
        sizes = memory_by_kind(master)
        print(f"after every page {describe_memory(sizes)}")
    largest = max(sizes.get("web", [0.0]))
    print(f"largest web process: {largest:.0f} MB, limit {options.limit} MB")
    return 1 if largest > options.limit else 0


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=1, help="drafts checked on each segment")
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
