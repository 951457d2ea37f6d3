"""Web processes ask the worker beside them for what needs the language models, and go on without one."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.urls import reverse

from articles import checks
from articles.alignment import sentence_encoder
from articles.findings import check_client, check_server, draft
from articles.findings.check_client import NoCheckProcess, Superseded, TookTooLong
from articles.realignment import operations
from articles.review import workflow
from articles.text.document import Span
from tests.factories import make_article

FOUND = checks.Finding(
    "doubled",
    "Grammar",
    "minor",
    0.5,
    "“%(words)s”: word repeated?",
    {"words": "très très"},
    (Span(0, 3),),
    (Span(1, 2), Span(4, 6)),
    4,
    ((Span(1, 2), "très"),),
)


@pytest.fixture
def folder(settings: Any) -> Iterator[Path]:
    """The folder of sockets, with a short path."""
    path = Path(tempfile.mkdtemp(prefix="sockets-", dir="/tmp"))
    settings.CHECK_PROCESSES = path
    yield path
    shutil.rmtree(path)


def test_a_worker_answers_what_it_finds(
    folder: Path, transactional_db: None, monkeypatch: Any
) -> None:
    segment = make_article().segments.get(position=1)
    asked = []

    def find(row: Any, text: str, *, person_id: int) -> list[checks.Finding]:
        asked.append((row.pk, text, person_id))
        for word, problem in (("newer", Superseded), ("long", TookTooLong), ("bad", KeyError)):
            if word in text:
                raise problem
        return [FOUND]

    monkeypatch.setattr(draft, "find_here", find)
    with check_server.answering():
        assert [path.stat().st_mode & 0o077 for path in folder.glob("*.sock")] == [0]
        assert check_client.find_in_draft(segment.pk, "Très très bien.", person_id=7) == [FOUND]
        assert asked == [(segment.pk, "Très très bien.", 7)]
        problems = {"newer": Superseded, "long": TookTooLong, "bad": NoCheckProcess}
        for text, problem in problems.items():
            with pytest.raises(problem):
                check_client.find_in_draft(segment.pk, text, person_id=7)
        with pytest.raises(NoCheckProcess):
            check_client.find_in_draft(10**9, "There is no such segment.", person_id=7)
    assert list(folder.iterdir()) == []
    with pytest.raises(NoCheckProcess):
        check_client.find_in_draft(segment.pk, "", person_id=7)


def test_vectors_come_back_as_they_were(folder: Path, monkeypatch: Any) -> None:
    class Encoder:
        def sentences(self, texts: Any) -> Any:
            return np.arange(2 * len(texts), dtype=np.float32).reshape(len(texts), 2)

    monkeypatch.setattr(check_server, "load_encoder", Encoder)
    assert check_client.usable_encoder() is None
    with check_server.answering():
        encoder = check_client.usable_encoder()
        assert encoder is not None
        assert encoder.sentences(["a", "b"]).tolist() == [[0, 1], [2, 3]]
        monkeypatch.setattr(check_server, "load_encoder", lambda: None)
        with pytest.raises(NoCheckProcess):
            encoder.sentences(["a"])


def test_the_socket_of_a_dead_worker_is_removed_and_another_one_asked(
    folder: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(check_server, "answer_request", lambda request: {"said": request})
    for number in range(3):
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(folder / f"{number}.sock"))
    with check_server.answering():
        assert check_client.ask({"a": "é"}) == {"said": {"a": "é"}}
    with pytest.raises(NoCheckProcess):
        check_client.ask({})
    assert list(folder.iterdir()) == []


def test_nobody_waits_long(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(check_client, "LONGEST_WAIT", 0.05)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(folder / "1.sock"))
        silent.listen()
        with pytest.raises(TookTooLong):
            check_client.ask({})


def test_nonsense_ends_nothing(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(check_server, "answer_request", lambda request: request)
    with check_server.answering():
        (path,) = folder.glob("*.sock")
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as client:
            client.connect(str(path))
            client.sendall(b"nonsense\n")
            assert client.recv(10) == b""
        assert check_client.ask({"b": 1}) == {"b": 1}


def test_too_long_a_path_is_said(settings: Any, caplog: Any) -> None:
    settings.CHECK_PROCESSES = Path("/tmp") / ("long" * 30)
    with check_server.answering():
        assert "too long" in caplog.text
    assert not settings.CHECK_PROCESSES.exists()


def test_without_a_worker_the_page_says_so_and_no_model_is_loaded(
    folder: Path, client: Any, rosa: Any, monkeypatch: Any
) -> None:
    def load(_path: str) -> Any:
        raise AssertionError("a model was loaded")

    monkeypatch.setattr(sentence_encoder, "_load", load)
    article = make_article([("One. Two.", "Un. Deux."), ("Three.", "Trois.")])
    segment = article.segments.get(position=1)
    client.force_login(rosa)
    data = {"revision": "1", "text": "Un, deux.", "begun": segment.target_text}
    for headers in ({}, {"HX-Request": "true"}):
        page = client.post(reverse("recheck", args=[segment.pk]), data, headers=headers)
        assert page.status_code == 200
        assert "no worker is running" in page.content.decode()
    with pytest.raises(workflow.Refused, match="changes nothing"):  # which it found out alone
        operations.preview("align_again", segment)


def test_a_finding_survives_json() -> None:
    row = json.loads(json.dumps(check_client.encode_finding(FOUND)))
    assert check_client.decode_finding(row) == FOUND
