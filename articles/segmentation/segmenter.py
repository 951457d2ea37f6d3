"""Splitting a document into sentences with exact spans, on web text as it is.

Every place where a sentence may end is a *boundary* with a certainty, 0…1: how likely a sentence
ends there. ``split_sentences`` uses the boundaries of at least one half. The aligner, which sees
the other language too, takes the uncertain ones from ``fragments`` as well and decides by what is
on the other side: a full stop lost by a web page ("… in hospital Nevertheless the …") cannot be
told from a name ("the magazine Nevertheless") within one language.

Why the project has a segmenter of its own: docs/decisions/0002.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from articles.segmentation.languages import rules_for
from articles.segmentation.languages.rules import Rules
from articles.text.document import Sentence

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
OPENING_MARKS = "\"'“‘«‹([¿¡"

# The certainty that a sentence ends at each kind of place. Only their order and the side of one
# half matter to ``split_sentences``; the aligner weighs them as numbers.
SURE = 0.98
LIKELY = 0.8
INITIAL = 0.6
UNLIKELY = 0.25
RARELY = 0.05
HARDLY = 0.02

_LONGEST_WORD = 60
"""Characters that are searched for the word before a dot."""

_LINE = re.compile(f"[^{LINE_BREAKS}]+")
# A stop, the quotes and brackets that close after it (» after a blank, too), and the blank that
# follows.
_STOP = re.compile(r"(?P<mark>[.!?…]+)(?P<close>(?:\s?[»›]|[\"'”’)\]])*+)(?P<gap>\s*+)(?=.)")
# Places where a stop may have been lost: before a capital, or between closing and opening marks.
_LOST = re.compile(r"(?<=[\w»”\"’%):])\s+(?=[\"“«‘(–—-]*\s?[^\W\d_a-zß-öø-ÿ])")
_CAPITAL = re.compile(r"(?:(?<=\s)|^)(?=[^\Wa-zß-öø-ÿ_])")
_LAST_WORD = re.compile(r"(?:[^\W_]|[.'’-]+(?=[^\W_]))+$")
_NEXT_WORD = re.compile(r"[\"'“‘«‹(\[¿¡\s–—-]*([^\W_]+)")

Boundary = tuple[int, float]
"""A place in a line where a sentence may end, and the certainty that one does."""


def split_sentences(text: str, language: str) -> list[Sentence]:
    """Return the sentences of ``text`` in order; only blanks are between them.

    Works on any text and any language code.
    """
    units, certainties = fragments(text, language)
    return join_fragments(text, units, [certainty < 0.5 for certainty in certainties])


def join_fragments(
    text: str, units: Sequence[Sentence], with_previous: Sequence[bool]
) -> list[Sentence]:
    """Return ``units`` of ``text``, each one ``with_previous`` joined to the one before it."""
    sentences: list[Sentence] = []
    for unit, joined in zip(units, with_previous, strict=True):
        if joined and sentences:
            start = sentences.pop().start
            sentences.append(Sentence(start, unit.end, text[start : unit.end], unit.paragraph))
        else:
            sentences.append(unit)
    return sentences


def fragments(text: str, language: str) -> tuple[list[Sentence], list[float]]:
    """Return the finest pieces that may be sentences, and the certainty that one begins at each.

    The first piece of a line has certainty 1.
    """
    rules = rules_for(language)
    units: list[Sentence] = []
    certainties: list[float] = []
    paragraph = 0
    for line in _LINE.finditer(text):
        content = line.group()
        if not content.strip():
            continue
        start = 0
        certainty = 1.0
        for end, next_certainty in [*find_boundaries(content, rules), (len(content), 1.0)]:
            piece = content[start:end]
            stripped = piece.strip()
            if stripped:
                offset = line.start() + start + len(piece) - len(piece.lstrip())
                unit = Sentence(offset, offset + len(stripped), stripped, paragraph)
                units.append(unit)
                # "File photo. All rights reserved." is one piece of boilerplate.
                if certainty < 1 and _are_boilerplate(units[-2:], rules):
                    certainty = min(certainty, UNLIKELY)
                certainties.append(certainty)
                certainty = next_certainty
            start = end
        paragraph += 1
    return units, certainties


def _are_boilerplate(units: Sequence[Sentence], rules: Rules) -> bool:
    """Whether all these pieces are boilerplate."""
    return all(is_boilerplate(unit.text, rules) for unit in units)


def is_boilerplate(text: str, rules: Rules) -> bool:
    """Whether a piece is no sentence of the article but page boilerplate (Advertisement …)."""
    if rules.boilerplate is None:
        return False
    found = rules.boilerplate.match(text)
    return found is not None and found.end() == len(text)


def find_boundaries(line: str, rules: Rules) -> list[Boundary]:
    """Return each place in ``line`` where a sentence may end, with its certainty."""
    found = dict(missing_stop_boundaries(line, rules))
    found.update(stop_boundaries(line, rules))
    for place, certainty in boilerplate_boundaries(line, rules):
        found[place] = max(certainty, found.get(place, 0.0))
    return sorted((place, certainty) for place, certainty in found.items() if certainty > 0)


# ── Boundaries after a stop ──────────────────────────────────────────────────


def stop_boundaries(line: str, rules: Rules) -> Iterator[Boundary]:
    """Yield the places after a full stop, an ellipsis, a question or an exclamation mark."""
    quotes = straight_quotes(line)
    for stop in _STOP.finditer(line):
        place = stop.end("close")
        following = stop.end()
        before_quote = stop["gap"] and line[following] == '"'
        if before_quote and is_closing_quote(line, following, quotes):
            # A closing quotation mark after a blank, as in old books.
            place = following + 1
        yield place, stop_certainty(line, stop, place, rules)


def straight_quotes(line: str) -> list[int]:
    """Return the places of the straight quotation marks of a line."""
    return [match.start() for match in re.finditer('"', line)]


def is_closing_quote(line: str, place: int, quotes: Sequence[int]) -> bool:
    """Whether the straight quotation mark at ``place`` closes a quotation.

    It does when it is an even one of its line and stands before a blank or the end.
    """
    return bisect_left(quotes, place) % 2 == 1 and not line[place + 1 : place + 2].strip()


def stop_certainty(line: str, stop: re.Match[str], place: int, rules: Rules) -> float:
    """Return the certainty that a sentence ends at ``place``, after ``stop``."""
    word = _word_after(line, place)
    after = line[place : place + 1]
    if after and not after.isspace():
        return _unspaced_stop_certainty(line, stop, place, word, rules)
    if stop["mark"] == "." and place == stop.end("mark"):
        before = _LAST_WORD.search(line, max(0, stop.start() - _LONGEST_WORD), stop.start())
        return dot_certainty(before.group() if before else "", word, rules)
    return UNLIKELY if word[:1].islower() else SURE


def _unspaced_stop_certainty(
    line: str, stop: re.Match[str], place: int, word: str, rules: Rules
) -> float:
    """Return the certainty of a stop that ``word`` follows without a blank."""
    if not word[:1].isupper():
        return 0.0
    if stop["close"] or line[place] in "«“":
        return LIKELY
    before = line[stop.start() - 1 : stop.start()]
    lost_blank = stop["mark"] == "." and before.islower()
    if lost_blank and _is_starter(word, rules):
        return UNLIKELY
    return 0.0


def dot_certainty(before: str, after: str, rules: Rules) -> float:
    """Return the certainty that a single dot between two words ends a sentence."""
    known = before.lower()
    is_ordinal = rules.ordinal_dot and known.isdigit()
    is_abbreviation = known in rules.abbreviations or "." in known
    is_initial = len(before) == 1 and before.isupper()
    if is_ordinal:
        return UNLIKELY
    if known in rules.titles:
        return HARDLY
    if is_abbreviation:
        return LIKELY if _is_starter(after, rules) else RARELY
    if is_initial:
        return _initial_certainty(after, rules)
    return LIKELY if after[:1].islower() else SURE


def _initial_certainty(after: str, rules: Rules) -> float:
    """Return the certainty that the dot after an initial ends a sentence ("Plan B. The next …")."""
    if len(after) > 1 and _is_starter(after, rules):
        return INITIAL
    return RARELY


def _is_starter(word: str, rules: Rules) -> bool:
    """Whether a word with a capital is one that often begins a sentence."""
    return word[:1].isupper() and word.lower() in rules.starters


def _word_after(line: str, place: int) -> str:
    """Return the word that follows ``place``, after blanks and opening marks, or ""."""
    found = _NEXT_WORD.match(line, place)
    return found.group(1) if found else ""


# ── Boundaries without a stop ────────────────────────────────────────────────


def missing_stop_boundaries(line: str, rules: Rules) -> Iterator[Boundary]:
    """Yield the places where a full stop may have been lost, or a colon introduces a sentence."""
    quotes = straight_quotes(line)
    for gap in _LOST.finditer(line):
        place = gap.start()
        before = line[place - 1]
        if before == '"' and not is_closing_quote(line, place - 1, quotes):
            continue
        between_quotations = before in '»”"' and line[gap.end()] in '«“"'
        if between_quotations or before == ":":
            yield place, UNLIKELY
        elif before.isdigit() or likely_begins_sentence(_word_after(line, gap.end()), rules):
            yield place, RARELY


def likely_begins_sentence(word: str, rules: Rules) -> bool:
    """Whether ``word``, which has a capital, likely begins a sentence."""
    if word == "I" and rules.code == "en":
        # The English I has a capital everywhere.
        return False
    return word.lower() in rules.starters or word.lower() in rules.numbers


def boilerplate_boundaries(line: str, rules: Rules) -> Iterator[Boundary]:
    """Yield the places before and after boilerplate that has run into the line of a sentence."""
    if rules.boilerplate is None:
        return
    for word in _CAPITAL.finditer(line):
        start = word.start()
        found = rules.boilerplate.match(line, start)
        if not found:
            continue
        if start:
            before = line[max(0, start - _LONGEST_WORD) : start]
            yield start - len(before) + len(before.rstrip()), UNLIKELY
        if found["alone"] and _begins_sentence(line[found.end("alone") : found.end() + 1]):
            yield found.end("alone"), UNLIKELY if start else LIKELY


def _begins_sentence(text: str) -> bool:
    """Whether a text begins with a digit, a capital or an opening mark, after blanks."""
    first = text.lstrip()[:1]
    return first.isdigit() or first.isupper() or (first != "" and first in OPENING_MARKS)
