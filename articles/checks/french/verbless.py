"""A sentence whose only verb is a participle that does not go with its subject.

For example *Une version de cet article paru*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import chain_before, is_noun_at
from articles.checks.french.words import Word, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

SHORTEST_SENTENCE = 7
"""Words and marks of the shortest sentence looked at; shorter ones may be headings."""


@check(
    id="french-no-verb",
    type="Grammar",
    severity="minor",
    title=_("Sentence without its verb"),
    help=_(
        "A French sentence with a subject and a participle, but no verb: “est”, “a” or “ont” may "
        "have been dropped."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "A version of this article originally appeared on a blog.",
            "Une version de cet article paru à l’origine sur un blog.",
            "“paru”: verb missing before it?",
        ),
        ("A big, shining star.", "Une grande étoile brillante.", ""),
    ),
)
def no_verb(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report a sentence that begins with its subject and has a participle, but no finite verb."""
    del article
    sentence = words(pair.target_tokens)
    if not _is_full_sentence(sentence):
        return
    for at in range(1, len(sentence)):
        if _may_carry(sentence, at):
            return
    participle = _first_participle(sentence)
    if participle is None:
        return
    if _is_only_predicate(sentence, participle):
        yield _finding(sentence[participle])


def _is_full_sentence(sentence: Sequence[Word]) -> bool:
    """Return whether the words begin with a capitalised determiner and end in a full stop."""
    if len(sentence) < SHORTEST_SENTENCE:
        return False
    if sentence[-1].lowered != ".":
        return False
    if not sentence[0].is_capital:
        return False
    return bool(sentence[0].determiner)


def _may_carry(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word may be a verb with a person."""
    if not sentence[at].is_finite:
        return False
    return not is_noun_at(sentence, at)


def _first_participle(sentence: Sequence[Word]) -> int | None:
    """Return the index of the first participle right after a noun."""
    last = len(sentence) - 2
    for at in range(2, last):
        if not sentence[at].participles:
            continue
        if is_noun_at(sentence, at - 1):
            return at
    return None


def _is_only_predicate(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the participle follows the subject of the sentence and does not modify it."""
    chain = chain_before(sentence, at)
    if chain.start > 0:
        return False
    if chain.is_joined:
        return False
    return not chain.head & sentence[at].agreements


def _finding(word: Word) -> Finding:
    values = {"word": word.token.text}
    span = Span(word.token.start, word.token.end)
    return Finding(
        check="french-no-verb",
        type="Grammar",
        severity="minor",
        score=0.6,
        message=_("“%(word)s”: verb missing before it?"),
        values=values,
        target_spans=(span,),
    )
