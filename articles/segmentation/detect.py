"""Which language a document is written in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from articles.segmentation.languages import LANGUAGES

SAMPLE_LENGTH = 5000
"""Characters that are looked at. A few thousand decide as well as a book, and faster."""

TOLERANCE = 2.0
"""How many times likelier than a supported language the likeliest of all languages may be.

Short texts with many names look like almost any language.
"""


def detect_language(text: str) -> str | None:
    """Return the two-letter code of the language of ``text``.

    Returns None for a text without letters, or in a language without a rule file.
    """
    if not any(character.isalpha() for character in text):
        return None
    ranked: list[tuple[str, float]] = _identifier().rank(text[:SAMPLE_LENGTH])
    highest = ranked[0][1]
    for code, probability in ranked:
        if code in LANGUAGES and probability * TOLERANCE >= highest:
            return code
    return None


def tell_language(text: str) -> str | None:
    """Return the language that a line of ``text`` is surely written in, None where it is not sure.

    Of names and figures alone every language may be detected: the line must have common words of
    its language, and more than of any other.
    """
    language = detect_language(text)
    if language is None:
        return None
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {
        code: sum(word in rules.common for word in words) for code, rules in LANGUAGES.items()
    }
    own = counts.pop(language)
    return language if own > max(counts.values()) else None


def forget_model() -> None:
    """Free the model: it takes 70 MB, and half a second when the next text comes.

    To be called by what detects languages now and then, in a process that lives for long.
    """
    _identifier.cache_clear()


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Return py3langid's identifier with probabilities, loaded once."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
