"""A clause with two verbs for one subject: *c’est le dernier outil, Sora, sera utile*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.checks.french.phrases import may_be_nominal
from articles.checks.french.words import FUNCTION_WORDS, Word, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

AUXILIARIES = word_set(
    "être avoir pouvoir devoir aller vouloir falloir faire permettre aider rester devenir"
)
"""Verbs that carry a clause. None of them reports speech, so none follows a quotation with its
subject behind."""
WITHIN = word_set("de du des d’ à au aux en pour dans sur plus n’ ne")
"""Grammar words a noun with its complements may hold."""
JOINING = WITHIN - {"n’", "ne"}
BEING = word_set("est était sera serait")
LONGEST_PHRASE = 20
"""Words, at most, of the noun phrase before the second verb."""


@check(
    id="french-second-verb",
    type="Grammar",
    severity="major",
    title=_("Two verbs for one subject"),
    help=_(
        "A French clause with “c’est”, a noun and a second verb for it, as if “c’est” had "
        "slipped in."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "The price of wheat has doubled.",
            "C’est le prix du blé a doublé.",
            "“C’est … a”: two verbs, one subject?",
        ),
        ("It is the price that has doubled.", "C’est le prix qui a doublé.", ""),
    ),
)
def second_verb(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report *c’est* + noun + verb with nothing between them that could bring the verb in.

    A *qui*, a *que* or a pronoun could.
    """
    del article
    sentence = words(pair.target_tokens)
    for at in range(len(sentence) - 3):
        if not _is_cleft(sentence, at):
            continue
        verb = _second(sentence, at + 2)
        if verb is not None:
            yield _finding(sentence[at], sentence[at + 1], sentence[verb])


def _is_cleft(sentence: Sequence[Word], at: int) -> bool:
    """Return whether *c’est* and a determiner stand at ``at``."""
    if sentence[at].lowered != "c’":
        return False
    if sentence[at + 1].lowered not in BEING:
        return False
    return bool(sentence[at + 2].determiner)


def _second(sentence: Sequence[Word], start: int) -> int | None:
    """Return the index of the verb that follows the noun phrase at ``start``.

    At most one insertion between commas may stand before it.
    """
    end = min(start + LONGEST_PHRASE, len(sentence))
    commas = 0
    for at in range(start, end):
        word = sentence[at]
        if word.lowered == ",":
            commas += 1
            continue
        if _is_verb(word):
            is_after_insertion = commas in (0, 2)
            if is_after_insertion and _follows_noun(sentence, start, at):
                return at
            return None
        if word.is_mark:
            return None
        if not _is_nominal(word):
            return None
    return None


def _follows_noun(sentence: Sequence[Word], start: int, at: int) -> bool:
    """Return whether the phrase that begins at ``start`` can end before ``at``."""
    if at <= start + 1:
        return False
    last = sentence[at - 1]
    return last.lowered not in JOINING


def _is_verb(word: Word) -> bool:
    """Return whether the word is a verb that carries a clause."""
    if not word.third_person_numbers:
        return False
    if not word.lemmas & AUXILIARIES:
        return False
    if word.lowered == "doit":
        return True
    if word.nouns:
        return False
    return not word.adjectives


def _is_nominal(word: Word) -> bool:
    """Return whether the word can be part of a noun with its complements, or of a name."""
    if word.lowered in WITHIN:
        return True
    if word.determiner:
        return True
    if word.lowered in FUNCTION_WORDS:
        return False
    if word.is_adverb:
        return True
    return may_be_nominal(word)


def _finding(this: Word, being: Word, verb: Word) -> Finding:
    values = {"verb": verb.token.text, "being": this.token.text + being.token.text}
    return Finding(
        check="french-second-verb",
        type="Grammar",
        severity="major",
        score=0.8,
        message=_("“%(being)s … %(verb)s”: two verbs, one subject?"),
        values=values,
        target_spans=(
            Span(this.token.start, being.token.end),
            Span(verb.token.start, verb.token.end),
        ),
    )
