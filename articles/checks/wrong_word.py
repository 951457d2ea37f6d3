"""A word of a small set that became another of it: north and south, first and last, a country."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, product

from articles.checks.carets import caret_at
from articles.checks.closed_counterparts import lost_expressions
from articles.checks.counterparts import (
    are_beside_counterparts,
    are_in_one_place,
    are_unlinked,
    have_no_other_counterparts,
)
from articles.checks.exchanged_words import exchanged
from articles.checks.numbers.directions import reversed_directions
from articles.checks.other_sets import replaced_by_others
from articles.checks.registry import (
    BOTH_WAYS,
    ArticleFacts,
    Finding,
    Pair,
    check,
    language_name,
    mistranslation,
)
from articles.checks.restriction import is_small_number
from articles.checks.terminology import are_in_one_term
from articles.checks.voice import exchanged_roles, reversed_relatives
from articles.checks.word_sets import Meaning, Use, uses, word_sets
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.thresholds import SHOWN_SCORE

_ALWAYS_TRANSLATED = ("office", "lost ")
"""How the names of those sets begin whose words are reported when they are missing, too: former,
vice, deputy, acting; nearly, still, on average."""
_NAMES = frozenset(
    "country city region continent water planet side range language people currency".split()
)
"""Sets of names, and of sides: one that is linked to nothing stands for another such one."""
LOST_SMALL_WORD = 0.55
"""How likely an editor agrees that such a word is missing: in news that people translated, half of
those reported are really left out (decision 17)."""
LONG_SENTENCE = 25
"""Words of a sentence from which on its length speaks against a lost small word."""
_EXCHANGED_SCORE = 0.7
"""The score of two words of a set that changed places."""
_OTHER_SET_SCORE = 0.45
"""The score of a word of another set, below what is shown: of 13 on 6,300 pairs that read like news
three were right, and none of 160 planted faults was found so (decision 34)."""
_ONLY_LINKED = frozenset(("thing", "act"))
"""Sets of words that have nothing in common: only one in the same place stands for another."""
_DIRECTION_SCORE = 0.8
_ROLES_SCORE = 0.6
"""The score of an active for a passive with the same subject."""
_AUXILIARY = re.compile(
    r"\b(?:plus|moins|más|menos"
    r"|a|ai|ont|avait|avaient|est|sont|était|étaient|have|has|had|is|are|was|were|hat|haben"
    r"|hatte|hatten|wurde|wurden|ha|han|había|fue|fueron)\s+\Z"
)
_LONGEST_AUXILIARY = 20
"""Letters before a word among which its auxiliary stands."""
_IS_DENIED = re.compile(
    r"(?:\b(?:not|no|never|none|nobody|nothing|nor|neither|cannot|without|hardly|barely|rarely|few"
    r"|little|less|fewer|until|unless|only|too|than|instead|rather|any|anything|ever|yet|except|but"
    r"|far|short|stop\w*|(?:fail|lack|den[iy]|refus|reject|reluct|avoid|prevent|oppos|miss|dis|un"
    r"|in|im|ir|il|non-?|loss|lost)\w*)\b|n[’']t\b)",
    re.I,
)
"""What in English may be a negation in French."""
_NE_PAS = re.compile(r"\bn(?:e |[’'])(?:\w+ ){1,2}pas (?:(?!à |de )\w+ ){0,2}\Z", re.I)
_NATIONALITIES = frozenset(
    "African Albanian Algerian American Angolan Argentinian Armenian Asian Australian Austrian "
    "Bangladeshi Belarusian Belgian Bolivian Bosnian Brazilian British Bulgarian Cambodian "
    "Canadian Chilean Chinese Colombian Congolese Croatian Cuban Cypriot Czech Danish Dutch "
    "Ecuadorian Egyptian Emirati English Estonian Ethiopian European Finnish French German "
    "Ghanaian Greek Haitian Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Israeli "
    "Italian Ivorian Jamaican Japanese Jordanian Kenyan Korean Kosovan Kurdish Kuwaiti Latvian "
    "Lebanese Libyan Lithuanian Malaysian Malian Maltese Mexican Moldovan Mongolian Moroccan "
    "Nepalese Nigerian Norwegian Pakistani Palestinian Peruvian Philippine Polish Portuguese "
    "Romanian Russian Rwandan Saudi Scottish Senegalese Serbian Slovak Slovenian Somali Spanish "
    "Sudanese Swedish Swiss Syrian Taiwanese Thai Tunisian Turkish Ugandan Ukrainian Uruguayan "
    "Venezuelan Vietnamese Welsh Yemeni".split()
)
"""Adjectives of countries. "Iran", "Japan" and "Pakistan" are none."""
_BEFORE_NOUN = re.compile(
    r" (?!(?:and|or|is|was|has|had|who|in|of|by|to|from|at|on|speak\w+|language|flies)\b)[a-z]{3,}"
)
_NAME_BEFORE = re.compile(
    r"\b(?!(?:The|An?|Two|Three|Some|Many|His|Her|Their)\b)[A-Z][^\W\d_]+[ -]\Z"
)
"""A word with a capital before a nationality: "Native American", "Johnny English"."""
_LONGEST_NAME = 40


@check(
    id="wrong-word",
    type="Mistranslation",
    severity="major",
    title=_("Wrong or missing word"),
    help=_(
        "North and south, left and right, first and last, more and less, colours, relatives, "
        "professions, animals, plants, crimes, countries and cities, opposites: the source has one "
        "of them and the translation another in its place, or two of them change places, or who "
        "did it and whom it was done to. “Former”, “vice”, “deputy” and “acting” are reported "
        "when they are missing, too, and so are small words such as “nearly”, “still” and “on "
        "average”."
    ),
    languages=BOTH_WAYS,
    examples=(
        (
            "The fire spread to the north of the town.",
            "L’incendie a gagné le sud de la ville.",
            "Word differs: “north” → “sud”",
        ),
        (
            "The former minister was heard.",
            "Le ministre a été entendu.",
            "“former” is missing from the French",
        ),
        ("The former minister was heard.", "L’ex-ministre a été entendu.", ""),
    ),
)
def wrong_word(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Report, for each set, the one word of the source that another of the set replaced.

    What a term of the glossary has in the source and its set translation in the target is right.
    """
    if not pair.source or not pair.target:
        return
    for finding in _wrong_words(pair):
        places = product(finding.source_spans, finding.target_spans)
        if not any(are_in_one_term(pair, article, *place) for place in places):
            yield finding


