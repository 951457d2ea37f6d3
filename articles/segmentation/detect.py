"""Which language a document is written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from articles.segmentation.languages import LANGUAGES

# A few thousand characters decide as well as a book, and quicker.
SAMPLE_LENGTH = 5000
# A language of ours is believed when the likeliest of all languages is at most so many times likelier:
# short texts with many names look like almost anything.
TOLERANCE = 2.0


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> str | None:
    """The two-letter code of the language of ``text``; None without letters, or in a language without a rule file."""
    if not any(character.isalpha() for character in text):
        return None
    ranked: list[tuple[str, float]] = _identifier().rank(text[:SAMPLE_LENGTH])
    best = ranked[0][1]
    return next(
        (code for code, chance in ranked if code in LANGUAGES and chance * TOLERANCE >= best), None
    )
