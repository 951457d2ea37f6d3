"""Pairs of texts in, segments out, as JSON Lines: what ``manage.py align_pairs`` calls.

In:  ``{"id": …, "source": "…", "target": "…"}`` (two whole texts), one a line, UTF-8.
Out: ``{"id": …, "segments": [{"source": [[start, end], …], "target": [[start, end], …],
"score": 0…1}, …]}``, one span a sentence, code points of the text, end exclusive; one of the two
lists may be empty.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from articles.alignment.aligner import align_texts
from articles.alignment.sentence_encoder import SentenceEncoder
from articles.text.document import Sentence


def answer_lines(
    lines: Iterable[bytes],
    answer: Callable[[dict[str, Any]], dict[str, Any]],
    say: Callable[[str], Any],
    complain: Callable[[str], Any],
) -> int:
    """Write the answer to each line's object and return how many lines could not be answered.

    ``answer`` raises ValueError, with a plain sentence, when it cannot use an object. Answers go to
    ``say``, problems with their line number to ``complain``. Blank lines are skipped.
    """
    failed = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            say(json.dumps(answer(read_record(line)), ensure_ascii=False))
        except ValueError as problem:
            complain(f"line {number}: {problem}")
            failed += 1
    return failed


def read_record(line: bytes) -> dict[str, Any]:
    """Return the object on ``line``, with the id and the two texts that such commands need.

    Raises ValueError that says what is wrong.
    """
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8 text.") from None
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("this is not JSON.") from None
    if not isinstance(found, dict):
        raise ValueError('an object is needed: {"id": …, "source": "…", "target": "…"}.')
    for key in ("id", "source", "target"):
        if key not in found:
            raise ValueError(f"“{key}” is missing.")
    for key in ("source", "target"):
        if not isinstance(found[key], str):
            raise ValueError(f"“{key}” must be a text.")
    return found


def align_lines(
    lines: Iterable[bytes],
    say: Callable[[str], Any],
    complain: Callable[[str], Any],
    *,
    source_language: str = "en",
    target_language: str = "fr",
    encoder: SentenceEncoder | None = None,
) -> int:
    """Answer each line with its segments and return how many could not be answered."""

    def answer(pair: dict[str, Any]) -> dict[str, Any]:
        alignment = align_texts(
            pair["source"],
            pair["target"],
            source_language=source_language,
            target_language=target_language,
            encoder=encoder,
        )
        segments = []
        for bead in alignment.beads:
            segment = {
                "source": sentence_spans(alignment.source, bead.source),
                "target": sentence_spans(alignment.target, bead.target),
                "score": round(bead.score, 4),
            }
            segments.append(segment)
        return {"id": pair["id"], "segments": segments}

    return answer_lines(lines, answer, say, complain)


def sentence_spans(sentences: Sequence[Sentence], chosen: tuple[int, int]) -> list[list[int]]:
    """Return start and end of each chosen sentence; ``chosen`` is a range, end exclusive."""
    return [[sentence.start, sentence.end] for sentence in sentences[chosen[0] : chosen[1]]]
