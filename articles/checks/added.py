"""Added phrase: words of the translation that no word of the source says (Accuracy › Addition); the mirror of dropped.

The same eyes look from the other side. They learnt on dropped words only, and translators add more freely than they
drop (a name explained, a pronoun spelt out), so this speaks up only when it is surer.
"""

from __future__ import annotations

from collections.abc import Iterable

from articles.checks.dropped import language_name, whole_words
from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.omissions.omission_spans import find_omitted_runs
from articles.text.document import Span
from articles.text.messages import gettext_noop as _

DOUBT = 0.65
"""What a probability from the other side is multiplied with."""


@check(
    id="added",
    type="Addition",
    severity="minor",
    title=_("Added phrase"),
    help=_("Words of the translation that seem to have no counterpart in the source."),
    examples=(
        (
            "The minister arrived in Rome on Tuesday.",
            "Le ministre est arrivé à Rome mardi avec une douzaine de conseillers et sa famille.",
            "Possible addition: no English words for “avec une douzaine de conseillers et sa famille”.",
        ),
        ("The minister arrived in Rome on Tuesday.", "Le ministre est arrivé à Rome mardi.", ""),
    ),
)
def added(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """The likeliest stretch of the target without counterpart."""
    del article
    links = pair.links.swapped
    languages = (pair.target_language, pair.source_language)
    for stretch in find_omitted_runs(links, pair.target_tokens, pair.source_tokens, languages)[:1]:
        first, end = whole_words(pair.target_tokens, links, stretch)
        span = Span(pair.target_tokens[first].start, pair.target_tokens[end - 1].end)
        words = span.of(pair.target).strip('“”«»"\u00a0\u202f ')
        values = {"language": language_name(pair.source_language), "words": words}
        message = _("Possible addition: no %(language)s words for “%(words)s”.")
        score = DOUBT * stretch.probability
        yield Finding("added", "Addition", "minor", score, message, values, target_spans=(span,))
