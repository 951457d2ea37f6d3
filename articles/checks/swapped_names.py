"""Names that changed places: "from Eibar to Gernika" became *de Gernika à Eibar*.

Two names in another order are no fault, as French may put what is said of them in another order,
too. They changed places where what stands beside each of them is said of the other one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from articles.checks.counterparts import linked_places
from articles.checks.name_words import is_capitalised
from articles.checks.registry import Finding, Pair
from articles.omissions.pair_parts import PairPart
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token

FARTHEST = 16
"""Tokens between two names that are compared."""
BESIDE = 5
"""Tokens before a name, and behind it, that may say something of it."""
NEARER = 2
"""So much nearer to the other name than to its own a word must stand."""
BREAK = 3
"""Words that a conjunction counts for between a name and what is said of it."""
_BREAKS = ("and", "et", "but", "mais", ";", "while", "tandis")
MOST_NAMES = 40
LEAST_LETTERS = 4
"""Letters of a word that says something."""
LANGUAGES = ("en", "fr")
"""The languages that the words below are of."""
ACT = 2
"""Words between two names of which the one does something to the other: "beat", *a battu*."""
SCORE = 0.75
_START = frozenset("de d’ d' depuis du".split())
_GOAL = frozenset("à au vers jusqu’ jusqu'".split())
_JOINED = frozenset(("and", "or", ",", "&", "/", "-", "’s", "'s", "’", "'"))
"""What stands between names that French tells in another order: *les Auris de Toyota*."""
_NO_ACT = frozenset(
    "and or of in to from at by for with on ’s 's than as , . ; : ( ) “ ” « » - – — ’ ' & / over "
    "the an a is was are were be been".split()
)
"""Words between two names that say other things than that the one does something to the other."""
_ACTS = tuple(
    (re.compile(rf"(?:{english})\Z"), re.compile(rf"(?:{french})"))
    for english, french in {
        r"beats?|defeat(?:s|ed)|thrash(?:es|ed)|overc[oa]mes?|eliminat(?:es|ed)": (
            r"bat\Z|batt|défai|domin|vainc|surclass|écras|élimin"
        ),
        r"kill(?:s|ed)|murder(?:s|ed)|shot|stab(?:s|bed)": r"tu[eé]|assassin|abatt|poignard",
        r"hits?|attack(?:s|ed)|punch(?:es|ed)|slapp?(?:s|ed)": r"frapp|attaqu|agress|gifl",
        r"su(?:es|ed)|prosecut(?:es|ed)": r"poursui|attaqu|assign",
        r"arrest(?:s|ed)": r"arrêt|interpell",
        r"accus(?:es|ed)|blam(?:es|ed)": r"accus|reproch|blâm",
        r"buys|bought|acquir(?:es|ed)": r"achet|achèt|rachet|rachèt|acqui",
        r"fir(?:es|ed)|sack(?:s|ed)": r"licenci|limog|renv[oe]|congédi|vir[eé]",
        r"hir(?:es|ed)|appoint(?:s|ed)": r"embauch|recrut|engag|nomm",
        r"criticis(?:es|ed)|criticiz(?:es|ed)|insult(?:s|ed)": r"critiqu|insult|injuri",
        r"prais(?:es|ed)|thank(?:s|ed)": r"lou[eé]|félicit|salu|remerci",
        r"sav(?:es|ed)|rescu(?:es|ed)|help(?:s|ed)": r"sauv|secour|aid[eé]",
        r"replac(?:es|ed)": r"remplac|succéd|succèd",
        r"overt(?:ook|akes)": r"dépass|doubl|devanc",
    }.items()
)
"""Verbs of which the one name is who acts, and what French says for them in the same direction."""
_NO_ACT_IN_FRENCH = frozenset(
    "par de d’ d' du des à au aux et ou contre que qu’ qu' face devant chez en pour avec dans sur "
    "été être se s’ s' dont où le la les l’ l' un une est sont fut , . ; : ( ) “ ” « » - – — ’ ' "
    "& /".split()
)
"""Words between two names where the first is not who acts: *a été battu par*."""


class _Name(NamedTuple):
    """A name of several words that stands once on either side: its first and last tokens."""

    source: tuple[int, int]
    target: tuple[int, int]


def swapped_names(pair: Pair) -> Iterator[Finding]:
    """Yield two names that changed places, with the words between them on either side."""
    if (pair.source_language, pair.target_language) != LANGUAGES:
        return
    for part in pair.parts:
        for left, right in pairwise(_names(part)):
            if _are_reversed(left, right) and _are_swapped(pair, part, left, right):
                yield _finding(pair, part, left, right)


def _finding(pair: Pair, part: PairPart, left: _Name, right: _Name) -> Finding:
    """Return the finding, which quotes the two names and marks what is between them, too."""
    first = _span(part.source, left.source, left.source)
    second = _span(part.source, right.source, right.source)
    source = Span(first.start, second.end)
    target = _span(part.target, right.target, left.target)
    message = _("Names change places: “%(first)s”, “%(second)s”")
    values = {"first": first.of(pair.source), "second": second.of(pair.source)}
    places = ((source,), (target,))
    return Finding("names", "Mistranslation", "major", SCORE, message, values, *places)


def _span(words: Sequence[Token], first: tuple[int, int], last: tuple[int, int]) -> Span:
    return Span(words[first[0]].start, words[last[1]].end)


def _names(part: PairPart) -> list[_Name]:
    """Return the names that stand once on either side, in the order of the source."""
    source = _places_of_names(part.source)
    target = _places_of_names(part.target)
    names: list[_Name] = []
    for text, at in source.items():
        place = target.get(text)
        if place is None:
            continue
        name = _Name((at, at), (place, place))
        if names and _continues(names[-1], name):
            first = names.pop()
            name = _Name((first.source[0], at), (first.target[0], place))
        names.append(name)
    return names[:MOST_NAMES]


def _places_of_names(words: Sequence[Token]) -> dict[str, int]:
    """Return where each word with a capital stands that stands there once."""
    counts = Counter(word.text for word in words)
    places = {}
    for at, word in enumerate(words):
        if counts[word.text] == 1 and is_capitalised(word):
            places[word.text] = at
    return places


def _continues(first: _Name, second: _Name) -> bool:
    """Return whether the second is the next word of the first on both sides."""
    in_source = second.source[0] - first.source[1]
    in_target = second.target[0] - first.target[1]
    return in_source == in_target == 1


def _are_reversed(left: _Name, right: _Name) -> bool:
    """Return whether two names that stand near each other have another order in the target."""
    apart = right.source[0] - left.source[1]
    return apart <= FARTHEST and right.target[1] < left.target[0]


def _are_swapped(pair: Pair, part: PairPart, left: _Name, right: _Name) -> bool:
    """Return whether what the source says of each name the target says of the other."""
    between = _between(part.source, left.source, right.source)
    if between <= _JOINED:
        return False
    first = _before(part.source, left.source)
    if first in ("from", "between"):
        return first == "from" and _goes_back(part, left, right)
    if len(between) <= ACT and between.isdisjoint(_NO_ACT):
        back = _between(part.target, right.target, left.target)
        return len(back) <= ACT + 1 and _are_one_act(between, back)
    of_left = _votes(pair, part, left, right)
    of_right = _votes(pair, part, right, left)
    votes = [*of_left, *of_right]
    has_both = bool(of_left) and bool(of_right)
    are_of_other = all(votes)
    return has_both and are_of_other


def _goes_back(part: PairPart, left: _Name, right: _Name) -> bool:
    """Return whether the source goes from the left name to the right one, the target back."""
    if _before(part.source, right.source) != "to":
        return False
    start = _before(part.target, right.target)
    goal = _before(part.target, left.target)
    return start in _START and goal in _GOAL


def _are_one_act(between: set[str], back: set[str]) -> bool:
    """Return whether the words between the names say the same act with who acts first."""
    if not back.isdisjoint(_NO_ACT_IN_FRENCH):
        return False
    for english, french in _ACTS:
        if any(map(english.match, between)):
            return any(map(french.match, back))
    return False


def _between(words: Sequence[Token], left: tuple[int, int], right: tuple[int, int]) -> set[str]:
    tokens = words[left[1] + 1 : right[0]]
    texts = [word.text for word in tokens]
    lowered = map(str.lower, texts)
    return set(lowered)


def _before(words: Sequence[Token], place: tuple[int, int]) -> str:
    """Return the word before a name in lower case, "" at the beginning."""
    first = place[0]
    if not first:
        return ""
    word = words[first - 1]
    return word.text.lower()


def _votes(pair: Pair, part: PairPart, name: _Name, other: _Name) -> list[bool]:
    """Return for each word right beside the name whether its counterpart is nearer to the other."""
    first, last = name.source
    start = max(0, first - BESIDE)
    end = last + 1 + BESIDE
    numbers = {word.start: at for at, word in enumerate(part.target)}
    votes = []
    for at, word in enumerate(part.source[start:end], start):
        own = _distance(part.source, at, name.source)
        is_other = _distance(part.source, at, other.source) <= own
        if is_other or not _says_something(word):
            continue
        for place in linked_places(pair, {word.start}):
            number = numbers[place]
            nearest = _distance(part.target, number, other.target)
            votes.append(nearest + NEARER <= _distance(part.target, number, name.target))
    return votes


def _distance(words: Sequence[Token], at: int, place: tuple[int, int]) -> int:
    """Return how far the word ``at`` is from a name, farther over a conjunction."""
    first, last = place
    start = min(at, last)
    end = max(at, first)
    between = words[start + 1 : end]
    texts = [word.text.lower() for word in between]
    breaks = sum(map(texts.count, _BREAKS))
    return len(between) + BREAK * breaks


def _says_something(word: Token) -> bool:
    text = word.text
    return text.islower() and len(text) >= LEAST_LETTERS
