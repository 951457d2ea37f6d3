"""The environment is read strictly, and production values leave nothing for `check --deploy` to say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from reviewsite import environment, settings
from tests.cases import for_each

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("value", ["maybe", "2", ""])
def test_a_switch_is_on_or_off(value, monkeypatch):
    monkeypatch.setenv("HTTPS", value)
    with pytest.raises(ImproperlyConfigured, match="HTTPS"):
        environment.switch("HTTPS")


@pytest.mark.parametrize("value", ["0", "65536", "-1", "eight", "٨", "80 "])
def test_a_port_is_a_port(value, monkeypatch):
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match="PORT"):
        environment.port()


def test_the_address_to_listen_on_is_an_address(monkeypatch):
    for value, expected in (("0.0.0.0", "0.0.0.0"), ("::1", "[::1]"), ("", ""), ("host", "")):
        monkeypatch.setenv("LISTEN", value)
        if expected:
            assert environment.listening_address() == expected
        else:
            with pytest.raises(ImproperlyConfigured, match="LISTEN"):
                environment.listening_address()


def test_a_time_zone_is_one(monkeypatch):
    monkeypatch.delenv("TIME_ZONE", raising=False)
    assert environment.time_zone() == "UTC"
    monkeypatch.setenv("TIME_ZONE", "Europe/Paris")
    assert environment.time_zone() == "Europe/Paris"
    for value in ("", "Paris", "Europe", "../etc/passwd", "CET+1", "x" * 300):
        monkeypatch.setenv("TIME_ZONE", value)
        with pytest.raises(ImproperlyConfigured, match="TIME_ZONE"):
            environment.time_zone()


@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "9" * 10, "٨"])
def test_a_number_is_a_whole_number_above_0(value, monkeypatch):
    assert environment.number("ORACLE_BUDGET", default=7) == 7
    monkeypatch.setenv("ORACLE_BUDGET", value)
    with pytest.raises(ImproperlyConfigured, match="ORACLE_BUDGET"):
        environment.number("ORACLE_BUDGET", default=7)


@pytest.mark.parametrize(
    "value",
    [
        "127.0.0.1:80",
        "ftp://host/v1",
        "http://",
        "http://me:secret@host",
        "http://host:x/",
        "http://host/?a",
        "https://host/#a",
    ],
)
def test_another_address_of_the_oracle_is_refused_without_its_password(value, monkeypatch):
    monkeypatch.setenv("ORACLE_URL", value)
    monkeypatch.setenv("ORACLE_MODEL", "wise")
    with pytest.raises(ImproperlyConfigured, match="ORACLE_URL") as problem:
        environment.oracle_url()
    assert "secret" not in str(problem.value)


def test_the_oracle_is_off_unless_it_has_an_address_and_a_model(monkeypatch):
    monkeypatch.delenv("ORACLE_URL", raising=False)
    monkeypatch.delenv("ORACLE_MODEL", raising=False)
    assert environment.oracle_url() == ""
    monkeypatch.setenv("ORACLE_URL", "http://127.0.0.1:11434/v1/")
    with pytest.raises(ImproperlyConfigured, match="ORACLE_MODEL"):
        environment.oracle_url()
    monkeypatch.setenv("ORACLE_MODEL", "wise")
    assert environment.oracle_url() == "http://127.0.0.1:11434/v1"
    monkeypatch.setenv("ORACLE_KEY", "secret\n")
    with pytest.raises(ImproperlyConfigured, match="ORACLE_KEY"):
        environment.oracle_url()


def test_a_secret_key_is_made_once_and_only_for_its_owner(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path)
    assert environment.secret_key(tmp_path) == key
    assert len(key) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_an_empty_secret_key_is_made_anew_and_a_short_one_named(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret-key").write_text("")
    key = environment.secret_key(tmp_path)
    assert len(key) >= 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    (tmp_path / "secret-key").write_text(key[:20])
    with pytest.raises(ImproperlyConfigured, match="secret-key holds too short"):
        environment.secret_key(tmp_path)


def test_the_data_folder_is_its_owners_alone(tmp_path):
    folder = environment.own_folder(tmp_path / "data")
    folder.chmod(0o755)
    environment.own_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert settings.FILE_UPLOAD_PERMISSIONS == 0o600


@pytest.mark.parametrize(
    ("name", "ask"), [("LOG_FORMAT", "log_format"), ("METRICS_TOKEN", "metrics_token")]
)
def test_how_the_site_is_watched_is_read_strictly(name, ask, monkeypatch):
    monkeypatch.setenv(name, "short")
    with pytest.raises(ImproperlyConfigured, match=name):
        getattr(environment, ask)()


@pytest.mark.parametrize("value", ["short", "a" * 60])
def test_a_weak_secret_key_is_refused(value, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.secret_key(tmp_path)


def test_database_urls():
    assert (
        environment.database("sqlite:////var/data/my%20review.sqlite3")["NAME"]
        == "/var/data/my review.sqlite3"
    )
    assert environment.database("sqlite:///review.sqlite3")["NAME"] == "review.sqlite3"
    postgres = environment.database("postgres://ed:p%40ss@db.example:5433/review")
    assert postgres["OPTIONS"] == {"server_side_binding": True, "prepare_threshold": 3}
    assert [postgres[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "review",
        "ed",
        "p@ss",
        "db.example",
        "5433",
    ]


@for_each(
    "url",
    [
        "",
        "review.sqlite3",
        "sqlite://",
        "sqlite://host/x",
        "mysql://ed:secret@db/review",
        "postgres://host",
    ],
)
def test_other_database_urls_are_refused_without_their_password(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as problem:
        environment.database(url)
    assert "secret" not in str(problem.value)


PRODUCTION = """
import django
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STATIC_ROOT.mkdir()
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("check", deploy=True, fail_level="WARNING")
page = Client(HTTP_HOST="review.example.org").get("/account/password/reset/", secure=True)
for cookie in page.cookies.values():
    print(cookie.key, cookie["secure"], cookie["httponly"], cookie["samesite"])
print(page["Strict-Transport-Security"])
print(page["X-Content-Type-Options"], page["Referrer-Policy"], page["X-Frame-Options"])
plain = Client(HTTP_HOST="review.example.org").get("/sign-in/")
print(plain.status_code, plain["Location"])
"""
"""What is printed with production values, in a process of its own."""


@pytest.mark.slow
def test_production_values_leave_the_deployment_check_silent(tmp_path):
    lines = (ROOT / "docs/deploy/environment").read_text(encoding="utf-8").splitlines()
    production = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    own = {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/test.sqlite3"}
    environment = {
        **os.environ,
        **production,
        **own,
        "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
    }
    for name in (
        "SECRET_KEY",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
    ):  # the tests need the second, no deployment does
        environment.pop(name, None)
    command = [sys.executable, "-c", PRODUCTION]
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.stdout.splitlines() == [
        "System check identified no issues (0 silenced).",
        "__Host-csrf True  Lax",
        "max-age=31536000; includeSubDomains; preload",
        "nosniff same-origin DENY",
        "301 https://review.example.org/sign-in/",
    ]


@pytest.mark.slow
def test_a_bad_value_stops_the_start_with_its_name(tmp_path):
    environment = {**os.environ, "PORT": "eight", "DATA_DIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.strip() == "PORT is “eight”; it must be a number from 1 to 65535."
