"""Makes articles/text/missing.npz: ``python bench/make_missing.py PAIRS.jsonl [HOW_MANY]``.

PAIRS.jsonl (``{"en", "fr"}`` a line) comes from bench/parallel_documentation.py and bench/parallel_messages.py; other
pairs than bench/make_word_likeness.py learnt from, or its word is trusted too much. From each good pair, up to three
spoilt ones are made by deleting French words (bench/spoil.py): two phrases of 2–12 words and one word or two. The
words of the source that were linked to the deleted ones are the ones to find. Both models are LightGBM's (Ke et al.
2017), written out as plain tables; the second learns from what the first says of pairs it has not seen (three folds).
Needs ``lightgbm``, which the product does not. Nothing of the sets that quality is measured on goes in.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from articles.text import missing, pair_facts
from articles.text.encoder import load_encoder
from articles.text.tokens import Token, tokens
from articles.text.word_aligner import WordLinks, align_words
from bench.spoil import spoil

FOLDS = 3
FAITHFUL = 0.62
GOOD_WEIGHT = 2.0
"""A good pair counts for as much as its two spoilt ones."""
COMMON = {
    "objective": "binary", "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1,
    "num_threads": 2, "seed": 1,
}  # fmt: skip
WORDS = {**COMMON, "num_leaves": 24, "learning_rate": 0.06, "min_data_in_leaf": 150, "lambda_l2": 10}
STRETCHES = {**COMMON, "num_leaves": 12, "learning_rate": 0.05, "min_data_in_leaf": 60, "lambda_l2": 10}
WORD_TREES, STRETCH_TREES = 260, 240


class Lesson(NamedTuple):
    """A pair to learn from: its number, what is seen, a row and an answer (1, 0, -1 unsure) a word, spoilt or not."""

    number: int
    seen: pair_facts.View
    rows: Any
    lost: Any
    spoilt: bool

    @property
    def weights(self) -> Any:
        """How much each word counts."""
        worth = np.where(self.lost < 0, 0.0, np.where(self.seen.source.is_word > 0, 1.0, 0.3))
        return worth * (1.0 if self.spoilt else GOOD_WEIGHT)


def carried(links: WordLinks, target: Sequence[Token], cut: tuple[int, int]) -> Any:
    """For each source word whether the target words inside ``cut`` carried it: 1, 0, or -1 for unsure."""
    gone = {j for j, token in enumerate(target) if token.start >= cut[0] and token.end <= cut[1]}
    lost = np.full(len(links.similarity), -1)
    for i, j in links.links:
        if links.placed[i, j] > 0.2:
            lost[i] = int(j in gone)
    for i in range(len(lost)):
        if lost[i] < 0:
            near = {int(lost[k]) for k in (i - 1, i + 1) if 0 <= k < len(lost)} - {-1}
            if near == {1} or (near == {0} and int(links.placed[i].argmax()) not in gone):
                lost[i] = near.pop()
    return lost


def faithful(pairs: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The pairs whose sentences mean the same, by the sentence encoder: free translations teach the wrong thing."""
    encoder = load_encoder()
    if encoder is None:
        sys.exit("the sentence encoder is not installed")
    left, right = (encoder.sentences([pair[language] for pair in pairs]) for language in ("en", "fr"))
    return [pair for pair, alike in zip(pairs, (left * right).sum(axis=1), strict=True) if alike >= FAITHFUL]


def lessons(pairs: Sequence[dict[str, str]]) -> Iterator[Lesson]:
    """The lessons of all pairs."""
    luck = random.Random(7)
    for number, pair in enumerate(pairs):
        source, whole = tokens(pair["en"]), tokens(pair["fr"])
        if not -0.35 < np.log(len(pair["fr"]) / len(pair["en"])) < 0.75 or len(source) < 4:
            continue
        links = align_words(pair["en"], source, pair["fr"], whole)
        seen = pair_facts.view(links, source, whole, ("en", "fr"))
        yield Lesson(number, seen, pair_facts.word_rows(seen), np.zeros(len(source), dtype=int), spoilt=False)
        for few in (False, False, True)[: 3 if number % 2 else 2]:
            spoilt = spoil(pair["fr"], luck, few=few)
            if spoilt is None:
                continue
            rest = tokens(spoilt.text)
            seen = pair_facts.view(align_words(pair["en"], source, spoilt.text, rest), source, rest, ("en", "fr"))
            yield Lesson(number, seen, pair_facts.word_rows(seen), carried(links, whole, spoilt.cut), spoilt=True)


