#!/usr/bin/env python3
"""The project's command line: install the dependencies where they are missing, then run a command.

``manage.py up`` runs the site, ``manage.py install`` only installs what it needs, ``manage.py
test`` runs the tests, ``manage.py lint`` checks the code; every other command is Django's or ours.
Only the standard library is used until the dependencies are known to be installed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed-locks"
RUN_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
LINTERS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("djlint", "templates", "--lint", "--quiet"),
    ("bench.code_limits", "articles"),
)
COVERAGE = ("-m", "slipcover")
IN_PARALLEL = ("-n", "auto", "--dist", "worksteal")
# A browser test often waits for its page: one process more than processors keeps them busy.
IN_BROWSERS = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal")


def main() -> int:
    """Run the command on the right interpreter, and return its exit code."""
    if sys.version_info < (3, 11):
        print("This project needs Python 3.11 or newer.", file=sys.stderr)
        return 1
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    lock = TEST_LOCK if command in ("test", "lint") else RUN_LOCK
    python = interpreter(lock)
    if python is None:
        return 1
    if python != Path(sys.executable):
        os.execv(python, [str(python), str(ROOT / "manage.py"), *sys.argv[1:]])
    os.chdir(ROOT)
    if command == "install":
        return 0
    if command == "test":
        return run_tests(sys.argv[2:])
    if command == "lint":
        return max(subprocess.call([sys.executable, "-m", *linter]) for linter in LINTERS)
    return run_django()


def run_django() -> int:
    """Hand the command to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


# ── the environment ──────────────────────────────────────────────────────────


def interpreter(lock: Path) -> Path | None:
    """Return the Python that has what ``lock`` names: this one, or the project's own ``.venv``.

    Only ``.venv`` is ever written to. Return None, with the reason printed, when it cannot be made.
    """
    inside_own = Path(sys.prefix).resolve() == VENV.resolve()
    if not inside_own and not missing(lock):
        return Path(sys.executable)
    own = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (own.exists() and fingerprint(lock, own) in stamps()) and not install(lock, own):
        return None
    return Path(sys.executable) if inside_own else own


def missing(lock: Path) -> bool:
    """Whether a package that ``lock`` asks of every machine is not in the running interpreter."""
    names = re.findall(r"^([\w.-]+)==[^\s;]+ \\$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    installed = {
        str(each.metadata["Name"]).lower().replace("_", "-") for each in metadata.distributions()
    }
    return not {name.lower() for name in names} <= installed


def fingerprint(lock: Path, python: Path) -> str:
    """What an installed lock is known by: the lock's bytes and the Python it was installed for."""
    version = next(
        (
            line
            for line in (VENV / "pyvenv.cfg").read_text().splitlines()
            if line.startswith("version")
        ),
        "",
    )
    return hashlib.sha256(lock.read_bytes() + version.encode() + str(python).encode()).hexdigest()


def stamps() -> list[str]:
    """The fingerprints of the locks that ``.venv`` holds in full."""
    return STAMP.read_text().split() if STAMP.exists() else []


def install(lock: Path, own: Path) -> bool:
    """Make ``.venv`` if need be and install ``lock`` into it, hashes checked; tell if it worked."""
    print(
        f"Installing the pinned packages of {lock.name} into .venv …", file=sys.stderr, flush=True
    )
    if not own.exists() and subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        print(
            "Python could not make .venv; on Debian and Ubuntu install python3-venv first.",
            file=sys.stderr,
        )
        return False
    pip = [
        str(own),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--quiet",
        "--no-deps",
        "--no-compile",
    ]
    if subprocess.call([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]):
        print(
            "The packages could not be installed; the lines above say why."
            " Nothing else was changed.",
            file=sys.stderr,
        )
        return False
    # The site may not write to its code, nor compile it then; pip compiles by one processor only.
    compiler = [str(own), "-W", "ignore", "-m", "compileall", "-qq", "-j", "0"]
    subprocess.call([*compiler, str(VENV), "articles", "reviewsite"], cwd=ROOT)
    # The test lock holds all of the other one; an older lock that was installed no longer counts.
    done = [lock, RUN_LOCK] if lock == TEST_LOCK else [lock]
    STAMP.write_text("\n".join(fingerprint(each, own) for each in done))
    return True


