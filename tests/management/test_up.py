"""`manage.py up` makes the site ready, and loses nothing when it is run again."""

import os
import sys
from io import StringIO
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from articles.management.commands import up
from articles.models import Article


@pytest.fixture
def calls(monkeypatch):
    """What up would do to the machine, written down instead: static files are not collected, no server takes over."""
    made = []
    monkeypatch.setattr(up, "call_command", lambda *args, **_: made.append(args[0]))
    monkeypatch.setattr(up.subprocess, "run", lambda command, check: made.append(command[-1]))
    monkeypatch.setattr(up.wsgiapp, "run", lambda: made.append(tuple(sys.argv)))
    monkeypatch.setattr(up, "connections", SimpleNamespace(close_all=lambda: made.append("close")))
    monkeypatch.setattr(sys, "argv", sys.argv)
    return made


def run(**options):
    out = StringIO()
    call_command("up", stdout=out, **options)
    return out.getvalue()


def test_the_first_run_makes_everything_and_serves(db, calls, settings):
    settings.PORT = 8123
    said = run()
    assert calls[:3] == ["migrate", "collectstatic", "import_seeds"]
    assert calls[3] == "close"  # no process may use the connection of another
    assert "python:reviewsite.gunicorn" in calls[4]
    assert list(calls[4][-4:]) == ["--bind", "127.0.0.1:8123", "--workers", "2"]
    assert "http://127.0.0.1:8123/" in said
    for name, staff in (("reviewer", False), ("approver", False), ("admin", True)):
        person = User.objects.get(username=name)
        link = next(line.split()[1] for line in said.splitlines() if line.split()[:1] == [name])
        assert not person.has_usable_password()
        page = Client().get(link.removeprefix("http://127.0.0.1:8123"), follow=True)
        assert f"<b>{name}</b>" in page.content.decode()
        assert person.is_superuser is staff
    assert User.objects.get(username="approver").has_perm("articles.approve_correction")
    assert not User.objects.get(username="reviewer").has_perm("articles.approve_correction")


def test_the_second_run_keeps_passwords_and_articles(db, calls):
    run(no_server=True)
    hashes = dict(User.objects.values_list("username", "password"))
    said = run(no_server=True)
    assert dict(User.objects.values_list("username", "password")) == hashes
    assert "/welcome/" not in said
    assert not any(isinstance(call, tuple) for call in calls)


def test_with_articles_there_the_seeds_are_not_imported_again(db, calls):
    from tests.factories import make_article

    make_article()
    run(no_server=True)
    assert "import_seeds" not in calls
    assert Article.objects.count() == 1


def test_who_was_renamed_or_removed_is_not_made_again(db, calls):
    run(no_server=True)
    User.objects.filter(username="admin").update(username="marie")
    User.objects.get(username="approver").delete()
    assert "/welcome/" not in run(no_server=True)
    assert sorted(User.objects.values_list("username", flat=True)) == ["marie", "reviewer"]


def test_a_second_server_on_the_same_data_is_refused_and_changes_nothing(
    db, calls, settings, tmp_path, monkeypatch
):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(up, "WAITED_FOR", 0)
    with up.only_one(tmp_path / "up.lock"):
        with pytest.raises(CommandError, match=f"runs already .process {os.getpid()}."):
            run(no_server=True)
        assert calls == []
    run(no_server=True)
    assert "migrate" in calls


def test_behind_a_proxy_links_have_the_name_of_the_site(settings):
    settings.PORT = 8123
    assert up.site_address() == "http://127.0.0.1:8123"
    settings.HTTPS = True
    settings.ALLOWED_HOSTS = [".review.example.org", "127.0.0.1"]
    assert up.site_address() == "https://review.example.org"
