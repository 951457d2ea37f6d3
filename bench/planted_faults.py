"""How many of the planted faults of ``bench/planted_faults.jsonl`` the checks show.

    python bench/planted_faults.py [--show]

The file holds four invented news articles with ten faults each: what a machine drops, changes or
misspells. ``fault`` are the English words that are lost or the French ones that are wrong, "" where
the French is right.

A fault counts as found when a shown finding marks one of its words in the text in which they are
given; a finding that touches no fault is false. Needs no database.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.checks.registry import CHECKS, ArticleFacts, Finding, Pair, load_all, run_checks

Row = tuple[str, str, str]
FILE = Path(__file__).with_suffix(".jsonl")


def main() -> None:
    """Print the counts of each article; with ``--show`` what was missed and what is false."""
    load_all()
    shows = "--show" in sys.argv
    totals = [0, 0, 0]
    for name, rows in _articles().items():
        faults, found, false = _count(rows, shows=shows)
        print(f"{name:<10} {found} of {faults} found, {false} false")
        totals = [
            total + count for total, count in zip(totals, (faults, found, false), strict=True)
        ]
    print(f"{'all':<10} {totals[1]} of {totals[0]} found, {totals[2]} false")


def _articles() -> dict[str, list[Row]]:
    """Return the rows of each article: English, French, fault."""
    articles: dict[str, list[Row]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        articles.setdefault(row["article"], []).append((row["en"], row["fr"], row["fault"]))
    return articles


def _count(rows: list[Row], *, shows: bool) -> tuple[int, int, int]:
    """Return the number of faults, of those found, and of false findings."""
    texts = [(source, target) for source, target, _fault in rows]
    article = ArticleFacts(pairs=texts)
    only = set(CHECKS) - {"grammalecte"}
    faults = found = false = 0
    for at, (source, target, fault) in enumerate(rows):
        previous = texts[at - 1] if at else ("", "")
        following = texts[at + 1] if at + 1 < len(texts) else ("", "")
        pair = Pair(source, target, previous=previous, following=following)
        findings = run_checks(pair, article, only=only)
        hits = [each for each in findings if fault and _touches(each, pair, fault)]
        faults += bool(fault)
        found += bool(hits)
        others = [each for each in findings if each not in hits]
        false += len(others) if not hits else 0
        if shows and fault and not hits:
            print(f"  missed: {fault} | {target}")
        if shows and not hits:
            for each in others:
                print(f"  false: {each.check}: {each.text} | {target}")
    return faults, found, false


def _touches(finding: Finding, pair: Pair, fault: str) -> bool:
    """Return whether the finding marks a word of the fault, or is about the whole segment."""
    for text, spans in (
        (pair.source, finding.source_spans),
        (pair.target, finding.target_spans),
    ):
        start = text.find(fault)
        end = start + len(fault)
        if start >= 0 and any(span.start < end and start < span.end for span in spans):
            return True
    return not finding.source_spans and not finding.target_spans


if __name__ == "__main__":
    main()