def stretch_lessons(learnt: Sequence[Lesson], judged: Sequence[Any]) -> tuple[Any, Any, Any]:
    """Rows, answers and weights for the second model; ``judged`` are the logits of each lesson's words."""
    rows, answers, weights = [], [], []
    for lesson, logits in zip(learnt, judged, strict=True):
        runs = missing.stretches(logits, lesson.seen.source.is_word)
        wanted = set(np.flatnonzero(lesson.lost == 1).tolist())
        if lesson.spoilt and not wanted:
            continue
        for run in runs[:2]:
            found = set(range(run[1], run[2]))
            right = bool(wanted) and len(wanted & found) >= 0.4 * min(len(wanted), len(found))
            if not right and wanted & found:
                continue
            others = [other for other in runs if other is not run]
            rows.append(missing.stretch_row(lesson.seen, lesson.rows, missing.chance(logits), run, others))
            answers.append(int(right))
            weights.append(1.0 if lesson.spoilt else GOOD_WEIGHT)
    return np.array(rows, dtype=np.float32), np.array(answers), np.array(weights)


def tables(model: Any, prefix: str) -> dict[str, Any]:
    """The trees of a LightGBM model in the form of articles/text/trees.py."""
    trees = model.dump_model()["tree_info"]
    shape = (len(trees), max(2 * tree["num_leaves"] - 1 for tree in trees))
    kinds = {"feature": np.int16, "threshold": np.float32, "left": np.int16, "right": np.int16, "value": np.float32}
    made: dict[str, Any] = {name: np.zeros(shape, dtype=kind) for name, kind in kinds.items()}
    deepest = 0

    def write(tree: int, branch: dict[str, Any], node: int, depth: int) -> int:
        """Write ``branch`` at ``node``; the next free node."""
        nonlocal deepest
        deepest = max(deepest, depth)
        if "split_feature" not in branch:
            made["value"][tree, node] = branch["leaf_value"]
            made["left"][tree, node] = made["right"][tree, node] = node
            return node + 1
        made["feature"][tree, node] = branch["split_feature"]
        made["threshold"][tree, node] = branch["threshold"]
        made["left"][tree, node] = node + 1
        made["right"][tree, node] = right = write(tree, branch["left_child"], node + 1, depth + 1)
        return write(tree, branch["right_child"], right, depth + 1)

    for index, tree in enumerate(trees):
        write(index, tree["tree_structure"], 0, 0)
    made["depth"] = np.int16(deepest)
    return {prefix + name: values for name, values in made.items()}


def main(arguments: Sequence[str]) -> None:
    """Learn and write the tables."""
    import lightgbm  # type: ignore[import-not-found]

    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    random.Random(1).shuffle(lines)
    pairs = faithful([json.loads(line) for line in lines[: int(arguments[1]) if len(arguments) > 1 else 6000]])
    learnt = list(lessons(pairs))
    rows = np.concatenate([lesson.rows for lesson in learnt])
    answers = np.concatenate([np.maximum(lesson.lost, 0) for lesson in learnt])
    weights = np.concatenate([lesson.weights for lesson in learnt])
    fold = np.concatenate([np.full(len(lesson.rows), lesson.number % FOLDS) for lesson in learnt])

    def words(chosen: Any) -> Any:
        data = lightgbm.Dataset(rows[chosen], answers[chosen], weight=weights[chosen])
        return lightgbm.train(WORDS, data, WORD_TREES)

    logits = np.zeros(len(rows))  # each pair's words are judged by a model that never saw them
    for each in range(FOLDS):
        logits[fold == each] = words(fold != each).predict(rows[fold == each], raw_score=True)
    ends = np.cumsum([len(lesson.rows) for lesson in learnt])[:-1]
    second = stretch_lessons(learnt, np.split(logits, ends))
    stretch = lightgbm.train(STRETCHES, lightgbm.Dataset(second[0], second[1], weight=second[2]), STRETCH_TREES)
    made = tables(words(fold >= 0), "word_") | tables(stretch, "stretch_")
    np.savez_compressed(missing.TABLES, **made)
    print(f"{len(learnt)} lessons, {len(rows)} words, {len(second[0])} stretches -> {missing.TABLES.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
