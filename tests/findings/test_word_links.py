"""Linked words are asked of the worker where this process holds no language models."""

import pytest

from articles.findings import check_client
from articles.findings.word_links import find_links


def test_the_worker_answers_for_a_process_without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def ask(question: dict[str, list[str]]) -> dict[str, list[list[int]]]:
        asked.append(question)
        return {"links": [[0, 2, 0, 4]]}

    monkeypatch.setattr(check_client, "asks_others", lambda: True)
    monkeypatch.setattr(check_client, "ask", ask)
    assert find_links("We slept.", "Nous dormions.") == [(0, 2, 0, 4)]
    assert asked == [{"link": ["We slept.", "Nous dormions."]}]


def test_an_answer_without_links_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_client, "asks_others", lambda: True)
    monkeypatch.setattr(check_client, "ask", lambda _question: {"error": "busy"})
    with pytest.raises(check_client.NoCheckProcess):
        find_links("We slept.", "Nous dormions.")