# ── the tests ────────────────────────────────────────────────────────────────


def run_tests(arguments: list[str]) -> int:
    """Run pytest with the arguments; with none all tests, in parallel. Return the exit code.

    The quick unit tests come first, under branch coverage; then the slow ones and those in a
    browser without it, because it doubles their time and adds nearly nothing to what is covered.
    """
    # The test files stay compiled: else each of the processes compiles all of them anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # Playwright keeps an event loop in the test's thread.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    browser = find_chromium() or install_chromium()
    install_office()
    if browser:
        os.environ["CHROMIUM"] = browser
    elif os.environ.get("CI") == "true":
        tell_browser_is_missing("the browser tests cannot run")
        return 1
    else:
        tell_browser_is_missing("the browser tests are skipped")
    if arguments:
        selection = [] if browser else ["-m", "not browser"]
        return pytest(*arguments, *selection)
    failed = run_quick_tests()
    if failed:
        return failed
    return pytest(*IN_BROWSERS, "-m", "slow or browser" if browser else "slow and not browser")


def run_quick_tests() -> int:
    """Run the quick unit tests under branch coverage; return the exit code, also of too little."""
    with tempfile.TemporaryDirectory() as folder:
        quick = "not browser and not slow"
        failed = pytest(*IN_PARALLEL, "-m", quick, environment=coverage_environment(folder))
        if failed:
            return failed
        written = [str(lines) for lines in Path(folder).glob("slipcover-*/merged.json")]
        if not written:
            print("The coverage tool wrote nothing of what it saw.", file=sys.stderr)
            return 1
        limit = ("--out", written[0], "--skip-covered", "--fail-under", "99")
        return subprocess.call([sys.executable, *COVERAGE, "--merge", *written, *limit])


def coverage_environment(folder: str) -> dict[str, str]:
    """Return what makes each process that runs tests write into ``folder`` what it covers.

    The coverage tool sets these names itself when it starts pytest. It then also reads the whole
    code in the process that runs no test, which keeps one processor busy for ten seconds.
    """
    import tomllib  # not there in a Python that is too old, which is told so first

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    chosen = settings["tool"]["slipcover"]
    return {
        "SLIPCOVER_ENABLED": "1",
        "SLIPCOVER_BRANCH": "1",
        "SLIPCOVER_SOURCE": chosen["source"],
        "SLIPCOVER_OMIT": chosen["omit"],
        "SLIPCOVER_EXCLUDE_LINES": "\n".join(chosen["exclude-lines"]),
        "TMPDIR": folder,
    }


def pytest(*arguments: str, environment: dict[str, str] | None = None) -> int:
    """Run pytest, with more in its environment if need be, and return the exit code."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.call(command, env={**os.environ, **(environment or {})})


def tell_browser_is_missing(consequence: str) -> None:
    """Print that there is no Chromium, and what follows."""
    print(f"No Chromium was found and none could be installed: {consequence}.", file=sys.stderr)


def find_chromium() -> str | None:
    """Return the path of a Chromium or Chrome: CHROMIUM of the environment, or one on the PATH."""
    # The headless shell draws the same pages for two thirds of the processor time.
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    return os.environ.get("CHROMIUM") or next(
        (path for name in names if (path := shutil.which(name))), None
    )


def install_chromium() -> str | None:
    """Install the system's Chromium where that is possible without asking."""
    install_packages("Chromium for the browser tests", "chromium-headless-shell")
    return find_chromium()


def install_office() -> None:
    """Install, in CI only, the LibreOffice that opens our Word and Excel files in the tests."""
    if os.environ.get("CI") == "true" and not shutil.which("soffice"):
        install_packages(
            "LibreOffice, which judges our office files",
            "libreoffice-writer",
            "libreoffice-calc",
            "python3-uno",
        )


def install_packages(what: str, *packages: str) -> None:
    """Install packages of the system: as root, with apt; else nothing happens."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    print(f"Installing {what} …", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (
        ["apt-get", "update"],
        ["apt-get", "install", "--yes", "--no-install-recommends", *packages],
    ):
        subprocess.call(step, stdout=subprocess.DEVNULL, env=quiet)


if __name__ == "__main__":
    sys.exit(main())