def _wrong_words(pair: Pair) -> Iterator[Finding]:
    """Yield the findings, whatever the glossary has."""
    yield from _of_sets(pair)
    if (pair.source_language, pair.target_language) == ("en", "fr"):
        for span in lost_expressions(pair.source, pair.target):
            yield _missing(pair, span)
        for source, target in chain(exchanged_roles(pair), reversed_relatives(pair)):
            yield _differs(pair, source, target, _ROLES_SCORE)
    languages = (pair.source_language, pair.target_language)
    for source, target in reversed_directions(pair.source, pair.target, languages):
        yield _differs(pair, source, target, _DIRECTION_SCORE)


def _of_sets(pair: Pair) -> Iterator[Finding]:
    """Yield the words of the sets that were replaced, and those that are lost."""
    source = uses(pair.source, pair.source_language)
    target = uses(pair.target, pair.target_language)
    source_by_group, target_by_group = _by_group(source), _by_group(target)
    replaced: set[Span] = set()
    for group in sorted(source_by_group, key=_lost_last):
        here, there = source_by_group[group], target_by_group.get(group, [])
        lost = _only_here(here, there)
        gained = _only_here(there, here)
        if len(lost) == len(gained) == 1:
            wrong = _replaced(pair, lost[0], gained[0], _replaced_score(pair, lost[0], gained[0]))
            replaced.update(_shown_places(wrong))
            yield wrong
        elif gained:
            yield from _replaced_elsewhere(pair, _said_strictly(_strict(here), there), gained)
        elif lost:
            yield from _only_in_source(pair, lost, there, replaced)
        else:
            for words, others in exchanged(pair, here, there):
                yield _differs(pair, words, others, _EXCHANGED_SCORE)
            yield from _denied(pair, here, there)
            yield from _lost_beside_another(pair, here, there, replaced)
    yield from _of_other_sets(pair, source, target, replaced)


def _of_other_sets(
    pair: Pair, source: Sequence[Use], target: Sequence[Use], replaced: Collection[Span]
) -> Iterator[Finding]:
    """Yield the words that a word of another set replaced, except those that are reported.

    Only where the sets of the target have nearly all that those of the source have.
    """
    if {pair.source_language, pair.target_language} != {"en", "fr"}:
        return
    reported = set(replaced)
    for old, new in replaced_by_others(pair, source, target):
        if old.span not in reported:
            reported.add(old.span)
            yield _replaced(pair, old, new, _OTHER_SET_SCORE)


def _denied(pair: Pair, source: Sequence[Use], target: Sequence[Use]) -> Iterator[Finding]:
    """Yield the one word of a set of opposites that the target alone says with a *ne … pas*."""
    if len(source) != 1 or len(target) != 1:
        return
    here, there = source[0], target[0]
    if here.meanings != there.meanings or not _group(here).startswith("opposites "):
        return
    before = _NE_PAS.search(pair.target, max(0, there.span.start - _LONGEST_NAME), there.span.start)
    if before is None or pair.target_language != "fr":
        return
    if _IS_DENIED.search(pair.source):
        return
    if are_in_one_place(pair, here.span, there.span):
        yield _differs(pair, here.span, Span(before.start(), there.span.end), 0.65)


