"""Ask a check process for what needs the language models: findings in a draft, sentence vectors.

The models take some 500 MB: workers hold them, and web processes ask the worker beside them over a
local socket (``check_server``). A request and its answer are one line of JSON each.
"""

from __future__ import annotations

import base64
import json
import random
import socket
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from articles import checks
from articles.alignment.sentence_encoder import SentenceEncoder, Vectors, load_encoder
from articles.text.document import Span

LONGEST_WAIT = 8.0
"""Seconds that a web process waits for an answer, for the reader's sake and its thread's."""
LONGEST_PATH = 100
"""Characters of the path of a socket: the system allows some 107."""


class Superseded(Exception):
    """The person sent a newer text meanwhile."""


class TookTooLong(Exception):
    """The check was stopped, or nobody waited for it any longer."""


class NoCheckProcess(Exception):
    """No worker answers on this machine."""


def asks_others() -> bool:
    """Return whether this process asks a check process, rather than hold the models itself."""
    return settings.CHECK_PROCESSES is not None


def find_in_draft(segment_id: int, text: str, *, person_id: int) -> list[checks.Finding]:
    """Return what a check process finds in the segment with this text as its target.

    Raises Superseded, TookTooLong, NoCheckProcess.
    """
    answer = ask({"segment": segment_id, "text": text, "person": person_id})
    problem = answer.get("problem")
    if problem == "superseded":
        raise Superseded
    if problem == "too long":
        raise TookTooLong
    if problem:
        raise NoCheckProcess
    return [decode_finding(row) for row in answer["findings"]]


def usable_encoder() -> SentenceEncoder | None:
    """Return the sentence encoder: this process's own, that of a check process, or None."""
    if not asks_others():
        return load_encoder()
    return AskingEncoder() if _socket_paths() else None


class AskingEncoder:
    """A sentence encoder whose model is in a check process."""

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, float32, each of length 1. Raises NoCheckProcess, TookTooLong."""
        answer = ask({"texts": list(texts)})
        if "vectors" not in answer:
            raise NoCheckProcess
        return decode_vectors(answer)


def ask(request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of a check process. Raises NoCheckProcess or TookTooLong."""
    for path in _socket_paths():
        try:
            return _ask_at(path, request)
        except (ConnectionRefusedError, FileNotFoundError):
            path.unlink(missing_ok=True)  # its worker was killed
        except TimeoutError as problem:
            raise TookTooLong from problem
        except (OSError, ValueError):  # it ended in the middle of the answer
            continue
    raise NoCheckProcess


def _socket_paths() -> list[Path]:
    """Return the sockets of this machine's check processes, in any order."""
    folder: Path | None = settings.CHECK_PROCESSES
    paths = list(folder.glob("*.sock")) if folder is not None else []
    # Several workers share the work (docs/decisions/0085).
    random.shuffle(paths)
    return paths


def _ask_at(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(LONGEST_WAIT)
        connection.connect(str(path))
        connection.sendall(json.dumps(request).encode() + b"\n")
        with connection.makefile("rb") as stream:
            answer: dict[str, Any] = json.loads(stream.readline())
    return answer


# ── values as JSON ───────────────────────────────────────────────────────────


def encode_finding(finding: checks.Finding) -> dict[str, Any]:
    """Return the finding as values that JSON knows."""
    return asdict(finding) | {"values": dict(finding.values)}


def decode_finding(row: dict[str, Any]) -> checks.Finding:
    """Return the finding that ``encode_finding`` was given."""
    spans = {}
    for name in ("source_spans", "target_spans"):
        spans[name] = tuple(Span(*span) for span in row[name])
    remedy = tuple((Span(*span), words) for span, words in row["remedy"])
    return checks.Finding(**row | spans | {"remedy": remedy})


def encode_vectors(vectors: Vectors) -> dict[str, Any]:
    """Return the rows as values that JSON knows."""
    return {"vectors": base64.b64encode(vectors.tobytes()).decode(), "shape": vectors.shape}


def decode_vectors(answer: dict[str, Any]) -> Vectors:
    """Return the rows that ``encode_vectors`` was given."""
    values = np.frombuffer(base64.b64decode(answer["vectors"]), dtype=np.float32)
    return values.reshape(answer["shape"])
