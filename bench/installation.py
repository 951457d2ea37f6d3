"""Install the site on an empty Debian 12, by the commands of docs/: ``make installation``, or

    python -m bench.installation [--folder FOLDER]

Makes a Debian 12 of its base packages alone in a folder (debootstrap), boots it with its own
systemd in namespaces of its own, copies this code to /root/translation-review there, and runs every
command of docs/install.md and docs/backup.md as it stands, by root, in one shell. What a page
leaves to its reader is done between two of them (``BEFORE``): the certificate, and the empty
installation into which a backup is restored. Prints each command; the exit code is 1 when one
fails, or when the restored site has other rows than the one that was backed up.

Needs root, Linux, the network for packages, and the ports 80, 443, 5432 and 8000 of this machine. A
bundle of certificates that SSL_CERT_FILE names here is believed there, too. With --folder the
Debian that was made there before is used again, and what was done in it is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.options import make_parser
from bench.site import ROOT

PAGES = ("install.md", "backup.md")
NAME = "review.example.org"
BASE_PACKAGES = "systemd,systemd-sysv,dbus"
LEFT_OUT = (".git", ".venv", "var", "__pycache__")
BOOTED_WITHIN = 120
"""Seconds in which systemd must be up."""
READY = f"""
for second in $(seq 600); do
    curl --silent --fail https://{NAME}/health/ready && break || sleep 1
done"""
COUNT = """runuser --user postgres -- psql --no-align --tuples-only review --command \
"SELECT 'articles', count(*) FROM articles_article UNION SELECT 'events', count(*) FROM \
articles_event UNION SELECT 'people', count(*) FROM auth_user ORDER BY 1" """
BEFORE = {
    "nginx -t": f"""
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} \
    -addext subjectAltName=DNS:{NAME} -keyout /etc/ssl/private/{NAME}.key \
    -out /etc/ssl/certs/{NAME}.pem 2> /dev/null
cp /etc/ssl/certs/{NAME}.pem /usr/local/share/ca-certificates/{NAME}.crt
update-ca-certificates > /dev/null""",
    "curl --fail": READY,
    "translation-review backup": f"""
systemctl start translation-review-backup.service
translation-review restore --only-look /var/backups/translation-review/$(date +%Y-%m-%d).tar
{COUNT} > /root/before""",
    "translation-review restore /var": """
