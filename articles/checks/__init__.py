"""Checks of an article's segments, one module a check.

A check is a function ``(pair, article) -> Iterable[Finding]`` registered with ``@check(...)``. It
looks at one segment and yields what an editor may want to flag; ``run_checks`` runs them all.
Importing this package imports every module in it, so adding a module is enough to add a check.
"""

from articles.checks.registry import (
    CHECKS,
    ArticleFacts,
    Check,
    Finding,
    Pair,
    Remedy,
    apply_remedy,
    check,
    load_all,
    run_checks,
)

__all__ = [
    "CHECKS",
    "ArticleFacts",
    "Check",
    "Finding",
    "Pair",
    "Remedy",
    "apply_remedy",
    "check",
    "run_checks",
]

load_all()
