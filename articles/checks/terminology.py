"""The article's word lists: terms with set translations, and words that must not be translated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from simplemma import lemmatize

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token, tokens

_LETTERS = re.compile(r"\w+")
"""Letters and digits that stand together: a word, or a part of one with hyphens."""


@check(
    id="terminology",
    type="Inconsistent with terminology resource",
    severity="major",
    title=_("Glossary term not used"),
    help=_(
        "The source has a glossary term and the translation does not have its translation "
        "(several may be allowed, separated by |); or a word that is not to be translated is "
        "missing. Endings are ignored."
    ),
)
def terminology(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report glossary terms that are translated otherwise, and words that should have stayed."""
    if article.glossary:
        yield from _wrong_terms(pair, article)
    for word in article.do_not_translate:
        # Searching for the letters first is much faster than a pattern a word.
        if word not in pair.source:
            continue
        match = _find_word(word, pair.source)
        if not match or _find_word(word, pair.target):
            continue
        message = _("“%(source)s”: not to be translated")
        values = {"source": word}
        span = Span(*match.span())
        yield Finding("terminology", "Do not translate", "major", 0.85, message, values, (span,))


def find_terms(text: str, language: str, terms: Iterable[str]) -> list[str]:
    """Return those of the terms that stand in a text, whatever their endings."""
    words = tokens(text)
    lemmas = [_lemma(word.text, language) for word in words]
    return [term for term in terms if _find_term(_lemmas(term, language), lemmas, words)]


class TermSearch:
    """Finds which of many terms a text has: those that may change what the checks find in it.

    ``terms`` maps each term to its translations, "" where it is not translated.
    """

    def __init__(self, terms: Mapping[str, str], language: str) -> None:
        self.language = language
        self._translated: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._kept: list[str] = []
        for term, target in terms.items():
            lemmas = _lemmas(term, language)
            if not target:
                self._kept.append(term)
            elif lemmas:
                self._translated[lemmas[0]].append((term, target))

    def in_text(self, text: str) -> list[tuple[str, str]]:
        """Return the terms of the text with their translations, by term."""
        found = [(term, "") for term in self._kept if find_kept_words(term, text)]
        if self._translated:
            words = tokens(text)
            lemmas = [_lemma(word.text, self.language) for word in words]
            for lemma in set(lemmas):
                for term, target in self._translated.get(lemma, ()):
                    if _find_term(_lemmas(term, self.language), lemmas, words):
                        found.append((term, target))
        return sorted(found)


def are_in_one_term(pair: Pair, article: ArticleFacts, source: Span, target: Span) -> bool:
    """Return whether words stand in a glossary term and others in its set translation."""
    if not article.glossary:
        return False
    for terms, allowed in _terms_of_source(pair, article):
        if _is_in_any(source, terms) and _is_in_any(target, _find_any(allowed, pair)):
            return True
    return False


def _is_in_any(words: Span, places: list[Span]) -> bool:
    return any(place.start <= words.start and words.end <= place.end for place in places)


def find_kept_words(term: str, text: str) -> list[Span]:
    """Return where a term that is not translated stands in a text, in whatever capitals."""
    # Searching for the letters first is much faster than a pattern a term.
    if term.casefold() not in text.casefold():
        return []
    pattern = _whole_word(term)
    return [Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE)]


def words_to_search(texts: Iterable[str], language: str) -> set[str]:
    """Return the words of texts in the forms that ``PossibleTerms`` looks for."""
    found: set[str] = set()
    for text in texts:
        for word in tokens(text):
            found.add(_lemma(word.text, language))
        # A term that is not translated is found inside a word with hyphens, too.
        found.update(_parts(text))
    return found


class PossibleTerms:
    """Tells by the words of texts alone whether they may have one of many terms."""

    def __init__(self, terms: Iterable[str], language: str) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._has_marks = False
        for term in terms:
            parts = _parts(term)
            if not parts:
                self._has_marks = True  # a term of marks alone: no words rule it out
            for form in {parts, _lemmas(term, language)}:
                if form:
                    self._by_first[form[0]].append(form)

    def may_be_in(self, words: set[str]) -> bool:
        """Return whether texts with these words may have one of the terms; False if they cannot.

        ``words`` are those of ``words_to_search``. The words of a term may be apart in the texts.
        """
        if self._has_marks:
            return True
        for word in words & self._by_first.keys():
            if any(words.issuperset(form) for form in self._by_first[word]):
                return True
        return False


def _wrong_terms(pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Yield the terms of the source without any of their set translations in the target."""
    for spans, allowed in _terms_of_source(pair, article):
        if _find_any(allowed, pair):
            continue
        kind = "Inconsistent with terminology resource"
        message = _("“%(source)s”: the glossary has “%(wanted)s”")
        values = {"wanted": " / ".join(allowed), "source": spans[0].of(pair.source)}
        yield Finding("terminology", kind, "major", 0.8, message, values, (spans[0],))


def _terms_of_source(pair: Pair, article: ArticleFacts) -> Iterator[tuple[list[Span], list[str]]]:
    """Yield where each translated term stands in the source, with its translations."""
    source = [_lemma(word.text, pair.source_language) for word in pair.source_tokens]
    present = set(source)
    for term, wanted in article.glossary.items():
        lemmas = _lemmas(term, pair.source_language)
        # Nearly every term of a long glossary is passed over here.
        if not lemmas:
            continue
        if lemmas[0] not in present:
            continue
        spans = _find_term(lemmas, source, pair.source_tokens)
        allowed = [each.strip() for each in wanted.split("|") if each.strip()]
        if spans and allowed:
            yield spans, allowed


def _find_word(word: str, text: str) -> re.Match[str] | None:
    """Return where ``word`` stands in ``text`` as a whole word."""
    return re.search(_whole_word(word), text)


def _whole_word(word: str) -> str:
    return rf"(?<!\w){re.escape(word)}(?!\w)"


def _find_any(terms: list[str], pair: Pair) -> list[Span]:
    """Return where the target has any of ``terms``."""
    target = [_lemma(word.text, pair.target_language) for word in pair.target_tokens]
    found: list[Span] = []
    for term in terms:
        found += _find_term(_lemmas(term, pair.target_language), target, pair.target_tokens)
    return found


def _find_term(wanted: tuple[str, ...], lemmas: list[str], words: list[Token]) -> list[Span]:
    """Return where a term stands among the words, whatever its endings.

    A term in capitals (AI) keeps its case.
    """
    if not wanted:
        return []
    size = len(wanted)
    return [
        Span(words[at].start, words[at + size - 1].end)
        for at in range(len(words) - size + 1)
        if tuple(lemmas[at : at + size]) == wanted
    ]


def _parts(text: str) -> tuple[str, ...]:
    """Return the words of a text and the parts of those with hyphens, without capitals."""
    return tuple(word.casefold() for word in _LETTERS.findall(text))


@lru_cache(maxsize=65536)
def _lemmas(term: str, language: str) -> tuple[str, ...]:
    return tuple(_lemma(word.text, language) for word in tokens(term))


@lru_cache(maxsize=4096)
def _lemma(word: str, language: str) -> str:
    """Return the dictionary form of ``word``; a word in capitals as it is."""
    if word.isupper():
        return word
    try:
        return str(lemmatize(word.lower(), language))
    except ValueError:  # a language without lemmas
        return word.lower()