runuser --user postgres -- dropdb review
runuser --user postgres -- createdb --owner review --encoding UTF8 --template template0 review
rm --recursive --force /var/lib/translation-review/*""",
    "cp --recursive /root/translation-review-new": f"""
{COUNT} > /root/after
diff /root/before /root/after
cp --recursive /root/translation-review /root/translation-review-new
cd /root""",
    "translation-review verify_history --write": READY,
}
"""What is done before a command that begins so: the first of each alone."""
BOOT = """
mount --make-rprivate /
mount -t overlay -o lowerdir=$1/base,upperdir=$1/upper,workdir=$1/work overlay $1/machine
cd $1/machine
mount -t proc proc proc
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount --rbind /dev dev
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
mkdir sys/fs/cgroup/unified sys/fs/cgroup/systemd
mount -t cgroup2 cgroup2 sys/fs/cgroup/unified
mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
exec env -i container=chroot PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . /lib/systemd/systemd
"""


def commands_of(page: str) -> list[str]:
    """Return the commands of a page of docs/, in order."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(r"^    (\S.*)$", text, re.MULTILINE)


def script_of(pages: tuple[str, ...]) -> str:
    """Return a script that runs the commands of the pages, and BEFORE where it belongs."""
    missing = dict(BEFORE)
    lines = ["set -e", "cd /root", "exec 2>&1"]
    for page in pages:
        lines.append(f"echo '# docs/{page}'")
        for command in commands_of(page):
            for beginning in [each for each in missing if command.startswith(each)]:
                lines.append(missing.pop(beginning))
            shown = command.replace("'", "'\\''")
            lines += [f"echo '+ {shown}'", command]
    if missing:
        raise ValueError(f"no command in docs/ begins so any more: {list(missing)}")
    return "\n".join(lines) + "\necho all commands were run\n"


def make_base(folder: Path) -> None:
    """Make a Debian 12 of its base packages. Raises CalledProcessError."""
    base = folder / "base"
    if (base / "made").exists():
        return
    program = shutil.which("debootstrap", path=f"{os.environ['PATH']}:/usr/sbin")
    environment = dict(os.environ)
    if not program:
        fetch = ["apt-get", "download", "--quiet", "debootstrap"]
        subprocess.run(fetch, cwd=folder, capture_output=True, check=True)
        (package,) = folder.glob("debootstrap_*.deb")
        subprocess.run(["dpkg", "-x", str(package), str(folder / "program")], check=True)
        program = str(folder / "program" / "usr" / "sbin" / "debootstrap")
        environment["DEBOOTSTRAP_DIR"] = str(folder / "program/usr/share/debootstrap")
    command = [program, "--variant=minbase", f"--include={BASE_PACKAGES}", "bookworm", str(base)]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    (base / "made").touch()


def prepare(folder: Path) -> None:
    """Lay an empty machine over the base, with a name, the network, and the code."""
    for name in ("upper", "work", "machine"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir()
    etc = folder / "upper" / "etc"
    etc.mkdir()
    (etc / "hostname").write_text("review\n")
    (etc / "hosts").write_text(f"127.0.0.1 localhost\n127.0.1.1 {NAME} review\n")
    shutil.copy("/etc/resolv.conf", etc)
    home = folder / "upper" / "root"
    code = home / "translation-review"
    shutil.copytree(ROOT, code, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    (home / "commands.sh").write_text(script_of(PAGES))
    bundle = os.environ.get("SSL_CERT_FILE")
    if bundle:
        shutil.copy(bundle, etc / "certificates-of-this-network.pem")


@contextlib.contextmanager
def booted(folder: Path) -> Iterator[list[str]]:
    """Boot the machine; return the words that run a command in it. Raises TimeoutError."""
    spaces = ["--mount", "--pid", "--uts", "--ipc", "--cgroup"]
    command = ["unshare", "--fork", "--kill-child", *spaces, "sh", "-ec", BOOT, "sh", str(folder)]
    log = (folder / "boot.log").open("w")
    with log, subprocess.Popen(command, stdout=log, stderr=log) as machine:
        try:
            first = first_process(machine.pid)
            environment = ["HOME=/root", "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
            environment.append("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            if os.environ.get("SSL_CERT_FILE"):
                environment.append("PIP_CERT=/etc/certificates-of-this-network.pem")
            inside = ["nsenter", "--target", str(first), *spaces, "--root", "--wd=/"]
            inside += ["env", "-i", *environment]
            wait_until_up(inside)
            yield inside
        finally:
            machine.send_signal(signal.SIGKILL)


def first_process(pid: int) -> int:
    """Return the first process of the machine that ``unshare`` has started."""
    for _attempt in range(100):
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if found:
            return int(found[0])
        time.sleep(0.1)
    raise TimeoutError("the machine has not started")


def wait_until_up(inside: list[str]) -> None:
    """Return when systemd is up. Raises TimeoutError."""
    ends_at = time.monotonic() + BOOTED_WITHIN
    state = ""
    while time.monotonic() < ends_at:
        asked = [*inside, "systemctl", "is-system-running"]
        state = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        if state in ("running", "degraded"):
            return
        time.sleep(1)
    raise TimeoutError(f"systemd is “{state}” after {BOOTED_WITHIN} seconds")


def run_pages(folder: Path) -> int:
    """Run the commands on an empty machine; return the exit code."""
    make_base(folder)
    prepare(folder)
    with booted(folder) as inside:
        # Not by standard input, from which the programs that it runs would read.
        command = [*inside, "bash", "/root/commands.sh"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            units = ["translation-review", "translation-review-backup", "nginx"]
            names = [word for unit in units for word in ("--unit", unit)]
            subprocess.run([*inside, "journalctl", "--no-pager", "--lines=60", *names], check=False)
    return done.returncode


def main() -> int:
    """Read the options and run."""
    parser = make_parser(__doc__)
    parser.add_argument("--folder", type=Path, help="keep the base of Debian here")
    options = parser.parse_args()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        return run_pages(options.folder.resolve())
    with tempfile.TemporaryDirectory(prefix="review-installation-", dir="/var/tmp") as folder:
        return run_pages(Path(folder))


if __name__ == "__main__":
    sys.exit(main())
