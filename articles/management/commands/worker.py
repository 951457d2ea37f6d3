"""``manage.py worker``: carry out long work, such as large imports, beside any web server."""

from __future__ import annotations

import logging
import os
import socket
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connection
from django.utils.crypto import get_random_string

from articles.findings.tasks import take_up_checks
from articles.models import Worker

logger = logging.getLogger(__name__)
RENEWED_EVERY = 10
"""Seconds between two signs of life: well within the time for which pages believe one."""


class Command(BaseCommand):
    """Runs the queue's own worker, and tells the pages that wait that there is one."""

    help = "Carry out queued work, such as large imports, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add whether to wait for more work."""
        parser.add_argument("--batch", action="store_true", help="stop when the queue is empty")

    def handle(self, *_args: Any, batch: bool, verbosity: int, **_options: Any) -> None:
        """Work until the process is stopped."""
        host = socket.gethostname()[:40]
        name = f"{host}-{os.getpid()}-{get_random_string(8)}"
        stopped = threading.Event()
        Worker.objects.forget_ended(host)
        take_up_checks(alone=not Worker.objects.answers())
        Worker.objects.renew(name)
        thread = threading.Thread(target=keep_renewing, args=(name, stopped), daemon=True)
        thread.start()
        try:
            call_command(
                "db_worker",
                verbosity=verbosity,
                worker_id=name,
                batch=batch,
                reload=False,
                startup_delay=False,
            )
        finally:
            stopped.set()
            thread.join()
            Worker.objects.filter(name=name).delete()


def keep_renewing(name: str, stopped: threading.Event) -> None:
    """Renew the worker's row, and take up what others left, until it is stopped.

    Runs in a thread beside the work.
    """
    while not stopped.wait(RENEWED_EVERY):
        try:
            Worker.objects.renew(name)
            take_up_checks()
        except OperationalError as problem:  # locked by a long transaction: the next time, then
            logger.info("worker %s was not renewed: %s", name, problem)
    connection.close()
