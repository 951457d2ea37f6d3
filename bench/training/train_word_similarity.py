"""Makes articles/omissions/word_similarity.npz from sentence pairs.

Call it as ``python bench/training/train_word_similarity.py PAIRS.jsonl [HOW_MANY]``. PAIRS.jsonl
(``{"en", "fr"}`` a line) comes from parallel_documentation.py and parallel_messages.py. Each pair
is used whole and with French words deleted (delete_words.py). Two losses are added up: the log loss
of telling the English words whose translation was deleted, by the formula of
articles/omissions/word_similarity.py, and InfoNCE (van den Oord et al. 2018) over linked words,
which draws a word to its translation and away from those of the other pairs. Needs ``jax`` and
``optax``, which the product does not. Nothing of the sets that quality is measured on goes in.
docs/decisions/0010-own-omission-model.md says what it reaches.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.omissions import word_similarity
from articles.omissions.features import word_features
from articles.omissions.word_aligner import align_words, isolated_vectors
from articles.omissions.word_encoder import load_word_encoder
from articles.text.tokens import Token, tokens
from bench.training.delete_words import delete_words, faithful_pairs, lost_words

EPOCHS = 2
BATCH = 24
"""Pairs a step."""
RATES = {"slow": 2e-3, "fast": 3e-2}
"""The learning rates: of the matrix, and of the few other numbers."""
WIDTH = 128
"""Numbers of a word's learned vector."""
SOURCE_WORDS = 64
TARGET_WORDS = 72
"""The most words of a side; longer pairs are left out."""
LINKS = 16
"""Links of a pair that InfoNCE looks at in a step."""
SURE_LINK = 0.35
"""Links with at least this similarity count as translations."""
SHARPNESS = 12.0
"""Multiplies the similarities in InfoNCE."""
OMISSION_WEIGHT = 5.0
TRANSLATION_WEIGHT = 0.15
"""The weights of the two losses."""


class Words(NamedTuple):
    """The input of the matrix: one row a word, and which of them are words."""

    rows: Any
    is_word: Any


class Example(NamedTuple):
    """A pair: the source, its features, the targets with what each has lost, the links.

    The first target is the whole one; a second one, if any, lacks some words.
    """

    source: Words
    features: Any
    targets: list[tuple[Words, Any]]
    links: list[tuple[int, int]]


def encode(text: str, words: Sequence[Token]) -> Words:
    """Return ``text`` as both encoders see it."""
    encoder = load_word_encoder()
    isolated = isolated_vectors([word.text for word in words], [])
    if encoder is None or isolated is None:
        sys.exit("the encoders are not installed")
    layers = word_similarity.normalize_layers(encoder.words(text, words))
    rows = np.concatenate([layers, isolated[0]], axis=1)
    return Words(rows.astype(np.float16), np.array([word.is_word for word in words]))


def make_example(pair: dict[str, str], rng: random.Random) -> Example | None:
    """Return one pair, whole and shortened; None when it is too long or too short."""
    source = tokens(pair["en"])
    whole = tokens(pair["fr"])
    if not (4 <= len(source) <= SOURCE_WORDS and 4 <= len(whole) <= TARGET_WORDS):
        return None
    found = align_words(pair["en"], source, pair["fr"], whole)
    targets = [(encode(pair["fr"], whole), np.zeros(len(source)))]
    shortened = delete_words(pair["fr"], rng, few=rng.random() < 0.33)
    if shortened:
        rest = tokens(shortened.text)
        if len(rest) > 3:
            lost = lost_words(found, whole, shortened.deleted)
            targets.append((encode(shortened.text, rest), lost))
    links = []
    for i, j in found.links:
        if found.placed[i, j] > SURE_LINK and source[i].is_word:
            links.append((i, j))
    features = word_similarity.scaled_features(word_features(source, "en"))
    return Example(encode(pair["en"], source), features, targets, links)


