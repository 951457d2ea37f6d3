"""A second opinion on French grammar from Grammalecte, where it is installed.

Grammalecte is under the GPL and in no Python package index (Debian carries it as
``python3-grammalecte``), so it is no dependency: it is imported by name when first needed. Its
score stays below SHOWN_SCORE, so only somebody who asks for unlikely findings sees it
(docs/decisions/0020-grammalecte-only-on-request.md).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

KINDS = frozenset({"sgpl", "gn", "infi", "conj", "ppas", "imp", "inte", "conf"})
"""Its kinds of grammar faults; the rest is typography and style, which other checks look after."""

# One checker serves all threads, one text at a time.
_LOCK = Lock()


@lru_cache(maxsize=1)
def _checker() -> Any:
    """Return Grammalecte's checker, None where it is not installed. Takes 1.5 s."""
    try:
        return importlib.import_module("grammalecte").GrammarChecker("fr")
    except (ImportError, AttributeError):
        return None


@check(
    id="grammalecte",
    type="Grammar",
    severity="minor",
    title=_("Grammalecte"),
    help=_(
        "What Grammalecte reports in the French, where it is installed. Often wrong, so "
        "shown only on request."
    ),
    languages=(("", "fr"),),
)
def grammalecte(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Pass on Grammalecte's grammar faults as unlikely findings, in its own French words."""
    del article
    checker = _checker()
    if checker is None:
        return
    with _LOCK:
        faults, _spelling = checker.getParagraphErrors(pair.target)
    for fault in faults:
        if fault["sType"] in KINDS:
            yield _finding(fault)


def _finding(fault: Mapping[str, Any]) -> Finding:
    span = Span(fault["nStart"], fault["nEnd"])
    return Finding(
        check="grammalecte",
        type="Grammar",
        severity="minor",
        score=0.4,
        message=_("Grammalecte: %(reason)s"),
        values={"reason": fault["sMessage"]},
        target_spans=(span,),
    )
