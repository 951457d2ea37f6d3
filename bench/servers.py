"""Two web servers, two workers and one PostgreSQL behind nginx: ``make drill``, or

    python -m bench.servers [--minutes 0.5] [--editors 6]

Runs what docs/several-servers.md describes, by ``docs/deploy/nginx.conf`` as it stands but for
ports, names and the certificate: two sites with data folders of their own and one folder for
uploads, each with a worker. Editors work through nginx, two texts are imported; in the middle one
server is killed whole, and started again later. The exit code is 1 when nginx does not read the
configuration, when ``check --deploy`` has anything to say, when an act is lost or doubled, when the
import does not finish, or when an answer is 5xx though a server was there.

Debian's nginx is fetched into a folder of its own where none is installed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.editors import (
    LONGEST_IMPORT,
    Client,
    Editor,
    Record,
    begin_import,
    go_on_with_import,
    inside,
    spread,
)
from bench.options import add_editors, make_parser
from bench.site import ROOT, Site, free_port, make_site, running_postgres, wait_for

NAME = "localhost"
SENTENCES = 40
CONFIGURATION = ROOT / "docs" / "deploy" / "nginx.conf"
MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def find_nginx(folder: Path) -> str:
    """Return the path of nginx: an installed one, or Debian's package unpacked in the folder."""
    installed = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if installed:
        return installed
    fetch = ["apt-get", "download", "--quiet", "nginx"]
    subprocess.run(fetch, cwd=folder, capture_output=True, check=True)
    (package,) = folder.glob("nginx_*.deb")
    subprocess.run(["dpkg", "-x", str(package), str(folder / "nginx")], check=True)
    return str(folder / "nginx" / "usr" / "sbin" / "nginx")


def configure(folder: Path, ports: tuple[int, int], servers: list[Site]) -> None:
    """Write the documented configuration for these ports and servers, and a certificate."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    addresses = [server.url.removeprefix("http://") for server in servers]
    changes = {
        "server 127.0.0.1:8000;": f"server {addresses[0]};",
        "# server 10.0.0.12:8000;": f"server {addresses[1]};",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{ports[0]};",
        "listen 443 ssl": f"listen 127.0.0.1:{ports[1]} ssl",
        "/etc/ssl/certs/review.example.org.pem": f"{folder}/site.pem",
        "/etc/ssl/private/review.example.org.key": f"{folder}/site.key",
        "/var/log/nginx/": f"{folder}/",
        "review.example.org": NAME,
    }
    for before, after in changes.items():
        if before not in text:
            raise ValueError(f"nginx.conf has no {before!r} any more")
        text = text.replace(before, after)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(folder / "site.key"), "-out", str(folder / "site.pem")]
    subprocess.run([*request, *names, *files], stderr=subprocess.DEVNULL, check=True)


@contextlib.contextmanager
def running_nginx(folder: Path, servers: list[Site]) -> Iterator[str]:
    """Have nginx serve the servers; return its address. Raises CalledProcessError."""
    program = find_nginx(folder)
    ports = (free_port(), free_port())
    configure(folder, ports, servers)
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t", "-q"], check=True)
    with subprocess.Popen(command) as process:
        try:
            yield f"https://{NAME}:{ports[1]}"
        finally:
            process.terminate()


def make_servers(folder: Path, database_url: str) -> list[Site]:
    """Return two servers that have not started: one database, one key, one folder of uploads."""
    common = {"SECRET_KEY": os.urandom(40).hex(), "ALLOWED_HOSTS": NAME}
    common |= {"HTTPS": "on", "PROXIES": "1"}
    servers = []
    for name in ("first", "second"):
        servers.append(make_site(folder / name, database_url=database_url, **common))
    uploads = folder / "uploads"
    uploads.mkdir()
    for server in servers:
        (server.folder / "files").symlink_to(uploads)
    return servers


def start(site: Site) -> None:
    """Start a server and wait until it answers what a proxy asks."""
    site.start(quiet=True)
    headers = {"Host": NAME, "X-Forwarded-Proto": "https"}
    wait_for(urllib.request.Request(f"{site.url}/health/live", headers=headers))


def kill(site: Site) -> None:
    """Kill all processes of a server."""
    assert site.process is not None
    os.killpg(site.process.pid, signal.SIGKILL)
    site.process.wait()


def client_at(address: str, folder: Path, person: dict[str, object]) -> Client:
    """Return a client that knows the certificate; nginx tells the site a name without a port."""
    client = Client(address, person)
    client.http.verify = str(folder / "site.pem")
    client.origin = f"https://{NAME}"
    return client


def work(
    options: argparse.Namespace, servers: list[Site], address: str, folder: Path, record: Record
) -> list[str]:
    """Have people work while a server is killed and started again; return the problems."""
    first, second = servers
    people = inside(first, "people", str(options.editors + 1))
    articles = inside(first, "articles", "2")
    importer = client_at(address, folder, people.pop())
    stop = threading.Event()
    editors = []
    believed = {"origin": f"https://{NAME}", "certificate": str(folder / "site.pem")}
    for client, article in spread(people, articles, address, **believed):
        editors.append(Editor(client, article, record, stop=stop, pause=options.pause))
    for editor in editors:
        editor.start()
    page = begin_import(importer, SENTENCES, seed=7)
    time.sleep(20 * options.minutes)
    kill(second)
    time.sleep(20 * options.minutes)
    start(second)
    time.sleep(20 * options.minutes)
    stop.set()
    for editor in editors:
        editor.join()
    ends_at = time.monotonic() + LONGEST_IMPORT
    state = ""
    while page and not state and time.monotonic() < ends_at:
        time.sleep(1)
        state = go_on_with_import(importer, page)
    ledger = folder / "ledger.json"
    record.write(ledger)
    problems: list[str] = inside(first, "look", str(ledger))
    if state != "done":
        problems.append(f"the import is {state or 'unfinished'}")
    return problems


def broken(record: Record) -> list[str]:
    """Return the answers that should not have been: 502 is for what the killed server had."""
    return [line for line in record.failures if ": 502 " not in line]


def run(options: argparse.Namespace) -> int:
    """Run it all and print what came of it; return the exit code."""
    record = Record()
    with contextlib.ExitStack() as held:
        postgres = held.enter_context(running_postgres())
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="review-servers-")))
        folder.chmod(0o755)  # the processes of nginx run as somebody else
        servers = make_servers(folder, postgres.url)
        for server in servers:
            held.callback(server.stop)
            start(server)
        servers[0].run("check", "--deploy", "--fail-level", "INFO")
        address = held.enter_context(running_nginx(folder, servers))
        problems = work(options, servers, address, folder, record)
    problems += broken(record)
    done = sum(act["done"] for act in record.acts)
    print(f"two servers behind nginx, {options.editors} editors, one server killed")
    print(f"  answers         {dict(record.answers)}")
    print(f"  acts            {len(record.acts)} sent, {done} acknowledged")
    print(f"  problems        {len(problems)}")
    for line in problems[:20]:
        print(f"  ! {line}")
    return 1 if problems or not done else 0


def main() -> int:
    """Read the options and run."""
    parser = make_parser(__doc__)
    add_editors(parser, editors=6, pause=0.5)
    parser.add_argument("--minutes", type=float, default=0.5)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
