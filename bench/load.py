"""Many editors at once while a long import runs: ``make load``, or

    python -m bench.load [--editors 64] [--minutes 3] [--sentences 3000] [--database postgres]

Starts a site of its own and as many HTTP clients as ``--editors``, each signed in, who open pages,
flag, write, submit and approve, with a pause of ``--pause`` seconds between two acts. Meanwhile two
texts of ``--sentences`` sentences are imported. The clients keep a ledger; at the end every act
that the site acknowledged is looked for in the database. Prints the answers, the 95th percentile of
a save and of a page, the memory of each process before and after, what each and the clients took
of the processor meanwhile, and what is lost or doubled.

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
from bench.processes import (
    describe_memory,
    describe_processor,
    memory_by_kind,
    processor_by_process,
)
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
        inside(site, "idle")  # the checks of these articles are not what is measured
        before = memory_by_kind(master)
        processor = processor_by_process(master)
        own_seconds = time.process_time()
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
        spent = describe_processor(processor, processor_by_process(master))
        spent = f"{spent}; clients {time.process_time() - own_seconds:.0f} s"
        importing.join(LONGEST_IMPORT)
        after = memory_by_kind(master)
        record.write(site.folder / "ledger.json")
        problems = inside(site, "look", str(site.folder / "ledger.json"))
    print_report(options, record, outcome, problems)
    print(f"  processor       {spent}")
    print(f"  memory before   {describe_memory(before)}")
    print(f"  memory after    {describe_memory(after)}")
    for line in (*problems[:20], *record.failures[:20]):
        print(f"  ! {line}")
    is_slow = record.percentile(SAVES, 0.95) > options.limit / 1000
    is_wrong = problems or record.count(500, 600) or outcome.get("state") != "done"
    return 1 if is_wrong or is_slow else 0


def print_report(
    options: argparse.Namespace,
    record: Record,
    outcome: dict[str, float | str],
    problems: list[str],
) -> None:
    """Print what the clients saw."""
    done = sum(act["done"] for act in record.acts)
    print(f"{options.editors} editors, {options.minutes:g} minutes, {options.database}")
    print(f"  answers         {sum(record.answers.values())}: {dict(record.answers)}")
    print(f"  acts            {len(record.acts)} sent, {done} acknowledged")
    print(f"  lost or doubled {len(problems)}")
    print(f"  5xx             {record.count(500, 600)}")
    print(f"  save, p95       {describe_times(record, SAVES)}")
    for kind in SAVES:
        if kind in record.seconds:
            print(f"    {kind:<13} {describe_times(record, (kind,))}")
    print(f"  page, p95       {describe_times(record, ('page',))}")
    print(f"  card, p95       {describe_times(record, ('card',))}")
    state, seconds = outcome.get("state") or "unfinished", float(outcome.get("seconds", 0))
    print(f"  import          {options.sentences} sentences: {state} after {seconds:.0f} s")


def describe_times(record: Record, kinds: tuple[str, ...]) -> str:
    """Return the times of answers of these kinds as they are printed."""
    usual = milliseconds(record.percentile(kinds, 0.5))
    return f"{milliseconds(record.percentile(kinds, 0.95))}; median {usual}"


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
