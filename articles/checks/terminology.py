"""The article's own word lists: terms with a set translation, and words that are not to be translated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from simplemma import lemmatize

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token, tokens


@check(
    id="terminology",
    type="Inconsistent with terminology resource",
    severity="major",
    title=_("Not the glossary’s term"),
    help=_(
        "The source has a term of the glossary and the translation not its set translation (several may be allowed, "
        "separated by |); or a word that is not to be translated is missing. Endings are ignored."
    ),
)
def terminology(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Terms of ``article.glossary`` and ``article.do_not_translate`` found in the source, but not as wished in the
    target."""
    source = (
        [_base(word.text, pair.source_language) for word in pair.source_tokens]
        if article.glossary
        else []
    )
    there = set(source)
    for term, wanted in article.glossary.items():
        bases = _bases(term, pair.source_language)
        if not bases or bases[0] not in there:  # as for nearly every term of a long glossary
            continue
        allowed = [each.strip() for each in wanted.split("|") if each.strip()]
        spans = _where(bases, source, pair.source_tokens)
        if spans and allowed and not any(_translated(each, pair) for each in allowed):
            message = _("Possible wrong term: the glossary has “%(wanted)s” for “%(source)s”.")
            values = {"wanted": " / ".join(allowed), "source": spans[0].of(pair.source)}
            yield Finding(
                "terminology",
                "Inconsistent with terminology resource",
                "major",
                0.8,
                message,
                values,
                (spans[0],),
            )
    for word in article.do_not_translate:
        match = word in pair.source and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", pair.source)
        if match and not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", pair.target):
            message = _("Possible translation of “%(source)s”, which is not to be translated.")
            yield Finding(
                "terminology",
                "Do not translate",
                "major",
                0.85,
                message,
                {"source": word},
                (Span(*match.span()),),
            )


def _translated(term: str, pair: Pair) -> bool:
    target = [_base(word.text, pair.target_language) for word in pair.target_tokens]
    return bool(_where(_bases(term, pair.target_language), target, pair.target_tokens))


def _where(wanted: tuple[str, ...], bases: list[str], words: list[Token]) -> list[Span]:
    """Where a term stands among the words, whatever its endings; a term in capitals (AI) keeps its case."""
    return [
        Span(words[at].start, words[at + len(wanted) - 1].end)
        for at in range(len(words) - len(wanted) + 1)
        if wanted and tuple(bases[at : at + len(wanted)]) == wanted
    ]


@lru_cache(maxsize=65536)
def _bases(term: str, language: str) -> tuple[str, ...]:
    return tuple(_base(word.text, language) for word in tokens(term))


@lru_cache(maxsize=4096)
def _base(word: str, language: str) -> str:
    if word.isupper():
        return word
    try:
        return str(lemmatize(word.lower(), language))
    except ValueError:  # a language without lemmas
        return word.lower()
