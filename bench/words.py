"""Word alignment against hand-made links: ``python bench/words.py GOLD.jsonl [--links]``.

GOLD: JSON Lines with ``en`` and ``fr`` (lists of words), ``sure`` and ``possible`` (lists of [en,
fr], from 0). Each pair is aligned alone, nothing is learnt from the set. Prints the alignment error
rate (Och & Ney 2003: 1 - (|A∩P| + |A∩S|) / (|A| + |S|)), precision against the possible links,
recall against the sure ones. ``--links`` prints the links instead, a line a pair ("0-0 1-2 …"), for
other scorers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from articles.omissions.word_aligner import align_words  # noqa: E402
from articles.text.tokens import Token  # noqa: E402

Links = set[tuple[int, int]]


def spaced(words: Sequence[str]) -> tuple[str, list[Token]]:
    """Given words as a text with blanks between them, and its tokens."""
    tokens, at = [], 0
    for word in words:
        tokens.append(Token(at, at + len(word), word, "word"))
        at += len(word) + 1
    return " ".join(words), tokens


def align(record: dict[str, Any]) -> Links:
    """The links of one record."""
    return set(align_words(*spaced(record["en"]), *spaced(record["fr"])).links)


def error_rate(records: Iterable[dict[str, Any]], links: Iterable[Links]) -> dict[str, float]:
    """AER, precision, recall and the number of links."""
    made = sure = in_possible = in_sure = 0
    for record, found in zip(records, links, strict=True):
        wanted = {tuple(link) for link in record["sure"]}
        allowed = {tuple(link) for link in record["possible"]} | wanted
        made, sure = made + len(found), sure + len(wanted)
        in_possible, in_sure = in_possible + len(found & allowed), in_sure + len(found & wanted)
    return {
        "AER": 1 - (in_possible + in_sure) / (made + sure),
        "precision": in_possible / max(1, made),
        "recall": in_sure / max(1, sure),
        "links": made,
    }


def main(arguments: Sequence[str]) -> None:
    """Measure, or print the links."""
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    links = [align(record) for record in records]
    if "--links" in arguments:
        for found in links:
            print(" ".join(f"{i}-{j}" for i, j in sorted(found)))
    else:
        print({key: round(value, 4) for key, value in error_rate(records, links).items()})


if __name__ == "__main__":
    main(sys.argv[1:])
