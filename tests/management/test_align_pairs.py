"""``manage.py align_pairs``: the command around ``align_lines``; no database."""

import io
import json
import sys

import pytest
from django.core.management import call_command


def run(monkeypatch, data):
    out, problems = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    call_command("align_pairs", stdout=out, stderr=problems)
    return [json.loads(line) for line in out.getvalue().splitlines()]


GOOD = {
    "id": "a",
    "source": "The bridge is closed. Snow falls.",
    "target": "Le pont est fermé. La neige tombe.",
}


def test_lines_are_answered_without_a_database(monkeypatch):
    [answer] = run(monkeypatch, json.dumps(GOOD).encode() + b"\n")
    assert [segment["source"] for segment in answer["segments"]] == [[[0, 21]], [[22, 33]]]


def test_a_bad_line_ends_with_1(monkeypatch):
    with pytest.raises(SystemExit) as stop:
        run(monkeypatch, b"{\n")
    assert stop.value.code == 1
