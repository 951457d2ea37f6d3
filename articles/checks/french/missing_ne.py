"""A French negation without its *ne*: *cette version donne pas satisfaction*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import CLAUSE_MARKS, CLITICS
from articles.checks.french.words import Word, word_after, word_before, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.quotation import quotations

NE = word_set("ne n’ n")
SPEAKERS = word_set("je j’ tu")
"""Subjects of spoken French, which may leave out *ne*."""
NO_NEGATION = word_set("à mal plus moins")
"""Words after which *pas* negates no verb: *pas à pas*, *pas mal de gens*."""
COLLOQUIAL = word_set("c’ t’")
"""Subjects of sentences as they are spoken: *c’est pas grave* in a dialogue is no mistake."""
SCORE = 0.7
SPOKEN_SCORE = 0.45
VOWELS = frozenset("aeiouyéèêhâîôœà")


@check(
    id="french-missing-ne",
    type="Grammar",
    severity="minor",
    title=_("Negation without “ne”"),
    help=_("A French verb followed by “pas” without “ne” before it. Quoted speech is left alone."),
    languages=(("", "fr"),),
    examples=(
        (
            "The law does not give details.",
            "La loi donne pas de précisions.",
            "“donne pas”: “ne” missing before it?",
        ),
        ("The law does not give details.", "La loi ne donne pas de précisions.", ""),
    ),
)
def missing_ne(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report each finite verb before *pas* in a clause without *ne*."""
    del article
    if quotations(pair.target):
        return
    sentence = words(pair.target_tokens)
    for at, word in enumerate(sentence):
        if word.lowered != "pas" or not _is_bare_negation(sentence, at):
            continue
        start = at - 1
        while start > 0 and sentence[start - 1].lowered in CLITICS:
            start -= 1
        yield _finding(sentence, start, at)


def _is_bare_negation(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word before *pas* is a verb with a person, and its clause has no *ne*."""
    verb = word_before(sentence, at)
    if not verb.is_finite or verb.is_capital:
        return False
    if word_before(sentence, at - 1).determiner:
        return False  # la marche pas à pas
    if word_after(sentence, at).lowered in NO_NEGATION:
        return False
    for before in range(at - 2, -1, -1):
        word = sentence[before].lowered
        if word in NE or word in SPEAKERS:
            return False
        if word in CLAUSE_MARKS:
            break
    return at > 1


def _finding(sentence: Sequence[Word], start: int, at: int) -> Finding:
    first = sentence[start].token
    verb = sentence[at - 1].token
    last = sentence[at].token
    beside = sentence[max(start - 1, 0) : at]
    is_spoken = any(word.lowered in COLLOQUIAL for word in beside)
    short = "n’" if first.text[0].lower() in VOWELS else "ne "
    return Finding(
        check="french-missing-ne",
        type="Grammar",
        severity="minor",
        score=SPOKEN_SCORE if is_spoken else SCORE,
        message=_("“%(verb)s”: “ne” missing before it?"),
        values={"verb": f"{verb.text} {last.text}"},
        target_spans=(Span(first.start, last.end),),
        remedy=((Span(first.start, first.end), short + first.text),),
    )
