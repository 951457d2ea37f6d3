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
        """Make the three sign-ins that are not there yet, and print their passwords this once."""
        with transaction.atomic():
            made = _create_missing_users()
        if not made:
            return
        self.stdout.write(
            "\nSign-ins, shown this once (change them under your name, or with changepassword):"
        )
        for name, password in made.items():
            self.stdout.write(f"  {name:10} {password}")

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


def _create_missing_users() -> dict[str, str]:
    """Create the users of SIGN_INS that are not there yet; return name → password."""
    made: dict[str, str] = {}
    for name, role in SIGN_INS:
        if not User.objects.filter(username=name).exists():
            made[name] = _create_user(name, role)
    return made


def _create_user(name: str, role: str) -> str:
    """Create a user, an admin if there is no role, and return a password of 80 random bits."""
    password = secrets.token_urlsafe(10)
    is_admin = not role
    user = User.objects.create_user(
        name, password=password, is_staff=is_admin, is_superuser=is_admin
    )
    if role:
        group = Group.objects.get(name=role)
        user.groups.add(group)
    return password
