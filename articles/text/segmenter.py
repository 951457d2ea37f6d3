"""Splitting a document into sentences, with exact spans, on web text as it is.

Every place where a sentence may end is first a *boundary* with a guess, from 0 to 1, how surely one ends there.
``split_sentences`` keeps those of at least a half. The aligner, which sees the other language too, can take the unsure
ones from ``fragments`` and decide by what is on the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from articles.text.document import Sentence
from articles.text.languages import rules_for
from articles.text.languages.rules import Rules

CLOSERS = "\"'”’»›)]"
OPENERS = "\"'“‘«‹([¿¡"
_BLANK = r"[^\S\n\r]"
_STOP = re.compile(rf"(?P<mark>[.!?…]+)(?P<close>(?:{_BLANK}?[»›]|[\"'”’)\]])*)(?P<gap>{_BLANK}*)(?=\S)")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LAST_WORD = re.compile(r"(?:[^\W_]|[.'’-](?=[^\W_]))+$")
_NEXT_WORD = re.compile(rf"[\"'“‘«‹(\[¿¡{chr(0xA0)}{chr(0x202F)} –—-]*([^\W_]+)")


def split_sentences(text: str, language: str) -> list[Sentence]:
    """The sentences of ``text``, in order; what lies between them is blank. Any text, any language code."""
    units, sure = fragments(text, language)
    return join(text, units, [certainty < 0.5 for certainty in sure])


def join(text: str, units: Sequence[Sentence], with_previous: Sequence[bool]) -> list[Sentence]:
    """``units`` of ``text`` again, each one ``with_previous`` joined to the one before it."""
    result: list[Sentence] = []
    for unit, joined in zip(units, with_previous, strict=True):
        if joined and result:
            start = result.pop().start
            result.append(Sentence(start, unit.end, text[start : unit.end], unit.paragraph))
        else:
            result.append(unit)
    return result


def fragments(text: str, language: str) -> tuple[list[Sentence], list[float]]:
    """The finest pieces that may be sentences, and for each how surely one begins there (a line's first: 1.0)."""
    rules = rules_for(language)
    units: list[Sentence] = []
    sure: list[float] = []
    paragraph = 0
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        start, certainty = line.start(), 1.0
        for end, following in [*boundaries(line.group(), rules), (len(line.group()), 1.0)]:
            piece = text[start : line.start() + end]
            left = len(piece) - len(piece.lstrip())
            stripped = piece.strip()
            if stripped:
                units.append(Sentence(start + left, start + left + len(stripped), stripped, paragraph))
                sure.append(certainty)
                certainty = following
            start = line.start() + end
        paragraph += 1
    return units, sure


def boundaries(line: str, rules: Rules) -> Iterator[tuple[int, float]]:
    """Each place in ``line`` where a sentence may end, and how surely."""
    for stop in _STOP.finditer(line):
        certainty = judge(line, stop, rules)
        if certainty > 0:
            yield stop.end("close"), certainty


def judge(line: str, stop: re.Match[str], rules: Rules) -> float:
    """How surely a sentence ends at ``stop``."""
    following = _NEXT_WORD.match(line, stop.end())
    word = following.group(1) if following else ""
    capital = not word[:1].islower()
    if not stop["gap"]:
        quoted = stop["close"].strip() or line[stop.end()] in "«“"
        return 0.9 if quoted and word[:1].isupper() else 0.0
    if stop["mark"] == "." and not stop["close"]:
        before = _LAST_WORD.search(line, 0, stop.start())
        return judge_dot(before.group() if before else "", word, rules)
    if stop["mark"] == ".":
        return 0.95 if capital else 0.3
    return 0.95 if capital else 0.2


def judge_dot(before: str, after: str, rules: Rules) -> float:
    """How surely a single dot between the words ``before`` and ``after`` ends a sentence."""
    known = before.lower()
    starts = after[:1].isupper() and after.lower() in rules.starters
    if known in rules.titles:
        return 0.05
    if known in rules.abbreviations or "." in known:
        return 0.8 if starts else 0.1
    if len(before) == 1 and before.isupper():
        return 0.6 if starts and len(after) > 1 else 0.1
    return 0.8 if after[:1].islower() else 0.99