def padded(examples: Sequence[tuple[Example, int]], rng: random.Random) -> tuple[Any, ...]:
    """Return a batch as arrays of one size; each example comes with the number of its target."""
    count = len(examples)
    width = examples[0][0].source.rows.shape[1]
    source = np.zeros((count, SOURCE_WORDS, width), np.float32)
    target = np.zeros((count, TARGET_WORDS, width), np.float32)
    whole = np.zeros((count, TARGET_WORDS, width), np.float32)
    is_source_word = np.zeros((count, SOURCE_WORDS), bool)
    is_target_word = np.zeros((count, TARGET_WORDS), bool)
    features = np.zeros((count, SOURCE_WORDS, 5))
    lost = np.zeros((count, SOURCE_WORDS))
    weight = np.zeros((count, SOURCE_WORDS))
    distance = np.zeros((count, SOURCE_WORDS, TARGET_WORDS))
    linked = np.zeros((3, count, LINKS), int)
    for row, (example, which) in enumerate(examples):
        words, gone = example.targets[min(which, len(example.targets) - 1)]
        whole_rows = example.targets[0][0].rows
        n = len(example.source.rows)
        m = len(words.rows)
        source[row, :n] = example.source.rows
        target[row, :m] = words.rows
        whole[row, : len(whole_rows)] = whole_rows
        is_source_word[row, :n] = example.source.is_word
        is_target_word[row, :m] = words.is_word
        features[row, :n] = example.features
        source_places = (np.arange(n)[:, None] + 0.5) / n
        target_places = (np.arange(m)[None] + 0.5) / m
        distance[row, :n, :m] = np.abs(source_places - target_places)
        lost[row, :n] = gone > 0
        # A whole pair counts double: real articles have few omissions.
        factor = 1.0 if which else 2.0
        weight[row, :n] = (gone >= 0) * example.source.is_word * factor
        chosen = rng.sample(example.links, min(LINKS, len(example.links)))
        for at, (i, j) in enumerate(chosen):
            linked[:, row, at] = i, j, 1
    return (
        source,
        target,
        whole,
        is_source_word,
        is_target_word,
        features,
        distance,
        lost,
        weight,
        linked,
    )


def loss(table: dict[str, Any], batch: tuple[Any, ...]) -> Any:
    """Return the sum of both losses of a batch as ``padded`` returns it."""
    import jax  # type: ignore[import-not-found]
    import jax.numpy as jnp  # type: ignore[import-not-found]

    source, target, whole = (_embed(table, rows) for rows in batch[:3])
    linked = batch[-1]
    omission = _omission_loss(table, source, target, batch)

    row = jnp.arange(len(source))[:, None]
    left = source[row, linked[0]].reshape(-1, source.shape[2])
    right = whole[row, linked[1]].reshape(-1, source.shape[2])
    used = linked[2].reshape(-1)
    similarity = SHARPNESS * left @ right.T
    similarity = jnp.where(used[None] > 0, similarity, word_similarity.IMPOSSIBLE)
    surprise = jax.nn.logsumexp(similarity, axis=1) - jnp.diag(similarity)
    translation = (used * surprise).sum() / used.sum()
    return OMISSION_WEIGHT * omission + TRANSLATION_WEIGHT * translation


def _embed(table: dict[str, Any], rows: Any) -> Any:
    import jax.numpy as jnp

    projected = rows @ table["matrix"]
    return projected / jnp.sqrt((projected * projected).sum(-1, keepdims=True) + 1e-6)


