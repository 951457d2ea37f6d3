"""How much processor time the checks take a segment, and aligning takes a text of many sentences.

    python bench/speed.py PAIRS.jsonl [--segments 200] [--sentences 3000]

PAIRS.jsonl has one pair of sentences a line, ``{"en": "…", "fr": "…"}``, in the order of a text.
Words are linked once a segment for all checks; what each check takes is counted without that. The
first WARM_UP segments load the models and are not counted. Other programs on the same machine make
processor time longer, too.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from articles.alignment.aligner import align_texts
from articles.alignment.sentence_encoder import load_encoder
from articles.checks.registry import CHECKS, ArticleFacts, Pair, load_all

WARM_UP = 20
SLOWEST = 8
"""Checks that are named one by one."""

Texts = tuple[str, str]


def read(path: Path) -> list[Texts]:
    """Return the pairs of a file."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        pairs.append((record["en"], record["fr"]))
    return pairs


def repeated(pairs: Sequence[Texts], count: int) -> Iterator[Texts]:
    """Yield ``count`` pairs, from the first again where there are fewer."""
    for number in range(count):
        yield pairs[number % len(pairs)]


def check(pair: Pair, article: ArticleFacts, spent: dict[str, float]) -> None:
    """Run all checks, and add the seconds that links and each check take to ``spent``."""
    start = time.process_time()
    assert pair.parts
    spent["word links"] += time.process_time() - start
    for each in CHECKS.values():
        if not each.applies(pair):
            continue
        start = time.process_time()
        list(each.run(pair, article))
        spent[each.id] += time.process_time() - start


def measure_checks(pairs: Sequence[Texts], count: int) -> None:
    """Print the milliseconds a segment of all checks, of the links, and of the slowest checks."""
    load_all()
    chosen = list(repeated(pairs, count + WARM_UP))
    article = ArticleFacts(pairs=chosen)
    spent: dict[str, float] = defaultdict(float)
    for source, target in chosen[:WARM_UP]:
        check(Pair(source, target), article, spent)
    spent.clear()
    for source, target in chosen[WARM_UP:]:
        check(Pair(source, target), article, spent)
    print(f"all checks: {1000 * sum(spent.values()) / count:.1f} ms a segment, {count} segments")
    slowest = sorted(spent, key=spent.__getitem__, reverse=True)[:SLOWEST]
    for name in slowest:
        print(f"  {name}: {1000 * spent[name] / count:.1f} ms")


def measure_alignment(pairs: Sequence[Texts], count: int) -> None:
    """Print the seconds that a text of ``count`` sentences and its translation take to align."""
    chosen = list(repeated(pairs, count))
    source = "\n\n".join(source for source, _target in chosen)
    target = "\n\n".join(target for _source, target in chosen)
    encoder = load_encoder()
    start = time.process_time()
    aligned = align_texts(source, target, encoder=encoder)
    spent = time.process_time() - start
    print(f"split and align {len(aligned.source)} sentences: {spent:.1f} s")


def main() -> None:
    """Measure both, and the highest memory of the process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--segments", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=3000)
    asked = parser.parse_args()
    pairs = read(asked.pairs)
    if asked.segments:
        measure_checks(pairs, asked.segments)
    if asked.sentences:
        measure_alignment(pairs, asked.sentences)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"highest memory: {peak:.0f} MB")


if __name__ == "__main__":
    main()
