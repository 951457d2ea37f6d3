"""Floor 0: checks, one file a doubt. A check looks at one pair and says what it doubts; the registry runs them all.

A check is a plain function ``(pair, article) -> Iterable[Finding]`` registered with ``@check(...)`` in a file of its
own; importing this package imports every file, so that adding a file is all it takes.
"""

from articles.checks.registry import (
    CHECKS,
    ArticleFacts,
    Check,
    Finding,
    Pair,
    check,
    load_all,
    run_checks,
)

__all__ = ["CHECKS", "ArticleFacts", "Check", "Finding", "Pair", "check", "run_checks"]

load_all()
