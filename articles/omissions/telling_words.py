"""Frequent words that carry content all the same: their loss changes what a sentence says.

Frequency tells grammar from content for most words. These are as frequent as articles and
pronouns, but "only", "never", "both" or "two" are no grammar. A language without a list goes by
frequency alone; a language adds itself with one line of words.
"""

from __future__ import annotations

TELLING_WORDS = {
    "en": frozenset(
        "again all almost already also always another any approximately back barely big both "
        "certainly completely currently daily dozen each early eight enough entirely especially "
        "even ever every everybody everyone exactly few first five former formerly four fully "
        "generally half hardly hundred immediately indeed instead just last later least left less "
        "likely long main mainly many may maybe million more most mostly much nearly never new "
        "next nine no nobody none not nothing now often old once one only other own partly "
        "perhaps possible possibly probably proper quite rarely really recently right same second "
        "seven several simply six small some sometimes soon still suddenly ten third three today "
        "together tomorrow tonight too twice two usually very well yesterday yet young".split()
    ),
    "fr": frozenset(
        "actuellement ancien ancienne aucun aucune aujourd’hui aujourd'hui aussi autre autres "
        "bientôt cent chaque cinq demain demi dernier dernière deux deuxième déjà dix encore "
        "ensemble environ enfin grand grande hier huit jamais jeune jeunes jour juste longtemps "
        "maintenant mille million moins même neuf nouveau nouvelle parfois peu peut-être plus "
        "plusieurs premier première presque prochain prochaine quatre rarement récemment rien "
        "sept seul seule seulement six souvent surtout tard toujours tous toutes trois très tôt "
        "vieux vraiment".split()
    ),
    "de": frozenset(
        "acht alle allein alles alt alte andere anderen auch beide beiden bereits besonders bisher "
        "drei dritte ehemalige ehemaligen erst erste ersten etwa fast fünf ganz gestern groß große "
        "halb heute hundert immer jede jeder jetzt kaum kein keine klein lange letzte letzten "
        "mehr mehrere meist morgen nächste nächsten nein neu neue neuen neun nicht nichts nie "
        "niemand noch nur oft schon sechs sehr selten sieben sofort sogar tausend viel viele vier "
        "vielleicht wenig wenige weniger wieder zehn zusammen zwei zweite zweimal".split()
    ),
    "es": frozenset(
        "además ahora algunos ambos antes antiguo apenas aún ayer bastante casi cada cien cinco "
        "cuatro demasiado después diez dos especialmente gran grande hoy incluso joven jóvenes "
        "juntos largo luego mañana mayor mejor menos menudo mil millón mismo misma mucho muchos "
        "muy nada nadie ninguno no nueva nueve nuevo nunca ocho otra otro otros pequeño poco pocos "
        "pronto primer primera quizá quizás raramente seis siempre siete sola solo sólo también "
        "tampoco tarde todavía todo todos tres última último varios vez viejo ya".split()
    ),
}
"""The words of each language, in lower case."""


def is_telling(word: str, language: str) -> bool:
    """Return whether ``word`` is one of the language's frequent words that carry content."""
    return word.lower() in TELLING_WORDS.get(language, frozenset())
