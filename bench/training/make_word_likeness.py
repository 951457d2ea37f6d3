"""Makes articles/text/word_likeness.npz: ``python bench/make_word_likeness.py PAIRS.jsonl [HOW_MANY]``.

PAIRS.jsonl (``{"en", "fr"}`` a line) comes from bench/parallel_documentation.py and bench/parallel_messages.py. Each
pair is shown whole and with French words deleted (bench/spoil.py). Two losses are added up: the log loss of telling
the English words whose translation went, by the very formula of articles/text/word_likeness.py, and InfoNCE (van den
Oord et al. 2018) over linked words, which pulls a word to its translation and away from those of the other pairs.
Needs ``jax`` and ``optax``, which the product does not. Nothing of the sets that quality is measured on goes in.

The table that is there was made in November 2026 from 25,686 pairs, in twenty minutes on two cores; a quarter of the
pairs reached .905 where it reaches .914 (see articles/text/word_likeness.py), half of them .912.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.omissions import word_similarity
from articles.omissions.features import word_features
from articles.omissions.word_aligner import align_words, isolated_vectors
from articles.omissions.word_encoder import load_word_encoder
from articles.text.tokens import Token, tokens
from bench.training.spoil import carried, faithful, spoil

EPOCHS, BATCH, SLOW, FAST = 2, 24, 2e-3, 3e-2
"""Rounds, pairs a step, and the two rates of learning: of the matrix and of the few other numbers."""
SOURCE, TARGET, LINKS = 64, 72, 16
"""Words a side, and links a pair, that are looked at."""
SURE = 0.35
"""Links this good are taken as translations."""
SHARPNESS = 12.0
MISSING, TRANSLATION = 5.0, 0.15
"""What the two losses weigh."""


class Words(NamedTuple):
    """A text as the matrix sees it: a row a word, and which of them are words."""

    rows: Any
    is_word: Any


class Lesson(NamedTuple):
    """A pair: the source, its facts, the whole target and perhaps a spoilt one with what each has lost, the links."""

    source: Words
    facts: Any
    targets: list[tuple[Words, Any]]
    links: list[tuple[int, int]]


def seen(text: str, words: Sequence[Token]) -> Words:
    """``text`` through both encoders."""
    encoder, alone = load_word_encoder(), isolated_vectors([word.text for word in words], [])
    if encoder is None or alone is None:
        sys.exit("the encoders are not installed")
    rows = np.concatenate(
        [word_similarity.normalize_layers(encoder.words(text, words)), alone[0]], axis=1
    )
    return Words(rows.astype(np.float16), np.array([word.is_word for word in words]))


def lesson(pair: dict[str, str], luck: random.Random) -> Lesson | None:
    """One pair, whole and spoilt; None when it is too long or too short."""
    source, whole = tokens(pair["en"]), tokens(pair["fr"])
    if not (4 <= len(source) <= SOURCE and 4 <= len(whole) <= TARGET):
        return None
    found = align_words(pair["en"], source, pair["fr"], whole)
    ours = word_features(source, "en")
    facts = np.stack([ours.is_word, ours.letters, ours.frequency, ours.capital, ours.digit], axis=1)
    targets = [(seen(pair["fr"], whole), np.zeros(len(source)))]
    spoilt = spoil(pair["fr"], luck, few=luck.random() < 0.33)
    if spoilt and len(rest := tokens(spoilt.text)) > 3:
        targets.append((seen(spoilt.text, rest), carried(found, whole, spoilt.cut)))
    links = [(i, j) for i, j in found.links if found.placed[i, j] > SURE and source[i].is_word]
    return Lesson(
        seen(pair["en"], source), np.clip(facts / word_similarity.SCALES, 0, 3), targets, links
    )


def padded(lessons: Sequence[tuple[Lesson, int]], luck: random.Random) -> tuple[Any, ...]:
    """A batch: pairs with the number of the target to look at, as arrays of one size."""
    count, width = len(lessons), lessons[0][0].source.rows.shape[1]
    source, target, whole = (
        np.zeros((count, size, width), np.float32) for size in (SOURCE, TARGET, TARGET)
    )
    ours, theirs = np.zeros((count, SOURCE), bool), np.zeros((count, TARGET), bool)
    facts, lost, weight = (
        np.zeros((count, SOURCE, 5)),
        np.zeros((count, SOURCE)),
        np.zeros((count, SOURCE)),
    )
    across, linked = np.zeros((count, SOURCE, TARGET)), np.zeros((3, count, LINKS), int)
    for row, (each, which) in enumerate(lessons):
        words, gone = each.targets[min(which, len(each.targets) - 1)]
        n, m, k = len(each.source.rows), len(words.rows), len(each.targets[0][0].rows)
        source[row, :n], target[row, :m], whole[row, :k] = (
            each.source.rows,
            words.rows,
            each.targets[0][0].rows,
        )
        ours[row, :n], theirs[row, :m], facts[row, :n] = (
            each.source.is_word,
            words.is_word,
            each.facts,
        )
        across[row, :n, :m] = np.abs(
            (np.arange(n)[:, None] + 0.5) / n - (np.arange(m)[None] + 0.5) / m
        )
        lost[row, :n] = gone > 0
        weight[row, :n] = (gone >= 0) * each.source.is_word * (1.0 if which else 2.0)
        for at, (i, j) in enumerate(luck.sample(each.links, min(LINKS, len(each.links)))):
            linked[:, row, at] = i, j, 1
    return source, target, whole, ours, theirs, facts, across, lost, weight, linked


def loss(table: dict[str, Any], batch: tuple[Any, ...]) -> Any:
    """Both losses of a batch."""
    import jax  # type: ignore[import-not-found]
    import jax.numpy as jnp  # type: ignore[import-not-found]
    import optax  # type: ignore[import-not-found]

    source, target, whole, ours, theirs, facts, across, lost, weight, linked = batch

    def learnt(rows: Any) -> Any:
        made = rows @ table["matrix"]
        return made / jnp.sqrt((made * made).sum(-1, keepdims=True) + 1e-6)

    left, right, full = learnt(source), learnt(target), learnt(whole)
    likeness = jnp.einsum("bid,bjd->bij", left, right)
    heat = jnp.exp(table["log_heat"])
    possible = ours[:, :, None] & theirs[:, None, :]
    worth = jnp.where(
        possible, heat * (likeness - table["place"] * across), word_similarity.IMPOSSIBLE
    )
    count, rows, columns = worth.shape
    chance = heat * table["nothing"]
    of_source = jax.nn.softmax(jnp.concatenate([worth, jnp.full((count, rows, 1), chance)], 2), 2)[
        :, :, :-1
    ]
    of_target = jax.nn.softmax(
        jnp.concatenate([worth, jnp.full((count, 1, columns), chance)], 1), 1
    )[:, :-1]
    of_target = of_target * theirs[:, None, :]
    known = [
        jnp.maximum(worth.max(2) / heat, -1),
        jnp.minimum(of_target.sum(2), 1.5),
        of_source.sum(2),
        jnp.sqrt(of_source * of_target + 1e-9).max(2),
        jnp.where(theirs[:, None, :], likeness, -1).max(2),
    ]
    logit = table["start"] + jnp.stack(known, 2) @ table["weights"] + facts @ table["facts"]
    telling = (weight * optax.sigmoid_binary_cross_entropy(logit, lost)).sum() / weight.sum()
    row = jnp.arange(count)[:, None]
    pairs = (
        left[row, linked[0]].reshape(-1, left.shape[2]),
        full[row, linked[1]].reshape(-1, left.shape[2]),
    )
    used = linked[2].reshape(-1)
    alike = jnp.where(used[None] > 0, SHARPNESS * pairs[0] @ pairs[1].T, word_similarity.IMPOSSIBLE)
    pulling = (used * (jax.nn.logsumexp(alike, axis=1) - jnp.diag(alike))).sum() / used.sum()
    return MISSING * telling + TRANSLATION * pulling


def fitted(lessons: Sequence[Lesson], luck: random.Random, width: int = 128) -> dict[str, Any]:
    """The table that tells the lessons best."""
    import jax
    import jax.numpy as jnp
    import optax

    matrix = 0.03 * jax.random.normal(jax.random.key(0), (lessons[0].source.rows.shape[1], width))
    rest = {"log_heat": 2.3, "place": 0.5, "nothing": 0.3, "start": 0.0}
    table = {"matrix": matrix, "weights": jnp.zeros(5), "facts": jnp.zeros(5)}
    table |= {name: jnp.array(value) for name, value in rest.items()}
    steps = EPOCHS * (2 * len(lessons) // BATCH)
    rates = {
        name: optax.adam(optax.cosine_decay_schedule(rate, steps, 0.05))
        for name, rate in RATES.items()
    }
    learner = optax.multi_transform(
        rates, {name: "slow" if name == "matrix" else "fast" for name in table}
    )
    state = learner.init(table)

    @jax.jit
    def step(table: Any, state: Any, batch: Any) -> Any:
        value, slope = jax.value_and_grad(loss)(table, batch)
        change, state = learner.update(slope, state)
        return optax.apply_updates(table, change), state, value

    for _ in range(EPOCHS):
        order = [(each, which) for each in lessons for which in (0, 1)]
        luck.shuffle(order)
        for at in range(0, len(order) - BATCH, BATCH):
            table, state, value = step(table, state, padded(order[at : at + BATCH], luck))
            if at % (400 * BATCH) == 0:
                print(f"{at}/{len(order)}: {float(value):.4f}", file=sys.stderr, flush=True)
    return {name: np.asarray(value) for name, value in table.items()}


RATES = {"slow": SLOW, "fast": FAST}


def main(arguments: Sequence[str]) -> None:
    """Learn and write the table."""
    luck = random.Random(70)
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    pairs = faithful(
        [json.loads(line) for line in lines[: int(arguments[1]) if len(arguments) > 1 else None]]
    )
    lessons = [each for pair in pairs if (each := lesson(pair, luck))]
    table = fitted(lessons, luck)
    table["heat"] = np.exp(table.pop("log_heat"))
    table["matrix"] = table["matrix"].astype(np.float16)
    np.savez_compressed(word_similarity.WEIGHTS_FILE, **table)
    print(f"{len(lessons)} pairs -> {word_similarity.WEIGHTS_FILE.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
