"""Grammalecte as an extra: absent, present, and of another make."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from articles.checks.french import grammalecte
from articles.checks.registry import Finding, Pair, run_checks

TEXT = "Les photos ont été publié."


class GrammarChecker:
    """Answers as Grammalecte 2.1 does: a view of faults, and a list of spelling errors."""

    def __init__(self, language: str) -> None:
        assert language == "fr"

    def getParagraphErrors(self, text: str) -> tuple[object, list[object]]:  # noqa: N802 - its own name
        faults = {
            0: {
                "nStart": text.index("publié"),
                "nEnd": len(text) - 1,
                "sType": "ppas",
                "sMessage": "Accord erroné.",
            },
            1: {"nStart": 0, "nEnd": 3, "sType": "typo", "sMessage": "Espace."},
        }
        return faults.values(), []


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nobody remembers whether Grammalecte was there."""
    grammalecte._checker.cache_clear()
    yield
    grammalecte._checker.cache_clear()


def install(monkeypatch: pytest.MonkeyPatch, **content: object) -> None:
    """Put a module called grammalecte where Python looks first."""
    module = ModuleType("grammalecte")
    vars(module).update(content)
    monkeypatch.setitem(sys.modules, "grammalecte", module)


def findings(*, unlikely: bool) -> list[Finding]:
    return run_checks(Pair("", TEXT), only=["grammalecte"], unlikely=unlikely)


def test_its_grammar_faults_are_unlikely_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, GrammarChecker=GrammarChecker)
    (finding,) = findings(unlikely=True)
    assert finding.text == "Grammalecte: Accord erroné."
    assert [span.of(TEXT) for span in finding.target_spans] == ["publié"]
    assert findings(unlikely=False) == []


def test_where_it_is_not_installed_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "grammalecte", None)
    assert findings(unlikely=True) == []


def test_another_module_of_that_name_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch)
    assert findings(unlikely=True) == []
