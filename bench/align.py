"""How well documents are aligned, on a gold file of anyone's own.

    python bench/align.py GOLD.jsonl [--source-language en] [--target-language fr] [--no-encoder]

GOLD has one document a line, ``{"id", "source", "target", "segments": [{"source": [[start, end],
…], "target": …}]}``, the form that ``manage.py align_pairs`` writes, so that its corrected answer,
with the texts, is a gold file.

strict      A segment is right when it is a gold segment, letters and digits compared; two-sided
            segments within one gold segment are joined first, as a finer alignment is no error.
            Over two-sided segments; ``all``: over all.
link        Pairs of gold sentences that stand in one segment. Kinder than strict.
omission    Source segments without target; addition: the reverse.
score       What share is right of the segments that the aligner scored so.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, product
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.alignment.aligner import align_texts
from articles.alignment.json_lines import sentence_spans
from articles.alignment.sentence_encoder import load_encoder

Letters = frozenset[int]
Segment = tuple[Letters, Letters]
STEPS = (0.0, 0.5, 0.7, 0.9, 0.97, 1.01)


def letters(text: str, chosen: Iterable[Sequence[int]]) -> Letters:
    """Where the letters and digits of the spans stand."""
    return frozenset(
        place for start, end in chosen for place in range(start, end) if text[place].isalnum()
    )


def homes(gold: Sequence[Segment]) -> tuple[dict[int, int], dict[int, int]]:
    """For each side, the gold segment of each letter."""
    left = {place: number for number, segment in enumerate(gold) for place in segment[0]}
    right = {place: number for number, segment in enumerate(gold) for place in segment[1]}
    return left, right


def joined(found: Sequence[Segment], gold: Sequence[Segment]) -> list[Segment]:
    """For each found segment, itself, or with the others within the same gold segment."""
    left, right = homes(gold)
    host: list[int | None] = []
    unions: dict[int, Segment] = {}
    for one, other in found:
        within = {left.get(place) for place in one} | {right.get(place) for place in other}
        number = within.pop() if one and other and len(within) == 1 else None
        if number is not None:
            before = unions.get(number, (frozenset(), frozenset()))
            unions[number] = (before[0] | one, before[1] | other)
        host.append(number)
    return [
        segment if number is None else unions[number]
        for segment, number in zip(found, host, strict=True)
    ]


def counts(found: Sequence[Segment], gold: Sequence[Segment]) -> dict[str, tuple[int, int, int]]:
    """Right, found and gold segments of each measure, for one document."""
    ours = set(joined(found, gold))
    wanted = set(gold)
    kinds: dict[str, Callable[[Segment], bool]] = {
        "strict": lambda segment: bool(segment[0] and segment[1]),
        "all": lambda segment: True,
        "omission": lambda segment: not segment[1],
        "addition": lambda segment: not segment[0],
    }
    result = {}
    for name, fits in kinds.items():
        mine = {each for each in ours if fits(each)}
        theirs = {each for each in wanted if fits(each)}
        result[name] = (len(mine & theirs), len(mine), len(theirs))
    return result


def links(
    found: Sequence[Segment], gold: Sequence[dict[str, Any]], texts: tuple[str, str]
) -> tuple[int, int, int]:
    """Pairs of gold sentences that stand in one segment: in both, in ours, in the gold."""
    places = homes(found)
    sides: list[list[tuple[int, int | None]]] = []
    for which, side in enumerate(("source", "target")):
        held = []
        for number, segment in enumerate(gold):
            for span in segment[side]:
                inside = Counter(
                    places[which].get(place) for place in letters(texts[which], [span])
                )
                held.append((number, inside.most_common(1)[0][0] if inside else None))
        sides.append(held)
    pairs = list(product(*sides))
    ours = [(one, other) for one, other in pairs if one[1] is not None and one[1] == other[1]]
    theirs = sum(1 for one, other in pairs if one[0] == other[0])
    return sum(1 for one, other in ours if one[0] == other[0]), len(ours), theirs


def measure(
    record: dict[str, Any], options: argparse.Namespace, scores: list[tuple[float, bool]]
) -> dict[str, Any]:
    """Align one gold document; its counts. ``scores`` gets each segment's score and whether it is
    right.
    """
    encoder = None if options.no_encoder else load_encoder()
    languages = {
        "source_language": options.source_language,
        "target_language": options.target_language,
    }
    answer = align_texts(record["source"], record["target"], **languages, encoder=encoder)
    texts = (record["source"], record["target"])
    gold = [
        (letters(texts[0], each["source"]), letters(texts[1], each["target"]))
        for each in record["segments"]
    ]
    found = [
        (
            letters(texts[0], sentence_spans(answer.source, bead.source)),
            letters(texts[1], sentence_spans(answer.target, bead.target)),
        )
        for bead in answer.beads
    ]
    wanted = set(gold)
    right = [segment in wanted for segment in joined(found, gold)]
    scores += [(bead.score, good) for bead, good in zip(answer.beads, right, strict=True)]
    return counts(found, gold) | {"link": links(found, record["segments"], texts)}


def main() -> None:
    """Measure the gold file and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--source-language", default="en")
    parser.add_argument("--target-language", default="fr")
    parser.add_argument(
        "--no-encoder", action="store_true", help="by length, numbers and names only"
    )
    options = parser.parse_args()
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    scores: list[tuple[float, bool]] = []
    began = time.perf_counter()
    with options.gold.open(encoding="utf-8") as lines:
        for line in lines:
            for name, numbers in measure(json.loads(line), options, scores).items():
                total[name] = [
                    before + more for before, more in zip(total[name], numbers, strict=True)
                ]
    for name, (both, ours, theirs) in total.items():
        precision, recall = both / max(1, ours), both / max(1, theirs)
        f1 = 2 * both / max(1, ours + theirs)
        print(
            f"{name:9} F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}"
            f"   (right {both}, ours {ours}, gold {theirs})"
        )
    for low, high in pairwise(STEPS):
        good = [right for score, right in scores if low <= score < high]
        if good:
            print(
                f"score {low:.2f}–{min(high, 1.0):.2f}  right {sum(good) / len(good):.3f}"
                f"  ({len(good)} segments)"
            )
    print(f"{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
