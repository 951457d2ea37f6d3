"""Many editors at once while a long import runs: ``make load``, or

    python -m bench.load [--editors 64] [--minutes 3] [--sentences 3000] [--database postgres]

Starts a site of its own and as many HTTP clients as ``--editors``, each signed in, who open pages,
flag, write, submit and approve, with a pause of ``--pause`` seconds between two acts. Meanwhile two
texts of ``--sentences`` sentences are imported. The clients keep a ledger; at the end every act
that the site acknowledged is looked for in the database. Prints the answers, the 95th percentile of
a save and of a page, the memory of each process before and after, and what is lost or doubled.

The exit code is 1 when an act is lost or doubled, when any answer was 5xx, when the import did not
finish, or when the 95th percentile of a save is above ``--limit`` milliseconds.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench.editors import (
    LONGEST_IMPORT,
    SAVES,
    Client,
    Editor,
    Record,
    begin_import,
    go_on_with_import,
    inside,
    milliseconds,
    spread,
)
from bench.options import add_database, add_editors, make_parser
from bench.processes import describe_memory, memory_by_kind
from bench.site import Site, make_site, running_postgres, wait_for


@contextlib.contextmanager
def site_on(database: str, *, durable: bool = False) -> Iterator[Site]:
    """A site that has not started, on a database of its own: "sqlite" or "postgres"."""
    with contextlib.ExitStack() as held:
        url = ""
        if database == "postgres":
            url = held.enter_context(running_postgres(durable=durable)).url
        folder = held.enter_context(tempfile.TemporaryDirectory(prefix="review-load-"))
        site = make_site(Path(folder), database_url=url)
        held.callback(site.stop)
        yield site


def start(site: Site) -> int:
    """Start the site, wait until it answers, and return its master process."""
    site.start(quiet=True)
    wait_for(f"{site.url}/health/live")
    assert site.process is not None
    return site.process.pid


def wait_until_checked(site: Site, client: Client) -> None:
    """Wait until no checks are queued: they are not what is measured."""
    while inside(site, "queue"):
        client.get("/health/live")
        time.sleep(1)


def watch_import(client: Client, sentences: int, outcome: dict[str, float | str]) -> None:
    """Import two texts and note how it went."""
    began = time.monotonic()
    address = begin_import(client, sentences, seed=999)
    outcome["state"] = "" if address else "not taken"
    while not outcome["state"]:
        time.sleep(1)
        outcome["state"] = go_on_with_import(client, address)
        outcome["seconds"] = time.monotonic() - began


def run(options: argparse.Namespace) -> int:
    """Load one database and print what came of it; return the exit code."""
    record = Record()
    outcome: dict[str, float | str] = {}
    with site_on(options.database) as site:
        master = start(site)
        people = inside(site, "people", str(options.editors + 1))
        articles = inside(site, "articles", str(max(1, options.editors // 4)))
        importer = Client(site.url, people.pop())
        wait_until_checked(site, importer)
        before = memory_by_kind(master)
        stop = threading.Event()
        editors = []
        for client, article in spread(people, articles, site.url):
            editors.append(Editor(client, article, record, stop=stop, pause=options.pause))
        importing = threading.Thread(
            target=watch_import, args=(importer, options.sentences, outcome), daemon=True
        )
        for thread in (*editors, importing):
            thread.start()
        time.sleep(60 * options.minutes)
        stop.set()
        for editor in editors:
            editor.join()
        importing.join(LONGEST_IMPORT)
        after = memory_by_kind(master)
        record.write(site.folder / "ledger.json")
        problems = inside(site, "look", str(site.folder / "ledger.json"))
    return report(options, record, outcome, problems, (before, after))


def report(
    options: argparse.Namespace,
    record: Record,
    outcome: dict[str, float | str],
    problems: list[str],
    sizes: tuple[dict[str, list[float]], dict[str, list[float]]],
) -> int:
    """Print the table; return the exit code."""
    save = record.percentile(SAVES, 0.95)
    page = record.percentile(("page", "card"), 0.95)
    done = sum(act["done"] for act in record.acts)
    broken = record.count(500, 600)
    print(f"{options.editors} editors, {options.minutes:g} minutes, {options.database}")
    print(f"  answers         {sum(record.answers.values())}: {dict(record.answers)}")
    print(f"  acts            {len(record.acts)} sent, {done} acknowledged")
    print(f"  lost or doubled {len(problems)}")
    print(f"  5xx             {broken}")
    usual = milliseconds(record.percentile(SAVES, 0.5))
    print(f"  save, p95       {milliseconds(save)}; median {usual}")
    print(f"  page, p95       {milliseconds(page)}")
    state, seconds = outcome.get("state") or "unfinished", float(outcome.get("seconds", 0))
    print(f"  import          {options.sentences} sentences: {state} after {seconds:.0f} s")
    print(f"  memory before   {describe_memory(sizes[0])}")
    print(f"  memory after    {describe_memory(sizes[1])}")
    for line in (*problems[:20], *record.failures[:20]):
        print(f"  ! {line}")
    is_slow = save > options.limit / 1000
    return 1 if problems or broken or state != "done" or is_slow else 0


def main() -> int:
    """Read the options and run."""
    parser = make_parser(__doc__)
    add_database(parser)
    add_editors(parser, editors=64, pause=3.0)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--sentences", type=int, default=3000)
    parser.add_argument("--limit", type=float, default=250, help="milliseconds, p95 of a save")
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