def _only_in_source(
    pair: Pair, lost: Sequence[Use], target: Sequence[Use], replaced: Collection[Span]
) -> Iterator[Finding]:
    """Yield the words of a set of which the target has none that is new.

    ``target`` are its words of this set, ``replaced`` the words that another set reported.
    """
    first = lost[0]
    group = _group(first)
    if _is_always_translated(group, pair):
        if _is_missing(pair, first, replaced):
            yield _missing(pair, first.span)
        return
    if group == "country" and not target and _is_lost_adjective(pair, lost):
        yield _missing(pair, first.span)
        return
    yield from _repeated_instead(pair, lost, _strict(target))


def _lost_beside_another(
    pair: Pair, here: Sequence[Use], there: Sequence[Use], replaced: Collection[Span]
) -> Iterator[Finding]:
    """Yield the small word that is missing where another of its set has the only counterpart.

    "It almost led to clashes … nearly half" has one *près de*, which is linked to "nearly". A word
    that is repeated French may say once.
    """
    if not there or len(here) != len(there) + 1:
        return
    if not _is_always_translated(_group(here[0]), pair):
        return
    texts = {use.span.of(pair.source).lower() for use in here}
    if len(texts) < len(here):
        return
    lost = _unlinked(pair, here, there)
    if len(lost) == 1 and _is_missing(pair, lost[0], replaced):
        yield _missing(pair, lost[0].span)


def _unlinked(pair: Pair, here: Iterable[Use], there: Sequence[Use]) -> list[Use]:
    """Return the uses of the source that are linked to none of those of the target."""
    found = []
    for use in here:
        links = [are_in_one_place(pair, use.span, other.span) for other in there]
        if not any(links):
            found.append(use)
    return found


def _shown_places(finding: Finding) -> tuple[Span, ...]:
    """Return the words of the source that the finding marks, none where it is not shown."""
    return finding.source_spans if finding.score >= SHOWN_SCORE else ()


def _lost_last(group: str) -> tuple[bool, str]:
    """Return what sorts the sets: a word that was replaced is not reported as lost, too."""
    return group.startswith(_ALWAYS_TRANSLATED), group


def _is_always_translated(group: str, pair: Pair) -> bool:
    """Return whether a word of the set is lost where the target, whose language has the set, has
    none."""
    if not group.startswith(_ALWAYS_TRANSLATED):
        return False
    return group in word_sets(pair.target_language).groups


def _is_missing(pair: Pair, use: Use, replaced: Collection[Span]) -> bool:
    """Return whether the word is lost, and neither replaced nor an "only" before a number, which
    another check reports."""
    if use.span in replaced:
        return False
    if (pair.source_language, pair.target_language) != ("en", "fr"):
        return True
    return not is_small_number(pair.source, use.span)


def _is_lost_adjective(pair: Pair, lost: Sequence[Use]) -> bool:
    """Return whether the one country lost is an adjective of a noun: "two American foundations"."""
    if len(lost) != 1:
        return False
    if (pair.source_language, pair.target_language) != ("en", "fr"):
        return False
    start, end = lost[0].span
    if pair.source[start:end] not in _NATIONALITIES:
        return False
    if _NAME_BEFORE.search(pair.source, max(0, start - _LONGEST_NAME), start):
        return False
    return _BEFORE_NOUN.match(pair.source, end) is not None


def _group(use: Use) -> str:
    return next(iter(use.meanings)).group


def _by_group(found: Iterable[Use]) -> dict[str, list[Use]]:
    """Return the uses of each set, in order."""
    groups: dict[str, list[Use]] = {}
    for each in found:
        groups.setdefault(_group(each), []).append(each)
    return groups


def _only_here(uses_here: Sequence[Use], uses_there: Sequence[Use]) -> list[Use]:
    """Return the uses of a set of which the other text has no meaning, one for each meaning."""
    there = _meanings(uses_there)
    found: dict[frozenset[Meaning], Use] = {}
    for each in uses_here:
        if each.meanings & there or not _is_strict(each):
            continue
        found.setdefault(each.meanings, each)
    return list(found.values())


def _meanings(found: Iterable[Use]) -> set[Meaning]:
    meanings: set[Meaning] = set()
    for each in found:
        meanings |= each.meanings
    return meanings


def _strict(found: Iterable[Use]) -> list[Use]:
    """Return the uses that are more than a possible counterpart."""
    return list(filter(_is_strict, found))