def _omission_loss(table: dict[str, Any], source: Any, target: Any, batch: tuple[Any, ...]) -> Any:
    """Return the log loss of the omitted words, as ``word_similarity.match_features`` has them."""
    import jax
    import jax.numpy as jnp
    import optax  # type: ignore[import-not-found]

    is_source_word, is_target_word, features, distance, lost, weight = batch[3:9]
    similarity = jnp.einsum("bid,bjd->bij", source, target)
    heat = jnp.exp(table["log_heat"])
    possible = is_source_word[:, :, None] & is_target_word[:, None, :]
    worth = heat * (similarity - table["place"] * distance)
    worth = jnp.where(possible, worth, word_similarity.IMPOSSIBLE)
    count, rows, columns = worth.shape
    nothing = heat * table["nothing"]
    no_target = jnp.full((count, rows, 1), nothing)
    no_source = jnp.full((count, 1, columns), nothing)
    by_source = jax.nn.softmax(jnp.concatenate([worth, no_target], 2), 2)[:, :, :-1]
    by_target = jax.nn.softmax(jnp.concatenate([worth, no_source], 1), 1)[:, :-1]
    by_target = by_target * is_target_word[:, None, :]
    match = [
        jnp.maximum(worth.max(2) / heat, -1),
        jnp.minimum(by_target.sum(2), 1.5),
        by_source.sum(2),
        jnp.sqrt(by_source * by_target + 1e-9).max(2),
        jnp.where(is_target_word[:, None, :], similarity, -1).max(2),
    ]
    logit = table["start"] + jnp.stack(match, 2) @ table["weights"] + features @ table["facts"]
    return (weight * optax.sigmoid_binary_cross_entropy(logit, lost)).sum() / weight.sum()


def fit(examples: Sequence[Example], rng: random.Random) -> dict[str, Any]:
    """Return the weights that fit the examples best."""
    import jax
    import jax.numpy as jnp

    inputs = examples[0].source.rows.shape[1]
    table = {
        "matrix": 0.03 * jax.random.normal(jax.random.key(0), (inputs, WIDTH)),
        "weights": jnp.zeros(5),
        "facts": jnp.zeros(5),
        "log_heat": jnp.array(2.3),
        "place": jnp.array(0.5),
        "nothing": jnp.array(0.3),
        "start": jnp.array(0.0),
    }
    optimizer = _optimizer(table, EPOCHS * (2 * len(examples) // BATCH))
    state = optimizer.init(table)
    step = _make_step(optimizer)
    for _ in range(EPOCHS):
        order = list(product(examples, (0, 1)))
        rng.shuffle(order)
        for at in range(0, len(order) - BATCH, BATCH):
            batch = padded(order[at : at + BATCH], rng)
            table, state, value = step(table, state, batch)
            if at % (400 * BATCH) == 0:
                print(f"{at}/{len(order)}: {float(value):.4f}", file=sys.stderr, flush=True)
    return {name: np.asarray(value) for name, value in table.items()}


def _optimizer(table: dict[str, Any], steps: int) -> Any:
    """Return Adam with two learning rates that fall as a cosine over ``steps``."""
    import optax

    groups = {}
    for name, rate in RATES.items():
        groups[name] = optax.adam(optax.cosine_decay_schedule(rate, steps, 0.05))
    group_of = dict.fromkeys(table, "fast")
    group_of["matrix"] = "slow"
    return optax.multi_transform(groups, group_of)


def _make_step(optimizer: Any) -> Any:
    """Return the compiled function that does one step of training."""
    import jax
    import optax

    def step(table: Any, state: Any, batch: Any) -> Any:
        value, gradient = jax.value_and_grad(loss)(table, batch)
        change, state = optimizer.update(gradient, state)
        return optax.apply_updates(table, change), state, value

    return jax.jit(step)


def main(arguments: Sequence[str]) -> None:
    """Train and write the weights."""
    rng = random.Random(70)
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    if len(arguments) > 1:
        lines = lines[: int(arguments[1])]
    examples = []
    for pair in faithful_pairs([json.loads(line) for line in lines]):
        example = make_example(pair, rng)
        if example:
            examples.append(example)
    table = fit(examples, rng)
    table["heat"] = np.exp(table.pop("log_heat"))
    table["matrix"] = table["matrix"].astype(np.float16)
    np.savez_compressed(word_similarity.WEIGHTS_FILE, **table)
    print(f"{len(examples)} pairs -> {word_similarity.WEIGHTS_FILE.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
