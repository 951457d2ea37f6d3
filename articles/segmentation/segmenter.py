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
from articles.segmentation.lines import find_lines
from articles.text.document import Sentence, Span

OPENING_MARKS = "\"'“‘«‹([¿¡"

# The certainty that a sentence ends at each kind of place. Only their order and the side of one
# half matter to ``split_sentences``; the aligner weighs them as numbers.
SURE = 0.98
LIKELY = 0.8
INITIAL = 0.6
RUN_IN = 0.45
UNLIKELY = 0.25
RARELY = 0.05
NEVER = 0.0

_LONGEST_WORD = 60
"""Characters that are searched for the word before a dot."""

# A stop, the quotes and brackets that close after it (» after a blank, too), and the blank that
# follows.
_STOP = re.compile(r"(?P<mark>[.!?…]+)(?P<close>(?:\s?[»›]|[\"'”’)\]])*+)(?P<gap>\s*+)(?=.)")
# Places where a stop may have been lost: before a capital, or between closing and opening marks.
_LOST = re.compile(r"(?<=[\w»”\"’%):])\s+(?=[\"“«‘(–—-]*\s?[^\W\d_a-zß-öø-ÿ])")
_CAPITAL = re.compile(r"(?:(?<=\s)|^)(?=[^\Wa-zß-öø-ÿ_])")
_LAST_WORD = re.compile(r"(?:[^\W_]|[.'’-]+(?=[^\W_]))+$")
_TIME = (
    r"\d{1,2}(?:\s?[:.hH]\s?\d{2})?\s?(?:[hH]|Uhr|[ap]\.?\s?m\.?)?"
    r"(?:\s(?:UTC|GMT|CET|CEST|[A-Z]{1,2}T))?"
)
# What may stand before a sentence and belongs to it: the number of a step, the letter of a speaker
# (Q: …), at the beginning of a line also a time of day.
_LABEL = re.compile(r"\s*[(\[]?(?:\d{1,3}|[A-Za-z])[.)\]:]?")
_LINE_LABEL = re.compile(rf"\W*(?:\d{{1,3}}|[A-Za-z]|[IVXLC]{{1,5}}|{_TIME})\W*")
_ROMAN = re.compile("[IVX]{1,6}")
_NEXT_WORD = re.compile(r"[\"'“‘«‹(\[¿¡\s–—-]*([^\W_]+)")

# A phrase of three to twelve words and a colon, where a sentence begins after it.
_HEADING = re.compile(r"\W*(?:[^\s.!?:]+\s+){2,11}[^\s.!?:]+\s?:")

_FEW_WORDS = re.compile(r"\W*[^\Wa-zß-öø-ÿ_][^\s.!?…,;]*(?:\s[^\s.!?…,;]+){0,4}")
_STARTS_SENTENCE = re.compile(r"[\"“«‘(\s–—-]*([^\W\d_]+)[’'\s]\s?[a-zß-öø-ÿ]")

MIN_HEADINGS = 3
"""Lines that begin with a phrase and a colon, from which these are headings and no sentences."""

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
    lines = find_lines(text)
    boundaries = [find_boundaries(line.of(text), rules) for line in lines]
    boundaries = _with_headings(text, lines, boundaries)
    units: list[Sentence] = []
    certainties: list[float] = []
    for paragraph, (line, inner) in enumerate(zip(lines, boundaries, strict=True)):
        start = line.start
        certainty = 1.0
        for place, next_certainty in [*inner, (line.end - line.start, 1.0)]:
            end = line.start + place
            unit = _stripped(text, start, end, paragraph)
            if unit is not None:
                units.append(unit)
                # "File photo. All rights reserved." is one piece of boilerplate.
                if certainty < 1 and _are_boilerplate(units[-2:], rules):
                    certainty = min(certainty, UNLIKELY)
                certainties.append(certainty)
                certainty = next_certainty
            start = end
    return units, certainties


def _stripped(text: str, start: int, end: int, paragraph: int) -> Sentence | None:
    """Return a part of a text without the blanks around it, or None where it is blank."""
    piece = text[start:end]
    words = piece.strip()
    if not words:
        return None
    first = start + len(piece) - len(piece.lstrip())
    return Sentence(first, first + len(words), words, paragraph)


def _with_headings(
    text: str, lines: Sequence[Span], boundaries: list[list[Boundary]]
) -> list[list[Boundary]]:
    """Return ``boundaries``, with those likely that are after a heading at a line's beginning.

    A colon ends a heading where several lines begin with one: "On the new roof: The village …".
    """
    headings: dict[int, Boundary] = {}
    before_speech = 0
    for number, (line, inner) in enumerate(zip(lines, boundaries, strict=True)):
        if inner and _HEADING.fullmatch(text, line.start, line.start + inner[0][0]):
            headings[number] = inner[0]
            following = text[line.start + inner[0][0] : line.end].lstrip()
            before_speech += following[:1] in OPENING_MARKS
    if len(headings) - before_speech >= MIN_HEADINGS:
        for number, (place, _certainty) in headings.items():
            boundaries[number][0] = (place, LIKELY)
    return boundaries


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
    return _without_labels(line, sorted(found.items()))


def _without_labels(line: str, boundaries: Sequence[Boundary]) -> list[Boundary]:
    """Return the possible boundaries that do not cut a label off the sentence after it."""
    result: list[Boundary] = []
    start = 0
    for place, certainty in boundaries:
        pattern = _LABEL if start else _LINE_LABEL
        if certainty == NEVER or pattern.fullmatch(line, start, place):
            continue
        result.append((place, certainty))
        if certainty >= 0.5:
            start = place
    return result


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
        searched = (line, max(0, stop.start() - _LONGEST_WORD), stop.start())
        before = _LAST_WORD.search(*searched)
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
    is_abbreviation = known in rules.abbreviations or ("." in known and known[0].isalpha())
    is_initial = len(before) == 1 and before.isalpha()
    if known in rules.titles or (known in rules.numbered and after[:1].isdigit()):
        return NEVER
    if rules.ordinal_dot and _is_ordinal(before):
        return UNLIKELY
    if is_abbreviation:
        return _abbreviation_certainty(after, rules)
    if is_initial:
        return _initial_certainty(after, rules)
    return LIKELY if after[:1].islower() else SURE


def _abbreviation_certainty(after: str, rules: Rules) -> float:
    """Return the certainty that the dot after an abbreviation ends a sentence ("Inc. The …")."""
    if after[:1].islower():
        return NEVER
    return LIKELY if _is_starter(after, rules) else RARELY


def _is_ordinal(word: str) -> bool:
    """Whether a word before a dot may be an ordinal: 3. Mai, 19. Jahrhundert, Ludwig XIV."""
    is_small_number = word.isdigit() and len(word) <= 2
    return is_small_number or _ROMAN.fullmatch(word) is not None


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
        elif _is_run_in(line, place, gap.end(), rules):
            yield place, RUN_IN
        elif before.isdigit() or likely_begins_sentence(_word_after(line, gap.end()), rules):
            yield place, RARELY


def _is_run_in(line: str, place: int, following: int, rules: Rules) -> bool:
    """Whether a line begins with a few words of the page, and a sentence follows them.

    The sentence begins with a word that has a capital only there: "Sports The match …".
    """
    few_words = _FEW_WORDS.fullmatch(line, 0, place) is not None
    sentence = _STARTS_SENTENCE.match(line, following)
    return few_words and sentence is not None and likely_begins_sentence(sentence.group(1), rules)


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
