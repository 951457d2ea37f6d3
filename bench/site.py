"""A site of its own for measuring and for pictures: `up` in an empty data folder, stopped at the
end.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Not manage.py: it would install the packages first where the lock has changed.
DJANGO = (sys.executable, "-m", "django")


@dataclass
class Site:
    """A site: its address, what its processes find in their environment, and the passwords that
    were chosen by `up`'s links.
    """

    url: str
    environment: dict[str, str]
    log: Path
    """What its processes say, where they are not to say it on the terminal."""
    passwords: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    @property
    def folder(self) -> Path:
        """Return its data folder."""
        return Path(self.environment["DATA_DIR"])

    def start(self, *, quiet: bool = False) -> dict[str, str]:
        """Start it and return the links of its first people once it is about to answer."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*DJANGO, "up"],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log if quiet else None,
                text=True,
                start_new_session=True,
            )
        links: dict[str, str] = {}
        for line in self.process.stdout or ():
            if found := re.fullmatch(r"  (reviewer|approver|admin) +(\S+)\n", line):
                links[found[1]] = found[2]
            if "Ctrl+C" in line:
                break
        return links

    def stop(self) -> None:
        """Stop it."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=120)
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None

    def run(self, *command: str) -> str:
        """Run one of its commands and return what it prints. Raises CalledProcessError."""
        return subprocess.run(
            [*DJANGO, *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_site(folder: Path, *, database_url: str = "", **settings: str) -> Site:
    """Return a site that has its data in this folder; SQLite unless a database is named."""
    port = free_port()
    folder.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
        "DATA_DIR": str(folder),
        "PORT": str(port),
        **settings,
    }
    environment.pop("DATABASE_URL", None)
    # As in an installation, where Python compiles its files once and not at each start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if not (ROOT / "articles" / "__pycache__").exists():
        environment.setdefault("PYTHONPYCACHEPREFIX", str(folder / "bytecode"))
    if database_url:
        environment["DATABASE_URL"] = database_url
    return Site(f"http://127.0.0.1:{port}", environment, folder / "log")


@contextlib.contextmanager
def running_site() -> Iterator[Site]:
    """The site on a free port with nothing but the seeds in it. Raises RuntimeError when it does
    not start.
    """
    with tempfile.TemporaryDirectory(prefix="review-bench-") as folder:
        site = make_site(Path(folder))
        try:
            links = site.start()
            wait_for(f"{site.url}/sign-in/")
            site.passwords = {name: choose_password(link) for name, link in links.items()}
            yield site
        finally:
            site.stop()


@contextlib.contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """A PostgreSQL of its own; ``durable`` for one that may be killed."""
    with tempfile.TemporaryDirectory(prefix="review-postgres-") as folder:
        Path(folder).chmod(0o755)  # the server runs as somebody else
        server = Postgres(Path(folder) / "server")
        server.call("durable" if durable else "start")
        try:
            yield server
        finally:
            server.call("stop")


@dataclass
class Postgres:
    """A PostgreSQL server that .ci/postgres runs in a folder."""

    folder: Path
    url: str = ""

    def call(self, command: str) -> None:
        """Start it, start it again, or stop it."""
        done = subprocess.run(
            [str(ROOT / ".ci" / "postgres"), str(self.folder), command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        self.url = done.stdout.strip() or self.url

    def pid(self) -> int:
        """Return the process of the server itself."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])


def choose_password(link: str) -> str:
    """Open a link of `up`, choose a random password and return it."""
    password = secrets.token_urlsafe(12)
    cookies = urllib.request.HTTPCookieProcessor()
    browser = urllib.request.build_opener(cookies)
    with browser.open(link) as page:
        form = page.read().decode()
        address = page.url
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    if token is None:
        raise RuntimeError(f"{link} shows no form")
    words = {
        "csrfmiddlewaretoken": token[1],
        "new_password1": password,
        "new_password2": password,
    }
    request = urllib.request.Request(
        address, urllib.parse.urlencode(words).encode(), {"Referer": address}
    )
    with browser.open(request):
        return password


def wait_for(url: str | urllib.request.Request) -> None:
    """Return when the address answers. Raises RuntimeError after two minutes."""
    for _ in range(1200):
        with contextlib.suppress(OSError), urllib.request.urlopen(url):
            return
        time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
