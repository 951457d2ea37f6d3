"""The commands of docs/ that ``make installation`` runs on an empty Debian are all of them, and a shell reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bench import installation


def test_every_command_of_the_pages_is_run_in_order() -> None:
    script = installation.script_of(installation.PAGES)
    lines = script.splitlines()
    commands = [line for page in installation.PAGES for line in installation.commands_of(page)]
    assert len(commands) > 40
    last = -1
    for command in commands:
        last = lines.index(command, last + 1)


def test_a_shell_reads_the_script(tmp_path: Path) -> None:
    for name, text in (
        ("commands", installation.script_of(installation.PAGES)),
        ("boot", installation.BOOT),
    ):
        path = tmp_path / name
        path.write_text(text)
        subprocess.run(["bash", "-n", str(path)], check=True)


def test_a_command_that_is_prepared_for_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "BEFORE", {"nginx --moon": "true"})
    with pytest.raises(ValueError, match="nginx --moon"):
        installation.script_of(installation.PAGES)
