"""Where a dropped English adjective belongs: French and Spanish put most behind their noun."""

from __future__ import annotations

from collections.abc import Sequence

from articles.omissions.pair_parts import PairPart
from articles.text.tokens import Token

_DETERMINERS = frozenset(
    "a an the his her its their our my your this that these those each every some any no two three"
    " four five six seven eight nine ten several many".split()
)
"""Words that a noun phrase begins with: what stands between them and the noun describes it."""

_BEFORE_NOUN = frozenset(
    "former new old young big great large small little long good bad better best worse worst first"
    " second third fourth fifth last next other more most many several few main own same such whole"
    " entire various numerous certain true high short fine vast so-called nearly almost about just"
    " only even still very too quite rather up over under late future beautiful pretty top".split()
)
"""Words whose usual translation stands before the noun, and those that describe no noun."""

_ADJECTIVES_IN_LY = frozenset(
    "friendly early daily weekly monthly yearly elderly costly deadly lonely".split()
)


def place_behind_noun(part: PairPart, first: int, end: int, caret: int) -> int:
    """Return where in the target the source tokens ``first`` to ``end`` belong, from their caret.

    It is behind the noun where a single word is lost between a determiner and its noun ("the
    northern town", *la ville* without *du nord*), and the noun's translation follows the caret.
    """
    if end - first != 1:
        return caret
    if first == 0:
        return caret
    if end >= len(part.source):
        return caret
    if not _describes(part.source[first - 1], part.source[first].text):
        return caret
    following = _following_word(part.target, caret)
    if following is None:
        return caret
    if (end, following) not in part.links.links:
        return caret
    return part.target[following].end


def _describes(before: Token, word: str) -> bool:
    """Return whether ``word``, between ``before`` and a noun, goes behind the noun in French."""
    if before.text.lower() not in _DETERMINERS:
        return False
    lower = word.lower()
    if lower in _BEFORE_NOUN:
        return False
    if lower in _ADJECTIVES_IN_LY:
        return True
    return not lower.endswith("ly")


def _following_word(words: Sequence[Token], place: int) -> int | None:
    """Return the number of the first word at or behind a place, None where a mark comes first."""
    for number, word in enumerate(words):
        if word.start < place:
            continue
        if word.is_word:
            return number
        return None
    return None
