"""What the segmenter and the aligner know about single languages: one small file of rules each.

To add a language, add a file like the others here and its line in ``LANGUAGES``. The sentence
encoder knows sixteen languages.
"""

from __future__ import annotations

from articles.segmentation.languages import de, en, es, fr
from articles.segmentation.languages.rules import Rules

LANGUAGES: dict[str, Rules] = {
    rules.code: rules for rules in (en.RULES, fr.RULES, es.RULES, de.RULES)
}


def rules_for(language: str) -> Rules:
    """Return the rules of ``language`` (ISO 639-1); rules without words where it has no file."""
    return LANGUAGES.get(language) or Rules(code=language)
