"""``manage.py up``: make the site ready and serve it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction
from gunicorn.app import wsgiapp

from articles.importing.bilingual import discard_unready
from articles.models import Article
from articles.people.actions import link_path

WAITED_FOR = 5.0
"""Seconds for which a server that is just ending is waited for."""
SIGN_INS = (("reviewer", "Reviewers"), ("approver", "Approvers"), ("admin", ""))


class Command(BaseCommand):
    """Safe to run again and again: it changes nothing that is there."""

    help = (
        "Make the site ready (database, first articles, three sign-ins) and serve it on 127.0.0.1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add whether to serve at all."""
        parser.add_argument("--no-server", action="store_true", help="make ready, do not serve")

    def handle(self, *_args: Any, no_server: bool, **options: Any) -> None:
        """Make the site ready and serve it, until this process is stopped.

        Raises CommandError, and changes nothing, where a server of the same data folder runs.
        """
        with only_one(settings.DATA_DIR / "up.lock"):
            call_command("migrate", verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
            discard_unready()
            if not Article.objects.exists():
                self.import_seeds()
            self.sign_ins()
            if not no_server:
                self.serve()

    def import_seeds(self) -> None:
        """Import the first articles in a process of its own.

        The language models that it loads must not stay in this one, of which the server is made.
        """
        self.stdout.flush()
        command = [sys.executable, "-m", "django", "import_seeds"]
        subprocess.run(command, check=True)  # noqa: S603 - our own command

    def sign_ins(self) -> None:
        """Make the first three people of a database that has nobody, and print their links."""
        with transaction.atomic():
            made = _create_first_people()
        if not made:
            return
        self.stdout.write(
            "\nThe first people choose their passwords by these links, within three days:"
        )
        for person in made:
            self.stdout.write(f"  {person.username:10} {site_address()}{link_path(person)}")

    def serve(self) -> None:
        """Serve in this process: what was loaded to make the site ready is not loaded twice."""
        self.stdout.write(f"\nOpen {site_address()}/ — Ctrl+C stops it.")
        self.stdout.flush()
        # No connection may be shared with the processes that are forked.
        connections.close_all()
        sys.argv = [
            "gunicorn",
            "reviewsite.wsgi",
            "--config",
            "python:reviewsite.gunicorn",
            "--chdir",
            str(settings.BASE_DIR),
            "--bind",
            f"{settings.LISTEN}:{settings.PORT}",
            "--workers",
            str(settings.WEB_PROCESSES),
        ]
        wsgiapp.run()


def site_address() -> str:
    """Return the address by which people open the site: behind a proxy, the first of its names."""
    if settings.HTTPS:
        return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}"
    return f"http://127.0.0.1:{settings.PORT}"


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the file locked; the processes that are forked meanwhile hold it on.

    Raises CommandError where another process holds it, also after WAITED_FOR seconds: the
    processes of a server that was killed end within a second or two.
    """
    with path.open("a+") as file:
        ends_at = time.monotonic() + WAITED_FOR
        while not _is_locked(file):
            if time.monotonic() > ends_at:
                file.seek(0)
                raise CommandError(
                    f"This site runs already (process {file.read().strip()}): nothing was changed."
                )
            time.sleep(0.1)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _is_locked(file: TextIO) -> bool:
    """Lock the file and return True, or False where another process has locked it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _create_first_people() -> list[User]:
    """Create the people of SIGN_INS without passwords, unless somebody has an account already."""
    if User.objects.exists():
        return []
    made = []
    for name, role in SIGN_INS:
        is_admin = not role
        person = User.objects.create_user(name, is_staff=is_admin, is_superuser=is_admin)
        if role:
            person.groups.add(Group.objects.get(name=role))
        made.append(person)
    return made
