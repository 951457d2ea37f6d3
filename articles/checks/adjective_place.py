"""Where a dropped English adjective belongs: French and Spanish put most behind their noun."""

from __future__ import annotations

from collections.abc import Sequence

from articles.omissions.pair_parts import PairPart
from articles.text.tokens import Token

_DETERMINERS = frozenset(
    "a an the his her its their our my your this that these those each every some any no two three"
    " four five six seven eight nine ten several many another".split()
)
"""Words that a noun phrase begins with: what stands between them and the noun describes it."""

_ADJECTIVES_BEFORE_NOUN = frozenset(
    "former new old young big great large small little long good bad better best worse worst first"
    " second third fourth fifth last next other main own same such whole entire various numerous"
    " certain true high short fine vast so-called late future beautiful pretty top prime".split()
)
"""Adjectives whose usual translation stands before the noun."""

_OF_NO_NOUN = frozenset(
    "more most few nearly almost about just only even still very too quite rather up over under"
    " many several".split()
)
"""Words that describe no noun, or are no adjectives."""

_ADJECTIVES_IN_LY = frozenset(
    "friendly early daily weekly monthly yearly elderly costly deadly lonely".split()
)

_TARGET_BEFORE_NOUN = frozenset(
    "grand grande grands grandes petit petite petits petites premier première premiers premières"
    " nouveau nouvel nouvelle nouveaux nouvelles ancien ancienne anciens anciennes vieux vieil"
    " vieille vieilles jeune jeunes bon bonne bons bonnes mauvais mauvaise haut haute autre autres"
    " même mêmes gran primer primera nuevo nueva antiguo antigua viejo vieja otro otra".split()
)
"""French and Spanish adjectives that stand between a determiner and the noun."""

_OF = frozenset("de d’ d' du des del".split())
_JOINING = _OF | frozenset("à au aux en la le les l’ l' el los las".split())
"""Words that join the nouns of a group: “station de pompage”."""

_ENDS_GROUP = _DETERMINERS | frozenset(
    "of in on at by for from to into with and or but as than near after before behind is was are"
    " were be been has have had will would can could may might must not that which who whose when"
    " where while".split()
)
"""Words that stand in no group of nouns."""

_GROUP_WORDS = 3
"""Words of the longest group of nouns that is looked at: “customer service team”."""


def place_behind_noun(part: PairPart, first: int, end: int, caret: int) -> int:
    """Return where in the target the source tokens ``first`` to ``end`` belong, from their caret.

    It is behind the group of nouns where a single word is lost between a determiner and the group
    ("the municipal pumping station", *la station de pompage* without *municipale*), and the
    translation of the group follows the caret.
    """
    if end - first != 1:
        return caret
    if first == 0:
        return caret
    if not _describes(part.source[first - 1], part.source[first].text):
        return caret
    following = _following_noun(part.target, caret)
    if following is None:
        return caret
    modifiers = _modifiers(part, end, following)
    if modifiers is None:
        return caret
    return part.target[_last_of_group(part, following, modifiers)].end


def _describes(before: Token, word: str) -> bool:
    """Return whether ``word``, after ``before``, describes a noun and goes behind it in French."""
    if not _may_precede(before.text.lower()):
        return False
    lower = word.lower()
    if lower in _ADJECTIVES_BEFORE_NOUN or lower in _OF_NO_NOUN:
        return False
    if lower in _ADJECTIVES_IN_LY:
        return True
    return not lower.endswith("ly")


def _may_precede(word: str) -> bool:
    """Return whether an adjective may stand between ``word`` and the noun."""
    if word in _DETERMINERS or word in _ADJECTIVES_BEFORE_NOUN:
        return True
    return word.endswith("est") and len(word) > 5


def _following_noun(words: Sequence[Token], place: int) -> int | None:
    """Return the number of the first word at or behind a place, None where a mark comes first.

    Adjectives that stand before their noun are passed over.
    """
    for number, word in enumerate(words):
        if word.start < place:
            continue
        if not word.is_word:
            return None
        if word.text.lower() not in _TARGET_BEFORE_NOUN:
            return number
    return None


def _modifiers(part: PairPart, start: int, noun: int) -> range | None:
    """Return the numbers of the source's words, from ``start``, that stand before the head noun.

    The head is what the target's word ``noun`` translates; None where that is no noun of the group
    that begins at ``start``. A noun that translates nothing may have its only modifier behind it:
    *centrale électrique*, of which only *électrique* is linked (to "power").
    """
    links = part.links.links
    heads = []
    for number in range(start, min(start + _GROUP_WORDS, len(part.source))):
        word = part.source[number]
        if not word.is_word or word.text.lower() in _ENDS_GROUP:
            break
        if (number, noun) in links:
            heads.append(number)
    if heads:
        return range(start, heads[-1])
    if noun not in _linked_places(part) and (start, noun + 1) in links:
        return range(start, start + 1)
    return None


def _linked_places(part: PairPart) -> set[int]:
    """Return the numbers of the target's words that translate something."""
    places = set()
    for _number, place in part.links.links:
        places.add(place)
    return places


def _last_of_group(part: PairPart, noun: int, modifiers: range) -> int:
    """Return the number of the last word of the target's group that begins with ``noun``.

    To it belong the words that translate the ``modifiers``, joined by “de” or nothing.
    """
    own: set[int] = set()
    for number, place in part.links.links:
        if number in modifiers:
            own.add(place)
    last = noun
    for at in range(noun + 1, len(part.target)):
        if at in own or _completes_group(part, at, modifiers):
            last = at
        elif part.target[at].text.lower() not in _JOINING:
            break
    return last


def _completes_group(part: PairPart, at: int, modifiers: range) -> bool:
    """Return whether the target's word translates nothing and stands behind “de”.

    An example is *fer* in *ligne de chemin de fer*, where "railway" is linked to *chemin*.
    """
    if not modifiers or not part.target[at].is_word:
        return False
    if part.target[at - 1].text.lower() not in _OF:
        return False
    return at not in _linked_places(part)
