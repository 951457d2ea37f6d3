"""Measure what hostile texts cost: ``python -m bench.hostile_texts [--letters N] [--only WORD]``.

About 500 texts of 20,000 letters, each one thing repeated: a letter, digits, quotation marks,
brackets, blanks, accents, words without blanks, mark-up. Each goes through the segmenter, the
redline, the word alignment and every check, on either side and on both. Nothing may take more than
2 seconds of the processor, but for aligning a text of thousands of sentences, which an import does
once. What does is printed with how its cost grows when the text is four
times as long: 4 is linear, 16 quadratic. The exit code is 1 then.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType

from articles.alignment.aligner import align_texts
from articles.alignment.sentence_encoder import load_encoder
from articles.checks import CHECKS, ArticleFacts, Check, Pair, run_checks
from articles.segmentation.detect import detect_language
from articles.segmentation.segmenter import fragments, split_sentences
from articles.text.diff import redline
from articles.text.spelling import compose

LETTERS = 20_000
SECONDS = 2.0
GIVEN_UP_AFTER = 5.0
"""Seconds after which a piece of work is stopped."""
ALIGNED_SENTENCE = 40 / 3000
"""Seconds that an import may align for each piece that may be a sentence: 3,000 on a side in 40
seconds."""

ENGLISH = "The mayor of Lyon said on 12 May that 3,500 people had not left the town."
FRENCH = "Le maire de Lyon a déclaré le 12 mai que 3 500 personnes n’avaient pas quitté la ville."

UNITS = {
    "letters": ["a", "A", "é", "z", "ß", "İ", "中", "🙂", "ا", "ﬁ", "Ω", "ab", "aB", "Ab"],
    "digits": ["1", "0", "12", "1.", "1,", "1,000", "1 000", "1\u202f000", "1/2", "1-", "1:", "%"],
    "numbers": ["1 ", "12 May ", "one ", "twenty-", "hundred ", "million ", "et un ", "$1 "],
    "zeros": ["00", "0 ", "0,", "0.0", "0.0 ", "000 ", "0 km ", "€0 ", "0 % ", "-0 ", "0h00 "],
    "smileys": [":)", ":-) ", ";-)", ":D ", "🙂 ", "🙂1 ", "1🙂", "👨‍👩‍👧", "❤️ ", "1️⃣", "🇫🇷 "],
    "figures": ["½", "1½ ", "²", "٣", "一", "Ⅻ ", "①", "−1 ", "± ", "№ 1 ", "1st ", "1er ", "3e "],
    "money": ["$", "€", "£1 ", "1 € ", "5 million dollars ", "USD ", "1 Md€ ", "CHF 1.- "],
    "units": ["1 km ", "10°C ", "5 ft 3 in ", "1 kg/m² ", "mph ", "1 m3 ", "70 % ", "mm"],
    "times": ["5 pm ", "17 h 30 ", "00:00 ", "1:1:1 ", "12 h ", "midi ", "noon ", "5 o’clock "],
    "dates": ["1/2/3 ", "2026-01-01 ", "1 May 2026 ", "le 1er mai ", "mai ", "May 1, ", "1990s "],
    "stops": [".", "!", "?", "…", ". ", "a. ", "A. ", "A.", "M. ", "U.S. ", "? ! ", ".\n", ":"],
    "quotes": ['"', "'", "’", "«", "»", "“", "”", "« ", " »", "« a » ", '"a" ', "“a” ", "“a "],
    "brackets": ["(", ")", "[", "]", "{", "}", "()", "(a) ", "[a](", "[a](b) ", "((a", "<", ">"],
    "mark-up": ["<a>", "</a>", "<a ", "&", "&amp;", "&#1;", "*", "**a**", "_a_", "`", "#", "|"],
    "blanks": [" ", "\u00a0", "\u202f", "\t", "\n", "\r\n", "\u2028", "a\n", " a", "a  ", "\v"],
    "unseen": ["\u0301", "e\u0301", "\u200b", "a\u200b", "\u00ad", "\u200d", "\ufeff", "\u202e"],
    "marks": ["-", "–", "—", "- ", "_", "/", "//", "@", "~", "^", "+", "=", "·", "•", "\ud800"],
    "words": ["a ", "A ", "le ", "Le ", "the ", "The ", "de la ", "not ", "ne ", "pas ", "de "],
    "names": ["Lyon ", "Paul Dupont ", "O’Neil ", "Jean-Paul ", "CHUV ", "McCain-", "Mr. Smith "],
    "French": ["l’", "d’", "qu’", "que ", "est ", "a été ", "ils mange ", "les maison ", "a a "],
    "addresses": ["http://a.b/", "a@b.c ", "www.", "a.b.", "#a ", "@a "],
    "hedges": ["allegedly ", "selon ", "may ", "we ", "I ", "je ", "nous ", "never ", "nobody "],
    "sets": ["north ", "nord ", "first ", "Monday ", "lundi ", "France ", "per cent ", "5 pm "],
    "sentences": [ENGLISH + " ", FRENCH + " ", ENGLISH + "\n", FRENCH, "Yes. ", "Oui ! ", "“No.” "],
}  # fmt: skip
LENGTHENED = [
    "a" * 50 + " ",
    "1" * 50 + " ",
    "é" * 500 + " ",
    "ab-" * 20 + " ",
    "L’" + "a" * 999 + " ",
]


class TooLong(Exception):
    """A piece of work that was stopped."""


def hostile_texts(letters: int) -> Iterator[tuple[str, str]]:
    """Yield texts of this many letters, each with its name."""
    for kind, units in UNITS.items():
        for unit in units:
            for name, text in _variants(unit, letters):
                yield f"{kind} {unit!r:.20} {name}", text
    for unit in LENGTHENED:
        yield f"long words {unit!r:.12}", repeat(unit, letters)
    yield "numbers that count", " ".join(map(str, range(letters)))[:letters]
    words = (
        f"{first}{second}{third}"
        for first in WORD_PARTS
        for second in WORD_PARTS
        for third in WORD_PARTS
    )
    yield "words that differ", " ".join(words)[:letters]


WORD_PARTS = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo"]


def _variants(unit: str, letters: int) -> Iterator[tuple[str, str]]:
    """Yield the unit repeated alone, between words, and inside a usual sentence."""
    yield "repeated", repeat(unit, letters)
    yield "between words", repeat(f"{unit} mot ", letters)
    yield "in a sentence", FRENCH[:30] + repeat(unit, letters - 85) + "1 ! a." + FRENCH[30:80]


def repeat(unit: str, letters: int) -> str:
    """Return the unit repeated to this many letters."""
    return (unit * (letters // len(unit) + 1))[:letters]


Work = Callable[[], object]


def pieces_of_work(text: str) -> Iterator[tuple[str, Work]]:
    """Yield what is done with a text, each piece with its name."""
    french = repeat(FRENCH + " ", len(text))
    changed = text[: len(text) // 2] + " mot " + text[len(text) // 2 + 7 :]
    yield "segmenter en", lambda: split_sentences(text, "en")
    yield "segmenter fr", lambda: split_sentences(text, "fr")
    yield "language", lambda: detect_language(text)
    yield (
        "aligner",
        lambda: align_texts(
            text, french, source_language="en", target_language="fr", encoder=load_encoder()
        ),
    )
    yield "spelling", lambda: compose(text)
    yield "redline of itself", lambda: redline(text, changed)
    yield "redline doubled", lambda: redline(text[::2], text)
    yield "redline replaced", lambda: redline(french, text)
    yield "redline thinned", lambda: redline(text, _thinned(text))
    for side, pair in hostile_pairs(text):
        yield f"all checks {side}", partial(run_checks, pair, facts_of(pair))


def hostile_pairs(text: str) -> Iterator[tuple[str, Pair]]:
    """Yield pairs with the text on either side and on both, each with its name."""
    yield "source", Pair(text, repeat(FRENCH + " ", len(text)))
    yield "target", Pair(repeat(ENGLISH + " ", len(text)), text)
    yield "both", Pair(text, text[: len(text) // 2] + " mot " + text[len(text) // 2 + 7 :])


def facts_of(pair: Pair) -> ArticleFacts:
    """Return an article with the pair between two usual ones."""
    usual = (ENGLISH, FRENCH)
    return ArticleFacts(pairs=[usual, (pair.source, pair.target), usual])


def each_check(text: str) -> Iterator[tuple[str, Work]]:
    """Yield what the checks do with a text, one by one, each with its name."""
    for side, pair in hostile_pairs(text):
        yield f"links {side}", partial(getattr, pair, "parts")
        for check in CHECKS.values():
            yield f"{check.id} {side}", partial(_run_check, check, pair)


def _run_check(check: Check, pair: Pair) -> None:
    for _finding in check.run(pair, facts_of(pair)):
        pass


def _thinned(text: str) -> str:
    """Return the text without every third word."""
    words = text.split(" ")
    return " ".join(word for at, word in enumerate(words) if at % 3)


def limit_of(piece: str, text: str) -> float:
    """Return how many seconds a piece of work may take with a text."""
    if piece != "aligner":
        return SECONDS
    french = repeat(FRENCH + " ", len(text))
    pieces = max(len(fragments(text, "en")[0]), len(split_sentences(french, "fr")))
    return max(SECONDS, ALIGNED_SENTENCE * pieces)


def seconds(work: Work, limit: float) -> float:
    """Return the processor time of the work; what it is given at most when it was stopped."""
    given = max(GIVEN_UP_AFTER, limit + 1)
    signal.setitimer(signal.ITIMER_PROF, given)
    start = time.process_time()
    try:
        work()
    except TooLong:
        return given
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - start


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def main() -> None:
    """Measure all texts; print what takes too long, and the dearest of each piece of work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--only", default="", help="pieces of work whose name holds this")
    parser.add_argument("--texts", default="", help="texts whose name holds this")
    parser.add_argument("--each", action="store_true", help="the checks one by one")
    parser.add_argument("--every", type=int, default=1, help="only each n-th text")
    options = parser.parse_args()
    signal.signal(signal.SIGPROF, _stop)
    run_checks(Pair(ENGLISH, FRENCH))  # the models are loaded
    dearest: dict[str, tuple[float, str]] = {}
    slow = 0
    chosen = list(hostile_texts(options.letters))[:: options.every]
    for name, text in chosen:
        if options.texts not in name:
            continue
        work = each_check(text) if options.each else pieces_of_work(text)
        for piece, call in work:
            if options.only not in piece:
                continue
            limit = limit_of(piece, text)
            spent = seconds(call, limit)
            kind = piece.rpartition(" ")[0] or piece
            dearest[kind] = max(dearest.get(kind, (0.0, "")), (spent, f"{piece}: {name}"))
            if spent > limit:
                slow += 1
                print(f"SLOW {spent:5.1f} s  {piece}: {name}", flush=True)
    for kind, (spent, where) in sorted(dearest.items(), key=lambda each: -each[1][0]):
        print(f"{spent:6.2f} s  {kind}  ({where})")
    print(
        f"{len(chosen)} texts of {options.letters} letters, {slow} pieces of work above their limit"
    )
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
