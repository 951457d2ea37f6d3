"""``manage.py worker``: carry out long work, such as large imports, beside any web server."""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import logging
import os
import sys
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import get_random_string

from articles.findings import background
from articles.findings.check_server import answering
from articles.findings.tasks import take_up_checks
from articles.importing.interrupted import host_name, take_up_jobs
from articles.models import Worker

logger = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
"""What a database raises that is locked, full, restarted or not there."""
RETRIED_AFTER = 2.0
"""Seconds until a worker tries again after a failure of the database."""
RENEWED_EVERY = 10
"""Seconds between two signs of life: well within the time for which pages believe one."""
_ARENA_MAX = -8
"""The number of glibc's M_ARENA_MAX (malloc.h)."""
GIVES_WAY = 10
"""How much nicer than the web server the long computations of a worker beside it are (man 7 sched):
a person waits there."""


class Command(BaseCommand):
    """Runs the queue's own worker, and tells the pages that wait that there is one."""

    help = "Carry out queued work, such as large imports, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add whether to wait for more work."""
        parser.add_argument("--batch", action="store_true", help="stop when the queue is empty")
        # What starts this process says so, and holds the other end of its standard input.
        parser.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)

    def handle(
        self, *_args: Any, batch: bool, supervised: bool, verbosity: int, **_options: Any
    ) -> None:
        """Work until the process is stopped, also through failures of the database."""
        share_freed_memory()
        name = f"{host_name()}-{os.getpid()}-{get_random_string(8)}"
        stopped = threading.Event()
        if supervised:
            threading.Thread(target=end_with_supervisor, daemon=True).start()
        # Beside the work: a job takes minutes, and pages take the worker for gone after two.
        thread = threading.Thread(target=keep_renewing, args=(name, stopped), daemon=True)
        thread.start()
        try:
            with answering(), background.giving_way(GIVES_WAY if supervised else 0):
                while not work(name, batch=batch, verbosity=verbosity):
                    connection.close()
                    stopped.wait(RETRIED_AFTER)
        finally:
            stopped.set()
            thread.join()
            with contextlib.suppress(*AWAY):  # then others see that the process has ended
                Worker.objects.filter(name=name).delete()


def work(name: str, *, batch: bool, verbosity: int) -> bool:
    """Carry out the queue under this name; return False when the database failed."""
    try:
        # Its own name, because after a failure of the database its own job may be marked as
        # running.
        take_up_jobs(own_name=name)
        take_up_checks(alone=not Worker.objects.answers())
        Worker.objects.renew(name)
        call_command(
            "db_worker",
            verbosity=verbosity,
            worker_id=name,
            batch=batch,
            reload=False,
            startup_delay=False,
        )
    except AWAY as problem:
        logger.warning("worker %s waits for the database: %s", name, problem)
        return False
    return True


def end_with_supervisor() -> None:
    """End this process at once when the one that started it has ended: its input ends then.

    The job in hand is interrupted, and taken up again by the next worker.
    """
    # Without the buffer of sys.stdin: Python cannot end while a thread waits within it.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    # Not ``sys.exit``, which ends this thread only.
    os._exit(1)


def keep_renewing(name: str, stopped: threading.Event) -> None:
    """Renew the worker's row, and take up what others left, until it is stopped.

    Runs in a thread beside the work.
    """
    while not stopped.wait(RENEWED_EVERY):
        try:
            Worker.objects.renew(name)
            take_up_jobs()
            take_up_checks()
        except AWAY as problem:  # locked by a long transaction: the next time, then
            logger.info("worker %s was not renewed: %s", name, problem)
        give_memory_back()
    connection.close()


def share_freed_memory() -> None:
    """Let what one thread frees be there for the others: by default each has memory of its own."""
    with contextlib.suppress(AttributeError):  # not glibc
        # With one for each thread, what the models need once would stay reserved in all of them
        # (docs/decisions/0085).
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def give_memory_back() -> None:
    """Return what was freed to the system, which glibc keeps for later."""
    with contextlib.suppress(AttributeError):  # not glibc
        ctypes.CDLL(None).malloc_trim(0)
