"""A sentence whose only verb is a participle that does not go with its subject: *Une version de cet article paru*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import Word, chain_before, is_noun_at, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _


@check(
    id="french-no-verb",
    type="Grammar",
    severity="minor",
    title=_("Sentence without its verb"),
    help=_(
        "A French sentence with a subject and a participle, but no verb: “est”, “a” or “ont” may have been dropped."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "A version of this article originally appeared on a blog.",
            "Une version de cet article paru à l’origine sur un blog.",
            "Possible fault: the sentence lacks a verb before “paru”.",
        ),
        ("A big, shining star.", "Une grande étoile brillante.", ""),
    ),
)
def no_verb(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Doubt a full sentence that begins with its subject and has a participle, and no verb with a person."""
    del article
    sentence = words(pair.target_tokens)
    if (
        len(sentence) < 7
        or sentence[-1].lowered != "."
        or not sentence[0].determiner
        or not sentence[0].is_capital
    ):
        return
    if any(_may_carry(sentence, at) for at in range(1, len(sentence))):
        return
    for at in range(2, len(sentence) - 2):
        word = sentence[at]
        if word.participles and is_noun_at(sentence, at - 1):
            chain = chain_before(sentence, at)
            if (
                chain.start == 0
                and not chain.is_joined
                and not chain.head & (word.participles | word.adjectives)
            ):
                yield _finding(word)
            return


def _may_carry(sentence: Sequence[Word], at: int) -> bool:
    """Whether the word may be a verb with a person."""
    return sentence[at].is_finite and not is_noun_at(sentence, at)


def _finding(word: Word) -> Finding:
    return Finding(
        check="french-no-verb",
        type="Grammar",
        severity="minor",
        score=0.6,
        message=_("Possible fault: the sentence lacks a verb before “%(word)s”."),
        values={"word": word.token.text},
        target_spans=(Span(word.token.start, word.token.end),),
    )