def _is_strict(use: Use) -> bool:
    return not all(meaning.is_loose for meaning in use.meanings)


def _said_strictly(found: Sequence[Use], there: Iterable[Use]) -> list[Use]:
    """Return the uses without those that the other text says in a more general word alone."""
    strict = _meanings(_strict(there))
    loose = _meanings(there) - strict
    return [use for use in found if not use.meanings & loose]


def _replaced_elsewhere(
    pair: Pair, source: Sequence[Use], gained: Sequence[Use]
) -> Iterator[Finding]:
    """Yield the words of the target alone that are linked to another word of their set.

    The word that was replaced may stand in the target for another: "raised … the first increase".
    """
    for new in gained:
        place = _with_auxiliary(pair, new)
        for old in source:
            if _exclude_each_other(old, new) and are_in_one_place(pair, old.span, place):
                yield _replaced(pair, old, new, 0.7)
                break


def _repeated_instead(pair: Pair, lost: Sequence[Use], target: Sequence[Use]) -> Iterator[Finding]:
    """Yield the words of the source alone that are linked to another word of their set.

    The source has that word, too: "exports to China fell, imports rose" with *importations* twice.
    """
    for old in lost:
        for new in target:
            if _exclude_each_other(old, new) and _stands_for(pair, old, new):
                yield _replaced(pair, old, new, 0.7)
                break


def _stands_for(pair: Pair, old: Use, new: Use) -> bool:
    """Return whether the words are linked; for "less often" and *plus souvent* their neighbours."""
    if are_in_one_place(pair, old.span, new.span):
        return True
    return _group(old) == "degree" and are_beside_counterparts(pair, old.span, new.span)


def _exclude_each_other(old: Use, new: Use) -> bool:
    """Return whether two words of one set cannot be said of the same thing."""
    if old.is_negated != new.is_negated:
        return False
    return not _is_finer(old, new)


def _with_auxiliary(pair: Pair, use: Use) -> Span:
    """Return the place of a word, with the auxiliary or "plus" before it: "raised" is linked to the
    "a" of "a abaissé"."""
    start = max(0, use.span.start - _LONGEST_AUXILIARY)
    before = _AUXILIARY.search(pair.target, start, use.span.start)
    return Span(before.start() if before else use.span.start, use.span.end)


def _replaced(pair: Pair, lost: Use, gained: Use, score: float) -> Finding:
    """Return the finding of two words that exclude each other."""
    return _differs(pair, lost.span, gained.span, score)


def _differs(pair: Pair, source: Span, target: Span, score: float) -> Finding:
    """Return the finding of words of the source that became others."""
    message = _("Word differs: “%(source)s” → “%(target)s”")
    if source.of(pair.source).casefold() == target.of(pair.target).casefold():
        message = _("“%(source)s”: false friend?")
    return mistranslation("wrong-word", message, score, pair, source, target)


def _replaced_score(pair: Pair, lost: Use, gained: Use) -> float:
    """Return a high score where two words stand in the same place, and none of them is negated."""
    if not _exclude_each_other(lost, gained):
        return 0.3
    place = _with_auxiliary(pair, gained)
    if are_in_one_place(pair, lost.span, place):
        return 0.8
    if _group(lost) in _ONLY_LINKED:
        return 0.3
    if are_beside_counterparts(pair, lost.span, place):
        return 0.7
    if _group(lost) in _NAMES and are_unlinked(pair, lost.span, gained.span):
        return 0.65
    if have_no_other_counterparts(pair, lost.span, place):
        return 0.6
    return 0.3


def _is_finer(left: Use, right: Use) -> bool:
    """Return whether one compass point is part of the other: north and northeast."""
    if _group(left) != "compass":
        return False
    for one, other in product(left.meanings, right.meanings):
        if one.name in other.name:
            return True
        if other.name in one.name:
            return True
    return False


def _missing(pair: Pair, lost: Span) -> Finding:
    return Finding(
        "wrong-word",
        "Omission",
        "major",
        _lost_score(pair),
        _("“%(words)s” is missing from the %(language)s"),
        {
            "language": language_name(pair.target_language),
            "words": lost.of(pair.source),
        },
        (lost,),
        caret=caret_at(pair, lost),
    )


def _lost_score(pair: Pair) -> float:
    """Return how likely an editor agrees that a small word is missing: less so in a long text.

    The longer a sentence, the more freely it is translated, and the more places may look so. The
    odds fall by the square root of the length, as those of other missing words do.
    """
    words = sum(word.is_word for word in pair.source_tokens)
    odds = LOST_SMALL_WORD / (1 - LOST_SMALL_WORD)
    odds *= math.sqrt(min(1.0, LONG_SENTENCE / max(words, 1)))
    return round(odds / (1 + odds), 2)
