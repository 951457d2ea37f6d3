"""``manage.py up``: make the site ready and serve it."""

from __future__ import annotations

import os
import secrets
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from articles.importing import tasks
from articles.models import Article

SIGN_INS = (("reviewer", "Reviewers"), ("approver", "Approvers"), ("admin", ""))


class Command(BaseCommand):
    """Safe to run again and again: what is there stays."""

    help = (
        "Make the site ready (database, first articles, three sign-ins) and serve it on 127.0.0.1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to serve at all."""
        parser.add_argument("--no-server", action="store_true", help="make ready, do not serve")

    def handle(self, *_args: Any, no_server: bool, **options: Any) -> None:
        """Make ready and hand this process over to the server."""
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        tasks.fail_interrupted_imports()
        if not Article.objects.exists():
            call_command("import_seeds", stdout=self.stdout, stderr=self.stderr)
        self.sign_ins()
        if not no_server:
            self.serve()

    def sign_ins(self) -> None:
        """Make the three sign-ins that are not there yet, and print their passwords this once."""
        with transaction.atomic():
            made = [
                self.sign_in(name, role)
                for name, role in SIGN_INS
                if not User.objects.filter(username=name).exists()
            ]
        if made:
            self.stdout.write(
                "\nSign-ins, shown this once (change them under your name, or with changepassword):"
            )
            for name, password in made:
                self.stdout.write(f"  {name:10} {password}")

    def sign_in(self, name: str, role: str) -> tuple[str, str]:
        """A new person with a password of 80 random bits."""
        password = secrets.token_urlsafe(10)
        person = User.objects.create_user(
            name, password=password, is_staff=not role, is_superuser=not role
        )
        if role:
            person.groups.add(Group.objects.get(name=role))
        return name, password

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
