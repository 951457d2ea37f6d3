"""The door: which Python it takes, and what it does about a missing browser."""

import itertools
import sys
from pathlib import Path

import pytest

import manage


@pytest.fixture
def venv(tmp_path, monkeypatch):
    monkeypatch.setattr(manage, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(manage, "STAMP", tmp_path / ".venv" / "installed-locks")
    return tmp_path / ".venv"


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "some.lock"
    path.write_text(
        "pytest==1.0 \\\n    --hash=sha256:00\nnever-there==1 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
    )
    return path


def made(venv, version="3.11.7"):
    """A stand-in for `python -m venv` and pip."""
    (venv / "bin").mkdir(parents=True, exist_ok=True)
    (venv / "bin" / "python").touch()
    (venv / "pyvenv.cfg").write_text(f"version = {version}\n")


def test_a_provisioned_python_is_used_as_it_is(venv, lock):
    assert manage.interpreter(lock) == Path(sys.executable)
    assert not venv.exists()


def test_a_missing_package_makes_the_projects_own_environment_once(venv, lock, monkeypatch):
    lock.write_text("no-such-package==1.0 \\\n    --hash=sha256:00\n")
    commands = []

    def call(command, **_options):
        commands.append(command)
        made(venv)
        return 0

    monkeypatch.setattr(manage.subprocess, "call", call)
    assert manage.interpreter(lock) == venv / "bin" / "python"
    assert [("venv" in command, "--require-hashes" in command) for command in commands] == [
        (True, False),
        (False, True),
        (False, False),  # the site's own code is compiled
    ]
    assert manage.interpreter(lock) == venv / "bin" / "python"
    assert len(commands) == 3
    lock.write_text("no-such-package==1.1 \\\n    --hash=sha256:00\n")
    manage.interpreter(lock)
    assert len(commands) == 5, "a changed lock is installed into the environment that is there"


def test_a_failed_installation_is_said_and_leaves_no_stamp(venv, lock, monkeypatch, capsys):
    lock.write_text("no-such-package==1.0 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(
        manage.subprocess, "call", lambda command, **_: made(venv) or int("install" in command)
    )
    assert manage.interpreter(lock) is None
    assert "could not be installed" in capsys.readouterr().err
    assert not manage.STAMP.exists()


def test_a_python_without_venv_says_what_to_install(venv, lock, monkeypatch, capsys):
    lock.write_text("no-such-package==1.0 \\\n    --hash=sha256:00\n")
    monkeypatch.setattr(manage.subprocess, "call", lambda *_, **__: 1)
    assert manage.interpreter(lock) is None
    assert "python3-venv" in capsys.readouterr().err


def record_runs(monkeypatch, results):
    """Return the list that gets each command that would be run; a run of the tests leaves what it covers."""
    commands = []

    def call(command, env=None, **_):
        commands.append(command)
        if env and "COVER_INTO" in env:
            folder = Path(env["COVER_INTO"]) / "slipcover-x"
            folder.mkdir()
            (folder / "merged.json").write_text("{}")
        return next(results)

    monkeypatch.setattr(manage, "coverage_environment", lambda folder: {"COVER_INTO": folder})
    monkeypatch.setattr(manage.subprocess, "call", call)
    return commands


def test_without_a_browser_its_tests_are_skipped_except_in_ci(monkeypatch, capsys):
    monkeypatch.setattr(manage, "find_chromium", lambda: None)
    monkeypatch.setattr(manage, "install_chromium", lambda: None)
    commands = record_runs(monkeypatch, itertools.repeat(0))
    monkeypatch.delenv("CI", raising=False)
    assert manage.run_tests([]) == 0
    assert commands[-1][-1] == "slow and not browser"
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv("CI", "true")
    assert manage.run_tests([]) == 1
    assert len(commands) == 3, "CI must not pass without a browser"
    monkeypatch.delenv("CI")
    assert manage.run_tests(["tests/site"]) == 0
    assert commands[-1][-3:] == ["tests/site", "-m", "not browser"]


def test_all_tests_are_the_quick_ones_and_then_the_others(monkeypatch):
    commands = record_runs(monkeypatch, iter((0, 0, 5, 1, 0, 2)))
    monkeypatch.setattr(manage, "find_chromium", lambda: "/usr/bin/chromium")
    assert manage.run_tests([]) == 5
    quick, coverage, others = commands
    assert quick[-1] == "not browser and not slow"
    assert "slipcover" in coverage
    assert coverage[-2:] == ["--fail-under", "99"]
    assert others[-1] == "slow or browser"
    assert manage.run_tests([]) == 1, "where units fail, nothing else is started"
    assert len(commands) == 4
    assert manage.run_tests([]) == 2, "too little is covered"
    assert len(commands) == 6
    monkeypatch.setattr(manage, "coverage_environment", lambda _folder: {})
    monkeypatch.setattr(manage, "pytest", lambda *_, **__: 0)
    assert manage.run_tests([]) == 1, "nothing is known of what is covered"


def test_only_ci_installs_the_judge_of_office_files(monkeypatch, capsys):
    steps = []
    monkeypatch.setattr(manage.subprocess, "call", lambda command, **_: steps.append(command) or 0)
    monkeypatch.setattr(manage.os, "geteuid", lambda: 0)
    for ci, there, wanted in (
        ("", [], []),
        ("true", ["soffice", "apt-get"], []),
        ("true", ["apt-get"], ["libreoffice-writer"]),
        ("true", [], []),
    ):
        steps.clear()
        monkeypatch.setenv("CI", ci)
        monkeypatch.setattr(
            manage.shutil, "which", lambda name, there=there: name if name in there else None
        )
        manage.install_office()
        assert [step[4] for step in steps if "install" in step] == wanted
    assert "LibreOffice" in capsys.readouterr().err


def test_locks_pin_hashes_and_name_no_host():
    for lock in (manage.RUN_LOCK, manage.TEST_LOCK):
        text = lock.read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
