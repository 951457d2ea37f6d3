"""What the segmenter and the aligner know about single languages: one small file of rules each.

A language is added by a file like its neighbours here and its line in ``LANGUAGES``; the encoder knows sixteen.
"""

from __future__ import annotations

from articles.segmentation.languages import de, en, es, fr
from articles.segmentation.languages.rules import Rules

LANGUAGES: dict[str, Rules] = {
    rules.code: rules for rules in (en.RULES, fr.RULES, es.RULES, de.RULES)
}


def rules_for(language: str) -> Rules:
    """The rules of ``language`` (ISO 639-1); rules without any words for a language that has no file."""
    return LANGUAGES.get(language) or Rules(code=language)
