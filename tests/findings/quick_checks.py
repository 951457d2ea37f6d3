"""Quick checks of the tests, in the place of the site's own."""

from articles import checks
from articles.checks.registry import Check
from articles.text.document import Span


def target_check(id, word, *, unless="\0"):
    """Return a check that finds the word in the target, unless the other one is there."""

    def run(pair, _article):
        at = pair.target.find(word)
        if at >= 0 and unless not in pair.target:
            span = Span(at, at + len(word))
            yield checks.Finding(
                id, "Grammar", "major", 0.9, "Possible: %(word)s", {"word": word}, (), (span,)
            )

    return Check(id, "Grammar", "major", id.title(), "It finds a word.", run)


def use_checks(monkeypatch, *chosen):
    """Have these checks alone."""
    for known in list(checks.CHECKS):
        monkeypatch.delitem(checks.CHECKS, known)
    for each in chosen:
        monkeypatch.setitem(checks.CHECKS, each.id, each)
