"""Dropped phrases against your own gold: ``python bench/dropped.py GOLD.jsonl [THRESHOLD]``.

GOLD: JSON Lines with ``en``, ``fr``, ``label`` (1 when French words are missing) and, where known,
``en_span`` (``{"start", "end"}``, code points of ``en``). Each pair is checked alone, with all
checks of type Omission.

AUC: how often a pair with missing words scores higher than one without (ties half).
precision_at_half: precision where half of the missing ones are found, if one pair in twenty had
missing words. With the pairs that reach THRESHOLD (0.5): recall, false (share of whole pairs
doubted), alarms (spans per 100 whole pairs), hit (share of gold spans of which at least half of the
letters are underlined).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from articles.checks import Pair, run_checks
from articles.text.document import Span

PRIOR = 0.05


class Seen(NamedTuple):
    """What was said of one pair: its score, the spans underlined, whether words are missing, and
    which.
    """

    score: float
    spans: list[Span]
    label: int
    gold: Span | None
    text: str

    @property
    def hit(self) -> bool:
        """Whether at least half of the gold span's letters are underlined."""
        if self.gold is None:
            return False
        letters = {at for at in range(*self.gold) if self.text[at].isalnum()}
        marked = {at for span in self.spans for at in range(*span)}
        return bool(letters) and 2 * len(letters & marked) >= len(letters)


def look(record: dict[str, Any]) -> Seen:
    """Check one pair."""
    found = [
        each
        for each in run_checks(Pair(record["en"], record["fr"]), unlikely=True)
        if each.type == "Omission"
    ]
    score = max((finding.score for finding in found), default=0.0)
    spans = [
        span for finding in found if finding.score >= score / 2 for span in finding.source_spans
    ]
    gold = record.get("en_span")
    place = Span(gold["start"], gold["end"]) if gold else None
    return Seen(score, spans, record["label"], place, record["en"])


def area(seen: Sequence[Seen]) -> float:
    """The area under the ROC curve."""
    missing = [each.score for each in seen if each.label]
    whole = [each.score for each in seen if not each.label]
    wins = sum((a > b) + (a == b) / 2 for a in missing for b in whole)
    return wins / (len(missing) * len(whole))


def precision_at_half(seen: Sequence[Seen]) -> float:
    """Precision at the threshold that first finds half of the missing ones, at a prior of one in
    twenty.
    """
    missing = sorted((each.score for each in seen if each.label), reverse=True)
    threshold = missing[(len(missing) + 1) // 2 - 1]
    recall = sum(score >= threshold for score in missing) / len(missing)
    whole = [each.score for each in seen if not each.label]
    false = sum(score >= threshold for score in whole) / len(whole)
    return PRIOR * recall / (PRIOR * recall + (1 - PRIOR) * false)


def figures(seen: Sequence[Seen], threshold: float) -> dict[str, float]:
    """All figures."""
    missing, whole = (
        [each for each in seen if each.label],
        [each for each in seen if not each.label],
    )
    gold = [each for each in missing if each.gold]
    return {
        "AUC": area(seen),
        "precision_at_half": precision_at_half(seen),
        "recall": sum(each.score >= threshold for each in missing) / len(missing),
        "false": sum(each.score >= threshold for each in whole) / len(whole),
        "alarms": 100
        * sum(len(each.spans) for each in whole if each.score >= threshold)
        / len(whole),
        "hit": sum(each.hit for each in gold if each.score >= threshold) / max(1, len(gold)),
    }


def main(arguments: Sequence[str]) -> None:
    """Measure."""
    records = [
        json.loads(line) for line in Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    ]
    look(records[0])
    start = time.perf_counter()
    seen = [look(record) for record in records]
    spent = 1000 * (time.perf_counter() - start) / len(records)
    threshold = float(arguments[1]) if len(arguments) > 1 else 0.5
    print(
        {key: round(value, 3) for key, value in figures(seen, threshold).items()},
        f"{spent:.0f} ms a pair",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
