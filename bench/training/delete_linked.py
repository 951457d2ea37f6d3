"""Deletes the translation of one word, found by word links, so in any language.

Machine translation loses single words above all where the sentence stands without them: an adverb,
an adjective, a noun before a noun ("watery soup", "daily papers", "World Health Organization").
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from articles.omissions.features import word_frequency
from articles.omissions.word_aligner import WordLinks
from articles.text.document import Span
from articles.text.thresholds import COMMON_WORD
from articles.text.tokens import Token
from bench.training.delete_words import Shortened, without_span

SMALL_WORDS = set(
    "actually again all almost already also always another any apparently approximately at "
    "away back barely both certainly clearly completely currently daily dozen each early easily "
    "eight eighteen either else enough entirely equally especially even eventually ever every "
    "everybody everyone exactly few fifteen fifth fifty finally first five former formerly four "
    "fourth frequently fully generally half hardly here highly however hundred immediately indeed "
    "instead junior just largely last later least less likely main mainly many may maybe merely "
    "million more moreover most mostly much mutual nearly never new next nine no nobody none not "
    "nothing now often once one only other otherwise own partly perhaps possible possibly "
    "potentially previously probably proper quite rarely rather really recently regularly "
    "respectively same second secondly senior seven several shortly simply six sixteen some "
    "sometimes soon still strongly suddenly ten then there therefore third thirty "
    "thousand three thus today together tomorrow too tonight totally twelve twenty twice two "
    "typically unfortunately usually vast very virtually well yesterday yet young".split()
)
"""English words whose loss changes the meaning though the sentence stands without them."""
SMALL_WORD_WEIGHT = 4.0
NAME_WEIGHT = 3.0
"""Within a name of several words, which its other words seem to cover."""
MODIFIER_WEIGHT = 2.0
"""How much likelier such a word is chosen than another content word."""
LEAST_LINK = 0.25
JOINING = {
    "fr": set("de d’ d' du des à au aux en par pour l’ l' la le les un une".split()),
    "es": set("de del a al en por para la el los las un una".split()),
    "de": set("der die das den dem des ein eine einen einem einer von vom zu zum im in".split()),
    "en": set("of the a an to in for at on by".split()),
}
"""Words before a deleted word that often go with it."""
JOINING_SHARE = 0.8


def delete_linked_word(
    links: WordLinks,
    source: Sequence[Token],
    target: Sequence[Token],
    texts: tuple[str, str],
    languages: tuple[str, str],
    rng: random.Random,
) -> Shortened | None:
    """Return the target less the translation of one word of the source; None where none can go.

    ``texts`` and ``languages`` are those of the source and of the target.
    """
    weights: dict[tuple[int, int], float] = {}
    for i, j in links.links:
        weight = _weight(source, i, languages[0])
        if weight and target[j].is_word and links.placed[i, j] > LEAST_LINK:
            weights[i, j] = weight
    if not weights or len(target) < 5:
        return None
    _i, j = rng.choices(list(weights), list(weights.values()))[0]
    first = _with_joining_words(target, j, languages[1], rng)
    span = Span(target[first].start, target[j].end)
    return without_span(texts[1], span, "linked", rng)


def _weight(words: Sequence[Token], at: int, language: str) -> float:
    """Return how often a word of the source is chosen, 0 for never."""
    word = words[at]
    if not word.is_word:
        return 0.0
    lower = word.text.lower()
    if language == "en" and lower in SMALL_WORDS:
        return SMALL_WORD_WEIGHT
    if word_frequency(lower, language) >= COMMON_WORD:
        return 0.0
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or not following.is_word:
        return 1.0
    if at and word.text[0].isupper() and following.text[0].isupper():
        return NAME_WEIGHT
    if word_frequency(following.text.lower(), language) < COMMON_WORD:
        return MODIFIER_WEIGHT
    return 1.0


def _with_joining_words(words: Sequence[Token], at: int, language: str, rng: random.Random) -> int:
    """Return where the deletion begins: often with the article or preposition before the word."""
    first = at
    joining = JOINING.get(language, set())
    while first and words[first - 1].text.lower() in joining and rng.random() < JOINING_SHARE:
        first -= 1
    return first
