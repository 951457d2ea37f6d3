"""How ``manage.py up`` serves: processes of eight threads, and the worker beside them.

Where it listens, and with how many processes, ``up`` says by its options, from the settings.

All processes read a pipe whose other end this one alone holds open: it ends when this process does,
whatever ended it, and so do they. Nothing then keeps the next server of the same folder waiting.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from typing import Any

from articles.health.logs import SecretsFilter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

worker_class = "reviewsite.patient_worker.PatientWorker"
threads = 4  # for reads, and as many for writes
# Loaded once, before the processes part: one that was killed is there again at once. Language
# models are the worker's, and no database is asked until then.
preload_app = True
worker_connections = 2000
# Longer than browsers (300 s) and proxies (60 s) keep one open: a post on a connection that the
# server is just closing would be lost.
keepalive = 650
max_requests = 5000
max_requests_jitter = 500
timeout = 120
loglevel = "warning"
control_socket_disable = True

SWITCHED_AFTER = 0.0005
"""Seconds for which a thread computes while another waits to go on. A save waits so after each of
its statements, and meanwhile nobody else can write (docs/decisions/0087)."""
RESTARTED_AFTER = 2.0
"""Seconds until a worker that ended unasked is started again."""

_worker: subprocess.Popen[bytes] | None = None
_pipe = (-1, -1)
"""The two ends, to read and to write; only the first is left in the processes that were forked."""
_stopping = threading.Event()
_starting = threading.Lock()
"""Held while a process is started: a web process that is forked meanwhile would keep open what the
thread that starts the worker waits for, and the worker would not be started again."""
os.register_at_fork(
    before=_starting.acquire,
    after_in_parent=_starting.release,
    after_in_child=_starting.release,
)


def on_starting(server: Any) -> None:
    """Open the pipe before there is any other process, and keep secrets out of gunicorn's log."""
    global _pipe
    _pipe = os.pipe()
    server.log.error_log.addFilter(SecretsFilter())


def post_fork(_server: Any, worker: Any) -> None:
    """Have a web process read the pipe, which it must not keep open itself, and switch threads."""
    sys.setswitchinterval(SWITCHED_AFTER)
    os.close(_pipe[1])
    worker.master_pipe = _pipe[0]


def when_ready(_server: Any) -> None:
    """Start the worker once the server answers."""
    threading.Thread(target=keep_worker, daemon=True).start()


def keep_worker() -> None:
    """Start the worker, and again whenever it ends unasked: what it left is taken up then."""
    global _worker
    while not _stopping.is_set():
        # Not manage.py, which would look for the packages again: this interpreter has them.
        command = ["-m", "django", "worker", "--supervised", "--verbosity", "0"]
        with _starting:
            _worker = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, *command], stdin=_pipe[0]
            )
        _worker.wait()
        _stopping.wait(RESTARTED_AFTER)


def on_exit(_server: Any) -> None:
    """Stop the worker with the server.

    One that is busy for longer ends with this process; the next worker takes its job up.
    """
    _stopping.set()
    if _worker:
        _worker.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            _worker.wait(timeout=30)
