"""Restore a backup into an empty place and compare: ``make drill``, or

    python -m bench.drill [--database postgres] [--articles 4]

Starts a site of its own, has people work on it, and backs it up while they go on (``manage.py
backup``). Then restores the file into an empty data folder and an empty database (``manage.py
restore``), starts a second site on those, and compares what both give for each article, as JSON
Lines with everything that was said of it. The acts that were acknowledged before the backup began
must be there. The exit code is 1 when anything differs.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.editors import Client, Editor, Record, inside, spread
from bench.load import site_on, start
from bench.options import add_database, make_parser
from bench.site import Site, make_site, running_postgres

EDITORS = 4


def work(site: Site, articles: int, record: Record, file: Path) -> int:
    """Have people work, and back up in the middle of it; return how many acts came before that."""
    people = inside(site, "people", str(EDITORS))
    made = inside(site, "articles", str(articles))
    stop = threading.Event()
    editors = []
    for client, article in spread(people, made, site.url):
        editors.append(Editor(client, article, record, stop=stop, pause=0.2))
    for editor in editors:
        editor.start()
    while sum(act["done"] for act in record.acts) < 10 * EDITORS:
        time.sleep(0.2)
    with record.lock:
        acknowledged = [act["done"] for act in record.acts]
    site.run("backup", str(file))
    stop.set()
    for editor in editors:
        editor.join()
    # Later acts may be in the backup, and may have put a newer text in the place of a draft.
    for number, act in enumerate(record.acts):
        act["done"] = number < len(acknowledged) and acknowledged[number]
    return sum(acknowledged)


def exports(site: Site, people: int) -> dict[str, bytes]:
    """Return what the site gives for each article, by its title."""
    client = Client(site.url, inside(site, "people", str(people))[0])
    found = {}
    for number in inside(site, "addresses")["numbers"]["article_id"]:
        page = client.get(f"/articles/{number}/export/jsonl/?hold=everything")
        page.raise_for_status()
        found[str(number)] = page.content
    return found


def differences(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    """Return a sentence for each article that is missing, or that differs."""
    found = []
    for number in sorted(first.keys() | second.keys()):
        if number not in first or number not in second:
            found.append(f"article {number} is in one of the two only")
        elif first[number] != second[number]:
            found.append(f"article {number} differs")
    return found


def run(options: argparse.Namespace) -> int:
    """Back up, restore twice and compare; return the exit code.

    What the first site holds goes on changing after the backup began; so the file is restored into
    two empty places, whose articles must agree to the letter, and in which every act must be.
    """
    record = Record()
    with contextlib.ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="review-drill-")))
        file = folder / "site.tar"
        with site_on(options.database) as site:
            start(site)
            done = work(site, options.articles, record, file)
            site.stop()
            quiet_file = folder / "quiet.tar"
            site.run("backup", str(quiet_file))
            start(site)
            original = exports(site, EDITORS)
        record.write(folder / "ledger.json")
        problems = []
        for name, backup in (("busy", file), ("quiet", quiet_file)):
            url = ""
            if options.database == "postgres":
                url = held.enter_context(running_postgres()).url
            copy = make_site(folder / name, database_url=url)
            copy.run("restore", str(backup))
            held.callback(copy.stop)
            start(copy)
            problems += inside(copy, "look", str(folder / "ledger.json"))
            if name == "quiet":
                problems += differences(original, exports(copy, EDITORS))
            copy.stop()
        size = file.stat().st_size / 1_000_000
    print(f"drill on {options.database}")
    print(f"  acts before the backup   {done}, looked for in both copies")
    print(f"  articles compared        {len(original)}")
    print(f"  size of the backup       {size:.1f} MB")
    print(f"  problems                 {len(problems)}")
    for line in problems[:20]:
        print(f"  ! {line}")
    return 1 if problems else 0


def main() -> int:
    """Read the options and run."""
    parser = make_parser(__doc__)
    add_database(parser)
    parser.add_argument("--articles", type=int, default=4)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
