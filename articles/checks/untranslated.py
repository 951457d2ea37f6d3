"""Words left in the language of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from simplemma import is_known
from wordfreq import zipf_frequency

from articles.checks.registry import BOTH_WAYS, FROM_ENGLISH, ArticleFacts, Finding, Pair, check
from articles.checks.terminology import find_kept_words
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.quotation import quotations
from articles.text.tokens import Token

_FREQUENCY_GAP = 1.5
"""How much more frequent a word must be in its own language than in the other (Zipf scale)."""
_ADOPTED_GAP = 2.1
_ADOPTED_FREQUENCY = 3.0
"""A single word with a smaller gap that is so frequent in the other language (Zipf scale) may be
one that it has adopted: *menés deux down*, *un gin party*."""
_LEAST_FREQUENCY = 2.0
"""How frequent a word must be in its own language to be known as one of its words."""
_UNITS = frozenset({"mph", "kph", "bps"})
_ADOPTED = {"fr": frozenset("bipartisan birdie bogey fairway fairways putter topspin".split())}
"""Words that a language has taken over and whose frequency does not say so: of politics, sport."""
_OF_GOLF = {"fr": frozenset(("rough", "slice"))}
"""Those that are words of its own only where golf is spoken of."""
_GOLF = re.compile(
    r"\b(?:[Gg]olf\w*|[Bb]irdies?|[Bb]ogeys?|[Ff]airways?|[Pp]utt\w*|greens?|tee(?![ -]?shirt)"
    r"|[Bb]unkers?|ball)\b"
)
"""Words that say so. “Green” may be of a party, “a par” of anything."""
_IN_ADDRESS_BEFORE = tuple("./@#-_’'")
_IN_ADDRESS_AFTER = tuple("/@_-")
_ELISION = re.compile(r"^(?:[dl]|qu)[’']", re.I)
_DOT_AND_LETTER = re.compile(r"\.\w")
_AROUND = 60
"""Characters beside a word in which the words of its name are looked for."""


@check(
    id="untranslated",
    type="Untranslated",
    severity="major",
    title=_("Untranslated word"),
    help=_(
        "A word of the source stands in the translation as it was, and is common in the source’s "
        "language but not in the translation’s. Names, titles and quoted words are left alone."
    ),
    languages=BOTH_WAYS,
    measured=FROM_ENGLISH,
    examples=(
        (
            "The writers lost the strike.",
            "Les writers ont perdu la grève.",
            "“writers”: left untranslated?",
        ),
        ("They love the buzz.", "Ils aiment le buzz.", ""),
    ),
)
def untranslated(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report each run of words that are at home in the source's language alone."""
    kept = _kept_terms(pair, article.do_not_translate)
    quoted = _kept_quotations(pair)
    for run in _foreign_runs(pair, kept):
        if _is_in_a_name(run, pair):
            continue
        span = Span(run[0].start, run[-1].end)
        if any(quote.start <= span.start and span.end <= quote.end for quote in quoted):
            score = 0.3
        else:
            score = _score_of_run(run, pair)
        yield _finding(pair, span, score)


def _score_of_run(run: list[Token], pair: Pair) -> float:
    """Return a score by the number of words; a single one that may be adopted is unlikely."""
    if len(run) == 1 and _may_be_adopted(run[0].text, pair):
        return 0.45
    return min(0.9, 0.55 + 0.1 * len(run))


def _may_be_adopted(word: str, pair: Pair) -> bool:
    """Return whether the target's language uses the word often enough to have adopted it."""
    adopted = zipf_frequency(word, pair.target_language)
    if adopted < _ADOPTED_FREQUENCY:
        return False
    return zipf_frequency(word, pair.source_language) - adopted < _ADOPTED_GAP


def _kept_quotations(pair: Pair) -> list[Span]:
    """Return the quotations of the target whose words the source has too."""
    spans = []
    for quotation in quotations(pair.target):
        words = quotation.span.of(pair.target).strip("“”«»\"'’‘ \u00a0\u202f,.")
        if quotation.complete and words in pair.source:
            spans.append(quotation.span)
    return spans


def _kept_terms(pair: Pair, terms: Iterable[str]) -> list[Span]:
    """Return where the target has a term that is not translated, and the source has it too."""
    spans: list[Span] = []
    for term in terms:
        if find_kept_words(term, pair.source):
            spans.extend(find_kept_words(term, pair.target))
    return spans


def _foreign_runs(pair: Pair, kept: list[Span]) -> Iterator[list[Token]]:
    """Yield the longest runs of foreign words that stand in the source too."""
    source_words = {word.text for word in pair.source_tokens}
    run: list[Token] = []
    for word in pair.target_tokens:
        is_kept = any(span.start < word.end and word.start < span.end for span in kept)
        if word.text in source_words and not is_kept and _is_foreign(word.text, pair):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_foreign(word: str, pair: Pair) -> bool:
    """Return whether ``word`` is in lower case and known in the source's language alone."""
    if not word.islower():
        return False
    if not word.isalpha() or len(word) < 3 or word in _UNITS:
        return False
    if word in _ADOPTED.get(pair.target_language, ()):
        return False
    if word in _OF_GOLF.get(pair.target_language, ()) and _GOLF.search(pair.source):
        return False
    return _is_frequent_in_source_only(word, pair.source_language, pair.target_language)


@lru_cache(maxsize=8192)
def _is_frequent_in_source_only(word: str, source: str, target: str) -> bool:
    if is_known(word, target):
        return False
    frequency = zipf_frequency(word, source)
    if frequency < _LEAST_FREQUENCY:
        return False
    return frequency - zipf_frequency(word, target) >= _FREQUENCY_GAP


def _is_in_a_name(run: list[Token], pair: Pair) -> bool:
    """Return whether the words are part of a name, a title or an address.

    They are where words of the source with a capital stand on both sides, Bank of America or
    “Back to the Future”; before one or two words a capital on the left is enough.
    """
    start = run[0].start
    end = run[-1].end
    before = pair.target[max(0, start - _AROUND) : start]
    after = pair.target[end : end + _AROUND]
    if before.endswith(_IN_ADDRESS_BEFORE):
        return True
    if after.startswith(_IN_ADDRESS_AFTER) or _DOT_AND_LETTER.match(after):
        return True
    left = re.search(r"(\S+)(?:\s+[a-z]{1,3})*\s*$", before)
    if not _is_capitalized_source_word(left, pair):
        return False
    if len(run) < 3:
        return True
    right = re.match(r"\s*(\S+)", after)
    return _is_capitalized_source_word(right, pair)


def _is_capitalized_source_word(match: re.Match[str] | None, pair: Pair) -> bool:
    """Return whether the matched word has a capital and stands in the source."""
    if not match:
        return False
    word = match[1].strip("«»“”\"'()’,.;:!?")
    word = _ELISION.sub("", word)
    if not word[:1].isupper():
        return False
    return any(token.text == word for token in pair.source_tokens)


def _finding(pair: Pair, span: Span, score: float) -> Finding:
    words = span.of(pair.target)
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", pair.source)
    source_spans = (Span(*match.span()),) if match else ()
    return Finding(
        "untranslated",
        "Untranslated",
        "major",
        score,
        _("“%(target)s”: left untranslated?"),
        {"target": words},
        source_spans,
        (span,),
    )
