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
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Site:
    """A running site: its address, and the passwords that were chosen by `up`'s links."""

    url: str
    passwords: dict[str, str]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_site() -> Iterator[Site]:
    """The site on a free port with nothing but the seeds in it. Raises RuntimeError when it does
    not start.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="review-bench-") as folder:
        environment = {
            **os.environ,
            "DATA_DIR": folder,
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
        }
        environment.pop("DATABASE_URL", None)
        # Not manage.py: it would install the packages first where the lock has changed.
        process = subprocess.Popen(
            [sys.executable, "-m", "django", "up"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            links: dict[str, str] = {}
            for line in process.stdout or ():
                if found := re.fullmatch(r"  (reviewer|approver|admin) +(\S+)\n", line):
                    links[found[1]] = found[2]
                if "Ctrl+C" in line:
                    break
            wait_for(f"http://127.0.0.1:{port}/sign-in/")
            passwords = {name: choose_password(link) for name, link in links.items()}
            yield Site(f"http://127.0.0.1:{port}", passwords)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=120)
            if process.stdout:
                process.stdout.close()


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


def wait_for(url: str) -> None:
    """Return when the address answers. Raises RuntimeError after 30 seconds."""
    for _ in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(url):
            return
        time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
