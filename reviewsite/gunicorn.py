"""How ``manage.py up`` serves: processes of four threads, and the worker beside them.

Where it listens, and with how many processes, ``up`` says by its options, from the settings.

The worker's standard input is a pipe from this process: it ends, and so does the worker, when this
process does, whatever ended it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")

worker_class = "reviewsite.patient_worker.PatientWorker"
threads = 4
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

RESTARTED_AFTER = 2.0
"""Seconds until a worker that ended unasked is started again."""

_worker: subprocess.Popen[bytes] | None = None
_stopping = threading.Event()


def when_ready(_server: Any) -> None:
    """Start the worker once the server answers."""
    threading.Thread(target=keep_worker, daemon=True).start()


def keep_worker() -> None:
    """Start the worker, and again whenever it ends unasked: what it left is taken up then."""
    global _worker
    while not _stopping.is_set():
        # Not manage.py, which would look for the packages again: this interpreter has them.
        command = ["-m", "django", "worker", "--supervised", "--verbosity", "0"]
        _worker = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *command], stdin=subprocess.PIPE
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
