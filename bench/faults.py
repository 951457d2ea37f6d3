"""Kill the site's processes while people work: ``make faults``, or

    python -m bench.faults [--rounds 30] [--editors 8] [--database postgres]

Starts a site of its own and some HTTP clients who flag, write, submit and approve without a break,
with a small import in every round. In each round one process gets SIGKILL: a web process, the
master, the worker, or the database (PostgreSQL). Like systemd, this program starts the master or
the database again when it has ended; nothing else is done by hand. It measures how long the site
takes until it answers again and, counted from the database's own return, until it is ready.

At the end every act that the site acknowledged is looked for, every status is compared with its
rows, every import must have finished or failed with a sentence, and history must be whole. The exit
code is 1 where that is not so, or where the site was away for more than ``--limit`` seconds.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import requests

from bench.editors import Client, Editor, Record, begin_import, go_on_with_import, inside, spread
from bench.load import start
from bench.options import add_database, add_editors, make_parser
from bench.processes import children, kind
from bench.site import Postgres, Site, make_site, running_postgres

SENTENCES = 40
"""Sentences of the import in each round."""
LONGEST_WAIT = 120
"""Seconds after which a site that does not come back is given up."""
TARGETS = ("web", "worker", "master")


@dataclass
class Round:
    """What was killed, and the seconds until the site answered and was ready again."""

    target: str
    answered: float = 0.0
    ready: float = 0.0


@dataclass
class Installation:
    """A site with its database, which are started again when they end."""

    site: Site
    postgres: Postgres | None
    rounds: list[Round] = field(default_factory=list)

    def strike(self, target: str) -> None:
        """Kill a process, start again what a supervisor would, and note how long it took."""
        made = Round(target)
        began = time.monotonic()
        if target == "database":
            assert self.postgres is not None
            os.kill(self.postgres.pid(), signal.SIGKILL)
            self.postgres.call("again")
            began = time.monotonic()  # what the database itself takes is not the site's
        elif target == "master":
            self.kill_master()
        else:
            os.kill(self.find(target), signal.SIGKILL)
        made.answered = self.wait("/sign-in/", began)
        made.ready = self.wait("/health/ready", began)
        self.rounds.append(made)

    def kill_master(self) -> None:
        """Kill the master alone, and start the site again."""
        process = self.site.process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        # As systemd does: again a second later where processes of the old one still hold the lock.
        for _attempt in range(20):
            self.site.start(quiet=True)
            if self.comes_up():
                return
            time.sleep(1)

    def comes_up(self) -> bool:
        """Return whether the site that was started answers; False once its process has ended."""
        process = self.site.process
        while process is not None and process.poll() is None:
            with (
                contextlib.suppress(OSError, urllib.error.URLError),
                urllib.request.urlopen(f"{self.site.url}/sign-in/", timeout=5),
            ):
                return process.poll() is None
            time.sleep(0.05)
        return False

    def find(self, target: str) -> int:
        """Return a process of that kind, waiting for one that is just being started."""
        process = self.site.process
        assert process is not None
        for _attempt in range(100):
            for pid in children(process.pid):
                if kind(pid) == target:
                    return pid
            time.sleep(0.1)
        raise RuntimeError(f"no {target} process")

    def wait(self, address: str, began: float) -> float:
        """Return the seconds until the address answers 200; LONGEST_WAIT where it does not."""
        while time.monotonic() - began < LONGEST_WAIT:
            with (
                contextlib.suppress(OSError, urllib.error.URLError),
                urllib.request.urlopen(f"{self.site.url}{address}", timeout=5),
            ):
                return time.monotonic() - began
            time.sleep(0.05)
        return LONGEST_WAIT


def import_in_round(client: Client, number: int) -> str:
    """Begin an import; "" where the site was away."""
    with contextlib.suppress(requests.RequestException):
        return begin_import(client, SENTENCES, seed=1000 + number)
    return ""


def finish_imports(client: Client, addresses: list[str]) -> list[str]:
    """Go on with imports until all have ended; return a sentence for each that has not."""
    ends_at = time.monotonic() + LONGEST_WAIT * 5
    open_ones = [address for address in addresses if address]
    while open_ones and time.monotonic() < ends_at:
        time.sleep(0.5)
        still_open = []
        for address in open_ones:
            with contextlib.suppress(requests.RequestException):
                if go_on_with_import(client, address):
                    continue
            still_open.append(address)
        open_ones = still_open
    return [f"{address} did not end" for address in open_ones]


def work_through_rounds(
    installation: Installation, options: argparse.Namespace, record: Record
) -> list[str]:
    """Kill a process in each round while people work; return the problems found."""
    site = installation.site
    people = inside(site, "people", str(options.editors + 1))
    articles = inside(site, "articles", str(max(1, options.editors // 2)))
    importer = Client(site.url, people.pop())
    stop = threading.Event()
    editors = []
    for client, article in spread(people, articles, site.url):
        editors.append(Editor(client, article, record, stop=stop, pause=options.pause))
    for editor in editors:
        editor.start()
    targets = [*TARGETS, "database"] if installation.postgres else list(TARGETS)
    imports = []
    for number in range(options.rounds):
        imports.append(import_in_round(importer, number))
        # Each time another moment of the import: reading, previewing, storing, checking.
        time.sleep(0.3 + number % 5)
        for address in imports:
            with contextlib.suppress(requests.RequestException):
                if address:
                    go_on_with_import(importer, address)
        installation.strike(targets[number % len(targets)])
    stop.set()
    for editor in editors:
        editor.join()
    problems = finish_imports(importer, imports)
    ledger = site.folder / "ledger.json"
    record.write(ledger)
    return [*problems, *inside(site, "look", str(ledger))]


def run(options: argparse.Namespace) -> int:
    """Run all rounds on one database and print what came of them; return the exit code."""
    record = Record()
    with contextlib.ExitStack() as held:
        postgres = None
        if options.database == "postgres":
            postgres = held.enter_context(running_postgres(durable=True))
        folder = held.enter_context(tempfile.TemporaryDirectory(prefix="review-faults-"))
        site = make_site(Path(folder), database_url=postgres.url if postgres else "")
        held.callback(site.stop)
        start(site)
        installation = Installation(site, postgres)
        problems = work_through_rounds(installation, options, record)
    return report(options, installation.rounds, record, problems)


def report(
    options: argparse.Namespace, rounds: list[Round], record: Record, problems: list[str]
) -> int:
    """Print the table; return the exit code."""
    done = sum(act["done"] for act in record.acts)
    print(f"{options.rounds} rounds of SIGKILL, {options.editors} editors, {options.database}")
    print(f"  answers         {dict(record.answers)}")
    print(f"  acts            {len(record.acts)} sent, {done} acknowledged")
    print(f"  lost, doubled or inconsistent  {len(problems)}")
    print("  killed      times   answers again (longest)   ready again (longest)")
    for target in sorted({each.target for each in rounds}):
        of_target = [each for each in rounds if each.target == target]
        answered = max(each.answered for each in of_target)
        ready = max(each.ready for each in of_target)
        print(f"  {target:<10}{len(of_target):>7}{answered:>20.1f} s{ready:>22.1f} s")
    for line in problems[:20]:
        print(f"  ! {line}")
    longest = max((each.answered for each in rounds), default=0.0)
    return 1 if problems or longest > options.limit else 0


def main() -> int:
    """Read the options and run."""
    parser = make_parser(__doc__)
    add_database(parser)
    add_editors(parser, editors=8, pause=0.3)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--limit", type=float, default=5, help="seconds that the site may be away")
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
