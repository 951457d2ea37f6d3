"""Frequent words that carry content all the same: their loss changes what a sentence says.

Frequency tells grammar from content for most words. These are as frequent as articles and
pronouns, but "only", "never", "both" or "two" are no grammar. What is less frequent than
``COMMON_WORD`` is content without them. A language without a list goes by frequency alone; a
language adds itself with one line of words.
"""

from __future__ import annotations

TELLING_WORDS = {
    "en": frozenset(
        "again all already also always another any back big both each enough even ever "
        "every few first four just last left long many may more most much never new next "
        "no not nothing now old once one only other own really right same second small "
        "some still three today too two very well yet".split()
    ),
    "fr": frozenset(
        "aujourd’hui aujourd'hui aussi autre autres chaque deux déjà encore grand grande "
        "jamais jour juste maintenant moins même nouveau nouvelle peu peut-être plus "
        "plusieurs premier première rien seul toujours tous toutes trois très vraiment".split()
    ),
    "de": frozenset(
        "alle alles andere anderen auch beiden bereits drei erst erste ersten etwa fast "
        "ganz große heute immer jeder jetzt kein keine lange letzten mehr nein neue neuen "
        "nicht nichts nie noch nur schon sehr sogar viel viele vielleicht wieder zusammen "
        "zwei".split()
    ),
    "es": frozenset(
        "además ahora algunos antes aún casi cada después dos gran hoy luego mayor mejor "
        "menos mismo misma mucho muchos muy nada nadie no nueva nuevo nunca otra otro "
        "otros poco primer primera siempre solo sólo también todo todos tres vez ya".split()
    ),
}
"""The words of each language, in lower case."""


def is_telling(word: str, language: str) -> bool:
    """Return whether ``word`` is one of the language's frequent words that carry content."""
    return word.lower() in TELLING_WORDS.get(language, frozenset())
