"""``manage.py check_pairs``: pairs in, findings out; no database."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from articles.management.commands.check_pairs import check_lines
from tests.cases import for_each

GOOD = {"id": "a", "source": "Left out.", "target": ""}


def run(monkeypatch, data, *options):
    out, problems = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    call_command("check_pairs", *options, stdout=out, stderr=problems)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_is_answered_with_all_that_is_known_of_a_finding(monkeypatch):
    [answer] = run(monkeypatch, json.dumps(GOOD).encode() + b"\n")
    assert answer == {
        "id": "a",
        "findings": [
            {
                "check": "alone",
                "type": "Omission",
                "score": 0.9,
                "message": "This sentence is missing from the French",
                "source_spans": [[0, 9]],
                "target_spans": [],
                "caret": 0,
                "remedy": [],
            }
        ],
    }


def test_findings_come_likeliest_first_and_the_unlikely_only_when_asked(monkeypatch):
    pair = {
        "id": 1,
        "source": "The report, in short, says little about it.",
        "target": "le rapport en dit peu.",
    }
    [shown] = run(monkeypatch, json.dumps(pair).encode())
    [everything] = run(monkeypatch, json.dumps(pair).encode(), "--all")
    scores = [finding["score"] for finding in everything["findings"]]
    assert scores == sorted(scores, reverse=True)
    assert all(finding["score"] >= 0.5 for finding in shown["findings"])
    assert len(everything["findings"]) >= len(shown["findings"])


@for_each(
    ("line", "reason"),
    [
        (
            b"{",
            "line 2: not JSON (Expecting property name enclosed in double quotes at character 2)",
        ),
        (b"[1]", 'line 2: not an object with "id", "source" and "target"'),
        (b'{"id": 1, "source": "x"}', 'line 2: "target" is missing'),
        (b'{"id": 1, "source": "x", "target": 3}', 'line 2: "target" is not a text'),
        (b'{"id": "\xff"}', "line 2: not UTF-8 (byte 9)"),
        (b"[" * 200_000, "line 2: nested too deeply"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(line, reason):
    good, answers, problems = json.dumps(GOOD).encode(), [], []
    lines = [good, line, b"  \n", good]
    assert check_lines(lines, answers.append, problems.append, languages=("en", "fr")) == 1
    assert problems == [reason]
    assert len(answers) == 2


def test_a_bad_line_ends_with_1(monkeypatch):
    with pytest.raises(SystemExit) as stop:
        run(monkeypatch, b"{\n")
    assert stop.value.code == 1
