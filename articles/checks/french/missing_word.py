"""A place where French needs a word and has none: *avec la de la quête*, *il lieu de craindre*.

What words can follow an article, a preposition, a pronoun or *ne* is a small set. Where another
follows, a word was lost, as machine translation loses them, or one of the two is the wrong form.
docs/decisions/0021-words-that-french-needs.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from articles.checks.french.phrases import CLITICS, is_clause_start
from articles.checks.french.words import NO_WORD, Word, word_after, word_before, word_set, words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

NEVER_FILE = Path(__file__).with_name("never_neighbours.txt")
DETERMINERS = word_set("cette cet ces mes ses nos vos ma sa notre votre aux au du des")
"""Determiners that are never pronouns."""
NEVER_AFTER_DETERMINER = word_set(
    "de à dans par pour avec que qu’ qui et est sont ont mais ne n’ se s’ du des aux au"
)
ARTICLES = word_set("le la l’ les")
NEVER_AFTER_ARTICLE = word_set("de dans par pour avec et mais du des aux")
FOR_AND_AGAINST = ("le", "pour")
"""The one phrase that has an article before a preposition: *le pour et le contre*."""
EAST = ("d’", "est")
"""The point of the compass: *le vent d’est*."""
TIME_AGO = ("il", "y", "a")
BEFORE_ORDERS = word_set("alors puis donc et ,")
"""Words before an order: *alors change-le*, whose hyphen may be missing, which is another fault."""
LONGEST_INSERTION = 3
"""Words, at most, between the two commas of an insertion."""
NEEDS_NOUN = word_set("de d’ à dans chez parmi malgré sans")
"""Prepositions that do not stand at the end of a clause."""
BEFORE_NO_VERB = word_set("de d’ à dans sur sous par pour avec sans chez")
"""Prepositions that are nothing else, and before no verb with a person."""
AUXILIARIES = word_set("est sont ont était étaient a peut sera seront")
SUBJECTS = word_set("il ils je j’ on")
"""Pronouns that are subjects and nothing else."""
NEVER_AFTER_PREPOSITION = word_set("il ils j’")
BEFORE_VERBS = SUBJECTS | word_set("ne n’ se")
BEFORE_THE_VERB = CLITICS | word_set("ne n’ pas plus jamais rien point guère et ou")
"""Words between a subject, *ne* or *se* and the verb; *et* and *ou* in *ils et elles*."""
CLAUSE_ENDS = word_set(", ; ! ? .")
VERBS_IN_PHRASES = word_set("cesse revient terra commit as")
"""Verb forms that are nouns in a phrase: *sans cesse*, *prix de revient*."""
INSIDE_NAMES = word_set(". · @ /")
"""Marks inside an address or a word of two genders: *News.com.au*, *ancien·ne*."""
HYPHENS = word_set("- ‑")


@check(
    id="french-missing-word",
    type="Grammar",
    severity="major",
    title=_("Word missing in the French"),
    help=_(
        "A place where French needs a noun or a verb and has none: “avec la de la quête”, “il "
        "lieu de craindre”."
    ),
    languages=(("", "fr"),),
    examples=(
        (
            "He put it in the middle of the room.",
            "Il l’a mis au de la pièce.",
            "“au de”: word missing between them?",
        ),
        ("He put it in the middle of the room.", "Il l’a mis au milieu de la pièce.", ""),
    ),
)
def missing_word(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report each pair of neighbouring words that French never has without a word between."""
    del article
    sentence = words(pair.target_tokens)
    for at in range(len(sentence) - 1):
        if _needs_a_word(sentence, at):
            yield _finding(sentence[at], sentence[at + 1])


@lru_cache(maxsize=1)
def never_neighbours() -> dict[str, frozenset[str]]:
    """Return for each grammatical word those that never follow it in 2.8 million words of prose."""
    found = {}
    for line in NEVER_FILE.read_text(encoding="utf-8").splitlines():
        first, _colon, others = line.partition(": ")
        found[first] = word_set(others)
    return found


PRONOUNS_TOO = word_set("un une aucun aucune certains certaines plusieurs")
"""Determiners that may be a subject by themselves: *et une n’a pas été identifiée*."""
NE = word_set("ne n’")


def _finding(first: Word, second: Word) -> Finding:
    values = {"first": first.token.text, "second": second.token.text}
    return Finding(
        check="french-missing-word",
        type="Grammar",
        severity="major",
        score=0.8,
        message=_("“%(first)s %(second)s”: word missing between them?"),
        values=values,
        target_spans=(Span(first.token.start, second.token.end),),
        caret=second.token.start,
    )


