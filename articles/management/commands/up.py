"""``manage.py up``: make the site ready and serve it."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from articles.importing import tasks
from articles.models import Article
from articles.people.actions import link_path

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
        """Make the site ready and replace this process by the server."""
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        tasks.fail_interrupted_imports()
        if not Article.objects.exists():
            call_command("import_seeds", stdout=self.stdout, stderr=self.stderr)
        self.sign_ins()
        if not no_server:
            self.serve()

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
            link = f"http://127.0.0.1:{settings.PORT}{link_path(person)}"
            self.stdout.write(f"  {person.username:10} {link}")

    def serve(self) -> None:
        """Replace this process by the web server."""
        self.stdout.write(f"\nOpen http://127.0.0.1:{settings.PORT}/ — Ctrl+C stops it.")
        self.stdout.flush()
        arguments = [
            "-m",
            "gunicorn",
            "reviewsite.wsgi",
            "--config",
            "python:reviewsite.gunicorn",
            "--chdir",
            str(settings.BASE_DIR),
        ]
        os.execv(sys.executable, [sys.executable, *arguments])


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
