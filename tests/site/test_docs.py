"""The pages and files in docs/ say what is so: each command parses, each setting exists, each path is
there."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, get_commands, load_command_class

from reviewsite import environment, settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
PAGES = sorted((ROOT / "docs").glob("*.md"))
PLAIN_COMMANDS = {"install", "test", "lint"}
"""What manage.py does without Django."""
PROGRAMS = {
    "apt-get", "cd", "chmod", "cp", "curl", "docker", "install", "journalctl", "ln", "make", "nginx", "printf", "python3", "rm", "runuser",
    "sed", "systemctl", "translation-review", "useradd",
}  # fmt: skip
ELSEWHERE = {"TEST_CLOCK"}


def code_lines(page: Path) -> list[str]:
    """The commands of a page."""
    found = re.findall(r"^    (\S.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert found or page.name in (
        "README.md",
        "configuration.md",
        "several-servers.md",
        "sizing.md",
        "security.md",
        "privacy.md",
    ), page
    return found


def check_command(words: list[str]) -> None:
    """Parse the words after ``manage.py`` as the command itself does."""
    name, *arguments = words
    if name in PLAIN_COMMANDS:
        return
    command = load_command_class(get_commands()[name], name)
    # An option that stands for any subcommand of Django's own would pass unread.
    command.create_parser("manage.py", name).parse_args(arguments)


def site_commands(line: str) -> Iterator[list[str]]:
    """The words after ``manage.py`` or the script that stands for it."""
    plain = re.sub(r"\$\([^()]*\)", "VALUE", line)
    words = shlex.split(plain)
    for number, word in enumerate(words):
        if word.endswith("manage.py") or (word == "translation-review" and number == 0):
            yield words[number + 1 :]


def test_every_command_of_the_pages_parses() -> None:
    seen = 0
    for page in PAGES:
        for line in code_lines(page):
            program = re.sub(r"^(\w+=\S*( |$))+", "", line).split(" ")[0]
            assert program in PROGRAMS or line.startswith("DATABASE_PASSWORD=$("), (
                f"{page.name}: {line}"
            )
            for words in site_commands(line):
                check_command(words)
                seen += 1
            for path in re.findall(r"(?<![\w./-])docs/deploy/[\w.@-]+", line):
                assert (ROOT / path).exists(), line
    assert seen > 8


def test_a_command_that_does_not_exist_is_noticed() -> None:
    for words in (["restor", "a.tar"], ["restore", "--only-looks", "a.tar"], ["backup"]):
        with pytest.raises((KeyError, CommandError)):
            check_command(words)


def test_every_command_named_in_a_sentence_exists() -> None:
    known = {*get_commands(), *PLAIN_COMMANDS}
    for page in (*PAGES, ROOT / "README.md"):
        for name in re.findall(
            r"`(?:python3 )?(?:manage\.py|translation-review) ([a-z_]+)",
            page.read_text(encoding="utf-8"),
        ):
            assert name in known, f"{page.name}: {name}"


def settings_read() -> set[str]:
    """The environment variables that the settings read."""
    files = (settings.__file__, environment.__file__)
    source = "".join(Path(each).read_text(encoding="utf-8") for each in files)
    for name in ("alignment/sentence_encoder.py", "text/carried_files.py"):
        source += (ROOT / "articles" / name).read_text(encoding="utf-8")
    names = re.findall(
        r'(?:environ\.get\(|environ\[|switch\(|number\(|count\(|needed\()"([A-Z_]+)"', source
    )
    return set(names)


def test_the_table_of_settings_is_complete() -> None:
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1])}
    assert named == settings_read()
    for name in named:
        assert name in (settings.__doc__ or ""), name


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_reads_its_targets() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    assert targets
    done = subprocess.run(
        ["make", "--dry-run", *targets[1].split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for program in re.findall(r"-m bench\.(\w+)", done.stdout):
        assert (ROOT / "bench" / f"{program}.py").exists(), program


def test_links_and_paths_lead_somewhere() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
        for path in re.findall(
            r"`((?:articles|tests|bench|reviewsite|docs|templates)/[\w./@-]+)`", text
        ):
            assert (ROOT / path).exists(), f"{page.name}: {path}"


def test_units_run_documented_commands_and_are_hardened() -> None:
    units = sorted(DEPLOY.glob("*.service"))
    assert len(units) == 3
    for path in units:
        unit = configparser.ConfigParser(strict=True, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read(path)
        service = unit["Service"]
        (words,) = site_commands(service["ExecStart"].removeprefix("/bin/sh -c ").strip("'"))
        check_command(words)
        assert service["User"] == "review"
        assert service["UMask"] == "0077"
        for name in (
            "NoNewPrivileges",
            "PrivateTmp",
            "ProtectHome",
            "RestrictSUIDSGID",
            "LockPersonality",
        ):
            assert service[name] == "yes", f"{path.name}: {name}"
        assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for path in DEPLOY.glob("translation-review*.*"):
        text = path.read_text(encoding="utf-8").replace("/opt/translation-review", "/")
        (tmp_path / path.name.replace("@.", "@2.")).write_text(text)
    units = [str(path) for path in tmp_path.iterdir()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_composition_is_made_of_documented_parts() -> None:
    made = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for name in ("site", "worker"):
        service = made["services"][name]
        assert service["command"][:2] == ["python3", "manage.py"]
        check_command(service["command"][2:])
        assert set(service["environment"]) <= settings_read()
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    assert made["services"]["site"]["ports"] == ["127.0.0.1:8000:8000"]


def test_the_image_runs_documented_commands() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    steps = re.findall(r"^([A-Z]+) (.+(?:\\\n.+)*)", text, re.MULTILINE)
    instructions = {name for name, _value in steps}
    assert instructions == {
        "FROM",
        "RUN",
        "WORKDIR",
        "COPY",
        "USER",
        "ENV",
        "VOLUME",
        "EXPOSE",
        "CMD",
    }
    values = dict(steps)
    assert json.loads(values["CMD"])[1] == "manage.py"
    check_command(json.loads(values["CMD"])[2:])
    names = {pair.split("=")[0] for pair in values["ENV"].split()}
    assert names - {"PYTHONDONTWRITEBYTECODE"} <= settings_read()
    assert values["USER"] == "review"
    packages = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    assert "python3-venv" in text
    assert "python3-venv" in packages
    assert ".git" in (ROOT / ".containerignore").read_text().splitlines()


def test_the_environment_file_holds_settings_alone() -> None:
    lines = (DEPLOY / "environment").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert set(pairs) <= settings_read()
    assert environment.database(pairs["DATABASE_URL"])["PASSWORD"] == "DATABASE-PASSWORD"


def test_the_proxy_tells_the_site_what_it_needs() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    for header in ("Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto https"):
        assert text.count(f"proxy_set_header {header};") == 2, header
    assert "proxy_request_buffering on;" in text
