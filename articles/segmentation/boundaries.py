"""Where sentences may end within one line, each place with its certainty.

After a stop, before a capital where the stop may have been lost, and around boilerplate that ran
into the line of a sentence. ``articles.segmentation.segmenter`` makes sentences of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from articles.segmentation.languages.rules import Rules

OPENING_MARKS = "\"'“‘«‹([¿¡"

# The certainty that a sentence ends at each kind of place. Only their order and the side of one
# half matter to ``split_sentences``; the aligner weighs them as numbers.
SURE = 0.98
LIKELY = 0.8
INITIAL = 0.6
RUN_IN = 0.45  # A label of the page runs into a sentence: "Sports The match …".
TOLD = 0.4  # The other text says that a full stop was lost.
UNLIKELY = 0.25
RARELY = 0.05
NEVER = 0.0

_LONGEST_WORD = 60
"""Characters that are searched for the word before a dot."""
_LONGEST_LABEL = 60
LONGEST_HEADING = 300
"""Characters at the beginning of a line that may be the label of a sentence, or a heading."""

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
# A place in capitals with a date, an agency or both, and a dash: "VIENNA, Nov 29 (Reuters) - The".
_PLACE = r"(?P<place>(?:[^\W\d_][.'’-]?){2,}(?:\s(?:[^\W\d_][.'’-]?){2,}){0,4})"
_WORD = r"[^\W\d_]{3,12}\.?"
_DATE = rf",\s(?:[^\W\d_]+,\s)?(?:{_WORD}\s\d{{1,2}}|\d{{1,2}}(?:er)?\s{_WORD})(?:,?\s\d{{4}})?"
_AGENCY = r"\s?\([^()]{2,30}\)"
_DATELINE = re.compile(
    rf"\W*{_PLACE}(?:{_DATE}(?:{_AGENCY})?|(?:,[^.!?–—()]{{1,20}})?{_AGENCY})\s[–—-]{{1,2}}\s(?=\S)"
)
_ROMAN = re.compile("[IVX]{1,6}")
_ELIDED = re.compile(r"^[^\W\d_]{1,2}[’'](?=\w)")
_NEXT_WORD = re.compile(r"[\"'“‘«‹(\[¿¡\s–—-]*([^\W_]+)")
# The letter or number of the next point of a list: "b) The operator pays", "(2) Nobody pays".
_POINT = re.compile(r"\s+\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+[\"“«‘(]?[^\Wa-zß-öø-ÿ\d_]")
_FIRST_OF_LIST = re.compile(r":\s*\d{1,2}\Z")
# A unit of one letter: no initial, and not Monsieur.
_UNIT = re.compile(r"\d\s?(?:[a-z]|°\s?[CF])\Z")
_LONGEST_NUMBERED = 6
"""Characters before a dot in which a number with its unit, or after a colon, is looked for."""
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")

_FEW_WORDS = re.compile(r"\W*[^\Wa-zß-öø-ÿ_][^\s.!?…,;]*(?:\s[^\s.!?…,;]+){0,4}")
_STARTS_SENTENCE = re.compile(r"[\"“«‘(\s–—-]*([^\W\d_]+)[’'\s]\s?[a-zß-öø-ÿ]")

Boundary = tuple[int, float]
"""A place in a line where a sentence may end, and the certainty that one does."""


def is_boilerplate(text: str, rules: Rules) -> bool:
    """Whether a piece is no sentence of the article but page boilerplate (Advertisement …)."""
    if rules.boilerplate is None:
        return False
    found = rules.boilerplate.match(text)
    if found is None:
        return False
    return found.end() == len(text)


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
    label = _LINE_LABEL
    sentence_start = _end_of_dateline(line)
    for place, certainty in boundaries:
        if certainty == NEVER or place < sentence_start:
            continue
        if place - start <= _LONGEST_LABEL and label.fullmatch(line, start, place):
            continue
        result.append((place, certainty))
        if certainty >= 0.5:
            start = place
            label = _LABEL
    return result


def _end_of_dateline(line: str) -> int:
    """Return where the sentence behind the dateline of a wire begins, 0 without a dateline."""
    found = _DATELINE.match(line)
    if found is None or not found["place"].isupper():
        return 0
    return found.end()


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
    quotes_before = bisect_left(quotes, place)
    if quotes_before % 2 == 0:
        return False
    following = line[place + 1 : place + 2]
    return not following.strip()


def stop_certainty(line: str, stop: re.Match[str], place: int, rules: Rules) -> float:
    """Return the certainty that a sentence ends at ``place``, after ``stop``."""
    word = _word_after(line, place)
    following = line[place : place + 1]
    if following.strip():
        return _unspaced_stop_certainty(line, stop, place, word, rules)
    if _POINT.match(line, place):
        return LIKELY
    if stop["mark"] == "." and place == stop.end("mark"):
        if (known := _known_place(line, stop.start(), word)) is not None:
            return known
        before = _word_before(line, stop.start())
        return dot_certainty(before, word, rules)
    if word[:1].islower():
        return UNLIKELY
    return SURE


def _unspaced_stop_certainty(
    line: str, stop: re.Match[str], place: int, word: str, rules: Rules
) -> float:
    """Return the certainty of a stop that ``word`` follows without a blank."""
    if not word[:1].isupper():
        return NEVER
    if stop["close"]:
        return LIKELY
    if line[place] in "«“":
        return LIKELY
    if stop["mark"] != ".":
        return NEVER
    before = line[stop.start() - 1 : stop.start()]
    if before.islower() and _is_starter(word, rules):
        return UNLIKELY
    return NEVER


def _known_place(line: str, dot: int, after: str) -> float | None:
    """Return the certainty of a dot that its place decides, not the words beside it; else None."""
    token = line[max(line.rfind(" ", 0, dot) + 1, dot - _LONGEST_WORD) : dot]
    if after[:1].islower() and _ADDRESS.fullmatch(token):
        return NEVER
    before = line[max(0, dot - _LONGEST_NUMBERED) : dot]
    if _FIRST_OF_LIST.search(before):
        return RARELY
    if after[:1].isupper() and _UNIT.search(before):
        return LIKELY
    return None


def dot_certainty(before: str, after: str, rules: Rules) -> float:
    """Return the certainty that a single dot between two words ends a sentence."""
    lowered = _ELIDED.sub("", before.lower())
    if lowered in rules.titles:
        return NEVER
    if lowered in rules.numbered and after[:1].isdigit():
        return NEVER
    if rules.ordinal_dot and _is_ordinal(before):
        return UNLIKELY
    if _is_abbreviation(lowered, rules):
        return _abbreviation_certainty(after, rules)
    if len(before) == 1 and before.isalpha():
        return _initial_certainty(after, rules)
    if after[:1].islower():
        return LIKELY
    return SURE


def _is_abbreviation(lowered: str, rules: Rules) -> bool:
    """Whether a word before a dot, in small letters, is a known abbreviation or like "u.s"."""
    if lowered in rules.abbreviations:
        return True
    return "." in lowered and lowered[0].isalpha()


def _abbreviation_certainty(after: str, rules: Rules) -> float:
    """Return the certainty that the dot after an abbreviation ends a sentence ("Inc. The …")."""
    if after[:1].islower():
        return NEVER
    if _is_starter(after, rules):
        return LIKELY
    return RARELY


def _is_ordinal(word: str) -> bool:
    """Whether a word before a dot may be an ordinal: 3. Mai, 19. Jahrhundert, Ludwig XIV."""
    if word.isdigit():
        return len(word) <= 2
    return _ROMAN.fullmatch(word) is not None


def _initial_certainty(after: str, rules: Rules) -> float:
    """Return the certainty that the dot after an initial ends a sentence ("Plan B. The next …")."""
    if len(after) > 1 and _is_starter(after, rules):
        return INITIAL
    return RARELY


def _is_starter(word: str, rules: Rules) -> bool:
    """Whether a word with a capital is one that often begins a sentence."""
    if not word[:1].isupper():
        return False
    return word.lower() in rules.starters


def _word_after(line: str, place: int) -> str:
    """Return the word that follows ``place``, after blanks and opening marks, or "".

    An initial comes with its dot: the J of "J.-C." is not the one of "J’ai".
    """
    found = _NEXT_WORD.match(line, place)
    if found is None:
        return ""
    word = found.group(1)
    is_initial = len(word) == 1 and line[found.end() : found.end() + 1] == "."
    return word + "." if is_initial else word


def _word_before(line: str, place: int) -> str:
    """Return the word that ends at ``place``, or ""."""
    earliest = max(0, place - _LONGEST_WORD)
    found = _LAST_WORD.search(line, earliest, place)
    if found is None:
        return ""
    return found.group()


# ── Boundaries without a stop ────────────────────────────────────────────────


def missing_stop_boundaries(line: str, rules: Rules) -> Iterator[Boundary]:
    """Yield the places where a full stop may have been lost, or a colon introduces a sentence."""
    quotes = straight_quotes(line)
    is_label = _begins_with_label(line, rules)
    for gap in _LOST.finditer(line):
        place = gap.start()
        last = place - 1
        if line[last] == '"' and not is_closing_quote(line, last, quotes):
            continue
        certainty = _missing_stop_certainty(line, place, gap.end(), rules)
        if is_label:
            certainty = _certainty_behind_label(line, place, certainty, rules)
        if certainty is not None:
            yield place, certainty


def _begins_with_label(line: str, rules: Rules) -> bool:
    """Whether a line begins with boilerplate that has a title behind it: "Read more: …"."""
    if rules.boilerplate is None:
        return False
    found = rules.boilerplate.match(line)
    return found is not None and not found["alone"]


def _certainty_behind_label(
    line: str, place: int, certainty: float | None, rules: Rules
) -> float | None:
    """Return the certainty of a boundary in a line that begins with boilerplate and a title.

    Titles have no full stop, so that a sentence may begin at any capital behind one, but not
    behind a word like "of".
    """
    if certainty is not None:
        return max(certainty, UNLIKELY)
    before = _word_before(line, place).lower()
    if not before or before in rules.common:
        return None
    return RARELY


def find_capitals(text: str) -> Iterator[int]:
    """Yield the blanks before words with a capital, where a full stop may have been lost.

    Without the other language nothing more can be said of them: most are names.
    """
    for gap in _LOST.finditer(text):
        yield gap.start()


def _missing_stop_certainty(line: str, place: int, following: int, rules: Rules) -> float | None:
    """Return the certainty that a sentence ends at a blank from ``place`` to ``following``.

    None says that nothing speaks for an end there.
    """
    before = line[place - 1]
    if before == ":":
        return UNLIKELY
    if before in '»”"' and line[following] in '«“"':
        return UNLIKELY
    if _is_run_in(line, place, following, rules):
        return RUN_IN
    if before.isdigit():
        return RARELY
    word = _word_after(line, following)
    if likely_begins_sentence(word, rules):
        return RARELY
    return None


def _is_run_in(line: str, place: int, following: int, rules: Rules) -> bool:
    """Whether a line begins with a few words of the page, and a sentence follows them.

    The sentence begins with a word that has a capital only there: "Sports The match …".
    """
    if place > LONGEST_HEADING or not _FEW_WORDS.fullmatch(line, 0, place):
        return False
    sentence = _STARTS_SENTENCE.match(line, following)
    if sentence is None:
        return False
    return likely_begins_sentence(sentence.group(1), rules)


def likely_begins_sentence(word: str, rules: Rules) -> bool:
    """Whether ``word``, which has a capital, likely begins a sentence."""
    if word == "I" and rules.code == "en":
        # The English I has a capital everywhere.
        return False
    lowered = word.lower()
    return lowered in rules.starters or lowered in rules.numbers


def boilerplate_boundaries(line: str, rules: Rules) -> Iterator[Boundary]:
    """Yield the places before and after boilerplate that has run into the line of a sentence."""
    if rules.boilerplate is None:
        return
    for word in _CAPITAL.finditer(line):
        start = word.start()
        found = rules.boilerplate.match(line, start)
        if not found:
            continue
        certainty_after = LIKELY
        if start:
            certainty_after = UNLIKELY
            before = line[max(0, start - _LONGEST_WORD) : start]
            blanks = len(before) - len(before.rstrip())
            yield start - blanks, UNLIKELY
        if not found["alone"]:
            continue
        end = found.end("alone")
        if _begins_sentence(line[end : found.end() + 1]):
            yield end, certainty_after


def _begins_sentence(text: str) -> bool:
    """Whether a text begins with a digit, a capital or an opening mark, after blanks."""
    first = text.lstrip()[:1]
    if not first:
        return False
    if first in OPENING_MARKS:
        return True
    return first.isdigit() or first.isupper()