def _needs_a_word(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a word must stand between the one at ``at`` and the next."""
    if _is_name(sentence, at):
        return False
    first = sentence[at].lowered
    if first in PRONOUNS_TOO and sentence[at + 1].lowered in NE:
        return False
    if sentence[at + 1].lowered in never_neighbours().get(first, ()):
        return word_before(sentence, at).lowered not in HYPHENS
    if first in DETERMINERS:
        return _lacks_noun(sentence, at)
    if first in ARTICLES:
        return _lacks_noun_after_article(sentence, at)
    if first in BEFORE_VERBS:
        return _lacks_verb(sentence, at)
    return _lacks_complement(sentence, at)


def _is_name(sentence: Sequence[Word], at: int) -> bool:
    """Return whether one of the two words at ``at`` belongs to a name or an address."""
    if sentence[at + 1].is_capital:
        return True
    if sentence[at].is_capital and not is_clause_start(sentence, at):
        return True  # La, Sa
    return _is_inside_name(sentence, at) or _is_inside_name(sentence, at + 3)


def _is_inside_name(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the word at ``at`` follows a mark without a blank: *News.com.au*."""
    if at >= len(sentence):
        return False
    before = word_before(sentence, at)
    return before.lowered in INSIDE_NAMES and before.token.end == sentence[at].token.start


def _lacks_noun(sentence: Sequence[Word], at: int) -> bool:
    """Return whether no noun can follow the determiner at ``at``."""
    second = sentence[at + 1]
    if second.lowered in NEVER_AFTER_DETERMINER:
        return True
    if _ends_clause(sentence, at + 1):
        return True
    if word_after(sentence, at + 1).lowered in HYPHENS:
        return False  # des rendez-vous
    return _is_only_finite(second)


def _lacks_noun_after_article(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the article, which may also be a pronoun before a verb, has no noun."""
    first = sentence[at]
    second = sentence[at + 1]
    if (first.lowered, second.lowered) == FOR_AND_AGAINST:
        return False
    if second.lowered in NEVER_AFTER_ARTICLE:
        return True
    if first.lowered == "la" or word_before(sentence, at).lowered in HYPHENS:
        return False  # là without its accent, “prends-le”
    if _is_pronoun_after_order(sentence, at):
        return False
    return _ends_clause(sentence, at + 1)


def _is_pronoun_after_order(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the verb before *le* or *les* is an order: *alors change le*."""
    verb = word_before(sentence, at)
    if not verb.is_finite:
        return False
    before = word_before(sentence, at - 1)
    return before is NO_WORD or before.lowered in BEFORE_ORDERS


def _lacks_verb(sentence: Sequence[Word], at: int) -> bool:
    """Return whether no verb can follow the subject, *ne* or *se* at ``at``."""
    second = sentence[at + 1]
    if word_before(sentence, at).lowered in HYPHENS:
        return False  # vient-il
    if HYPHENS.intersection(second.lowered):
        return False  # ne voyez-vous
    if second.is_mark:
        return second.lowered == "." and word_after(sentence, at + 1) is NO_WORD
    if second.lowered in BEFORE_THE_VERB:
        return False
    if not second.readings or len(second.lowered) == 1:
        return False  # spelt as it is spoken: “qu’il l’ saura”
    return "V" not in second.kinds


def _lacks_complement(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the preposition at ``at``, if it is one, has nothing that completes it."""
    first = sentence[at].lowered
    second = sentence[at + 1]
    if first in NEEDS_NOUN and _begins_insertion(sentence, at + 1):
        return False
    if first in NEEDS_NOUN and _ends_clause(sentence, at + 1):
        following = word_after(sentence, at + 1).lowered
        is_another = following in BEFORE_NO_VERB and following != first
        return not is_another  # dans, sur ou sous
    if first not in BEFORE_NO_VERB or (first, second.lowered) == EAST:
        return False
    if _is_time_ago(sentence, at + 1):
        return False
    return _is_no_complement(second)


def _begins_insertion(sentence: Sequence[Word], at: int) -> bool:
    """Return whether two commas enclose words, the first of them at ``at``: *à, disons, vingt*."""
    if sentence[at].lowered != ",":
        return False
    enclosed = sentence[at + 2 : at + 2 + LONGEST_INSERTION]
    return any(word.lowered == "," for word in enclosed)


def _is_time_ago(sentence: Sequence[Word], at: int) -> bool:
    """Return whether *il y a* stands at ``at``: *le double d’il y a dix ans*."""
    following = [word.lowered for word in sentence[at : at + len(TIME_AGO)]]
    return tuple(following) == TIME_AGO


def _ends_clause(sentence: Sequence[Word], at: int) -> bool:
    """Return whether the mark at ``at`` ends a clause, and is no part of a name such as .NET."""
    mark = sentence[at]
    if mark.lowered not in CLAUSE_ENDS:
        return False
    following = word_after(sentence, at)
    if mark.lowered != ".":
        return not following.is_mark
    return following is NO_WORD


def _is_no_complement(word: Word) -> bool:
    """Return whether the word cannot stand after a preposition: a verb or a subject."""
    if word.lowered in NEVER_AFTER_PREPOSITION:
        return True
    if word.lowered in AUXILIARIES:
        return True
    return _is_only_finite(word) and bool(word.third_person_numbers)


def _is_only_finite(word: Word) -> bool:
    """Return whether the word is a verb with a person and can be nothing else."""
    if word.kinds != {"V"} or word.lowered in VERBS_IN_PHRASES:
        return False
    if word.participles or word.is_infinitive or word.is_gerund:
        return False
    return word.is_finite
