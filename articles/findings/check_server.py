"""Answer the web processes of this machine what needs the language models (``check_client``).

Runs in threads of a worker, beside its jobs. The socket is named for the process and is its
owner's alone.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from articles.alignment.sentence_encoder import load_encoder
from articles.findings import draft
from articles.findings.check_client import (
    LONGEST_PATH,
    Superseded,
    TookTooLong,
    encode_finding,
    encode_vectors,
)
from articles.findings.word_links import find_links_here
from articles.models import Segment

logger = logging.getLogger(__name__)
THREADS = 4
"""Drafts that are checked at a time."""
RECEIVING_SECONDS = 5.0
LARGEST_REQUEST = 4_000_000
"""Bytes: two texts of a segment take 160,000 at most, the sentences of a realignment some more."""


@contextlib.contextmanager
def answering() -> Iterator[None]:
    """Answer until the end of the block, where web processes ask."""
    folder: Path | None = settings.CHECK_PROCESSES
    # The name of the socket comes behind the folder's.
    if folder is None or len(str(folder)) > LONGEST_PATH - 20:
        if folder is not None:
            logger.warning("The path of %s is too long for a socket: drafts wait.", folder)
        yield
        return
    server = CheckServer(folder)
    try:
        yield
    finally:
        server.close()


class CheckServer:
    """Listens at a socket in the folder, from its making until it is closed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = folder / f"{os.getpid()}.sock"
        unfinished = self.path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(unfinished))
        self._socket.listen(64)
        # Whoever finds it can connect: a refused connection means that the process is dead.
        unfinished.replace(self.path)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="checks")
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more requests."""
        self.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()
        self._pool.shutdown(cancel_futures=True)

    def _accept(self) -> None:
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:  # closed
                return
            self._pool.submit(_serve, connection)


def _serve(connection: socket.socket) -> None:
    """Receive one request and answer it."""
    with connection:
        # Who connects and says nothing must not keep one of the four threads.
        connection.settimeout(RECEIVING_SECONDS)
        try:
            with connection.makefile("rb") as stream:
                request = json.loads(stream.readline(LARGEST_REQUEST))
            answer = _answer_or_problem(request)
            connection.sendall(json.dumps(answer).encode() + b"\n")
        except (OSError, ValueError) as problem:  # nobody waits any longer
            logger.info("a request for checks was not answered: %s", problem)
        finally:
            # A thread rests for long, and ends without closing what is its own.
            connections.close_all()


def _answer_or_problem(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return answer_request(request)
    except Superseded:
        return {"problem": "superseded"}
    except TookTooLong:
        return {"problem": "too long"}
    except Exception:
        logger.exception("a request for checks failed")
        return {"problem": "failed"}


def answer_request(request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a request of ``check_client``. Raises Superseded, TookTooLong."""
    if "texts" in request:
        encoder = load_encoder()
        return encode_vectors(encoder.sentences(request["texts"])) if encoder else {}
    if "link" in request:
        source, target = request["link"]
        return {"links": find_links_here(source, target)}
    segment = Segment.objects.with_article().get(pk=request["segment"])
    found = draft.find_here(segment, request["text"], person_id=request["person"])
    return {"findings": [encode_finding(finding) for finding in found]}
