"""Trains articles/omissions/omission_model.npz further, on sentence pairs of prose.

Call it as ``bench/training/train_omission_model.py FOLDER [PAIRS [ROUNDS [SEED]]]``. FOLDER holds
``NAME.en-LL.jsonl.gz`` files (prose_pairs.py); PAIRS is how many of their pairs are used. Each pair
is used whole, with a single word deleted as often as a phrase or more (delete_linked.py,
delete_words.py), and one in five from the other language to English. Three losses are added up: the
log loss of each source word's omission, that of the pair's having one, and the cross entropy of the
place in the target where the words were. Training begins at the weights that are there; only the
last layer and what reads it go on learning. Needs ``torch``, which the product does not. Nothing of
the sets that quality is measured on goes in. docs/decisions/0010-own-omission-model.md and
0015-lessons-from-prose.md say what it reaches.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found]
from torch import nn
from torch.nn import functional as F  # type: ignore[import-not-found]  # noqa: N812

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.omissions import omission_model, word_similarity
from bench.training.omission_examples import Example, Words, make_examples
from bench.training.prose_pairs import read_pairs

WIDTH = 192
"""Numbers a word inside the model."""
HEADS = 6
LAYERS = 3
INNER = 512
"""Numbers a word in the feed-forward step of a layer."""
DROPOUT = 0.15
NOISE = 0.1
"""The share of the input that is dropped, and the standard deviation of what is added to it."""
BATCH = 16
"""Pairs a step."""
RATE = 3e-4
"""The highest learning rate."""
TRAINED = (f"layers.{LAYERS - 1}.", "last.", "missing.", "gap.", "pair.")
"""The beginnings of the names of what goes on learning: few lessons must not undo many."""
DRAWN = {"fr": 7000, "de": 2200, "es": 800}
"""The pairs that are drawn, by language; they come in random order."""
LEAST_WORDS = 5
"""English words of a pair that is used."""
WARM_UP = 20
"""Steps that the learning rates take to rise."""
WORD_WEIGHT = 5.0
PAIR_WEIGHT = 0.5
GAP_WEIGHT = 0.1
"""The weights of the losses."""
IMPOSSIBLE = -1e4


class OmissionModel(nn.Module):  # type: ignore[misc]  # torch is not installed with the site
    """The model of articles/omissions/omission_model.py, for many pairs at once and trainable.

    Its parts have the names of the weights in the file.
    """

    def __init__(self) -> None:
        super().__init__()
        self.similarity = {
            name: torch.tensor(value)
            for name, value in word_similarity.load_weights(word_similarity.WEIGHTS_FILE).items()
        }
        self.source_facts = nn.Linear(12, WIDTH)
        self.target_facts = nn.Linear(7, WIDTH)
        self.layers = nn.ModuleList(_new_layer() for _ in range(LAYERS))
        steps = 2 * omission_model.MAX_STEP + 1
        self.attend_steps = nn.Parameter(torch.zeros(LAYERS, HEADS, 2, steps))
        self.attend_similarity = nn.Parameter(torch.tensor([[6.0] * 3 + [0.0] * 3] * LAYERS))
        self.attend_place = nn.Parameter(torch.ones(LAYERS, HEADS))
        self.attend_across = nn.Parameter(torch.zeros(LAYERS, HEADS, 2))
        self.last = nn.LayerNorm(WIDTH)
        self.missing = nn.Linear(WIDTH, 1)
        self.gap = nn.Linear(WIDTH, 1)
        self.pair = nn.Linear(WIDTH, 2)
        nn.init.zeros_(self.missing.weight)
        nn.init.zeros_(self.missing.bias)

    def forward(
        self,
        source: Any,
        features: Any,
        source_mask: Any,
        target: Any,
        is_word: Any,
        target_mask: Any,
        similarity: Any,
    ) -> tuple[Any, Any, Any]:
        """Return the logits of each source word, of each place in the target, and of the pair.

        The masks are False for padding; ``is_word`` is of the target.
        """
        count = source.shape[1]
        distance = _distance(source_mask, target_mask)
        match, target_match, logit = self._match(similarity, distance, features, is_word)
        ratio = torch.log((_sizes(target_mask) + 1) / (_sizes(source_mask) + 1))[:, :, None]
        left = [features, ratio.expand(-1, count, 1), match, logit[:, :, None] / 4]
        right = [is_word[:, :, None].float(), ratio.expand(-1, target.shape[1], 1), target_match]
        state = torch.cat(
            [
                self._with_noise(source) + self.source_facts(torch.cat(left, 2)),
                self._with_noise(target) + self.target_facts(torch.cat(right, 2)),
            ],
            1,
        )
        mask = torch.cat([source_mask, target_mask], 1)
        hidden = torch.where(mask, 0.0, IMPOSSIBLE)[:, None, None]
        for number, layer in enumerate(self.layers):
            bias = self._attention_bias(number, similarity, distance) + hidden
            state = self._layer(layer, state, bias)
        state = self.last(state)

        logit = logit + 4 * self.missing(state[:, :count])[..., 0]
        impossible = torch.tensor(IMPOSSIBLE)
        gap = torch.where(target_mask, self.gap(state[:, count:])[..., 0], impossible)
        attention, value = self.pair(state).unbind(-1)
        attention = torch.softmax(torch.where(mask, attention, impossible), 1)
        return logit, gap, (attention * value).sum(1)

    def _with_noise(self, rows: Any) -> Any:
        """Return ``rows`` disturbed while the model learns, lest it learn the words by heart.

        All numbers are a little off, and some are dropped from a whole text.
        """
        if not self.training:
            return rows
        kept = (torch.rand(len(rows), 1, rows.shape[2]) > NOISE).float() / (1 - NOISE)
        return (rows + torch.randn_like(rows) * NOISE * rows.std()) * kept

    def _match(
        self, similarity: Any, distance: Any, features: Any, is_word: Any
    ) -> tuple[Any, Any, Any]:
        """Return what ``word_similarity.match_features`` returns, for both sides and the logit."""
        weights = self.similarity
        impossible = torch.tensor(IMPOSSIBLE)
        is_source_word = features[:, :, 0] > 0
        possible = is_source_word[:, :, None] & is_word[:, None]
        worth = weights["heat"] * (similarity - weights["place"] * distance)
        worth = torch.where(possible, worth, impossible)
        nothing = float(weights["heat"] * weights["nothing"])
        by_source = torch.softmax(F.pad(worth, (0, 1), value=nothing), 2)[:, :, :-1]
        by_target = torch.softmax(F.pad(worth, (0, 0, 0, 1), value=nothing), 1)[:, :-1]
        by_target = by_target * is_word[:, None]
        shares = (by_target, by_source)
        match = self._match_columns(similarity, worth, shares, is_word[:, None], 2)
        shares = (by_source, by_target)
        target_match = self._match_columns(similarity, worth, shares, is_source_word[:, :, None], 1)

        covers = match[:, :, 1:2].clamp(max=1.5)
        columns = torch.cat([match[:, :, :1], covers, match[:, :, 2:]], 2)
        logit = weights["start"] + columns @ weights["weights"] + features @ weights["facts"]
        mark = torch.tensor(word_similarity.PUNCTUATION_LOGIT)
        return match, target_match, torch.where(is_source_word, logit, mark)

    def _match_columns(
        self, similarity: Any, worth: Any, shares: tuple[Any, Any], is_other_word: Any, axis: int
    ) -> Any:
        """Return the five features of the words of one side; ``axis`` is that of the other side.

        ``shares`` are the softmax over the words of this side, and over those of the other.
        """
        nearest = torch.where(is_other_word, similarity, torch.tensor(-1.0)).amax(axis)
        mutual = (shares[0] * shares[1] + 1e-9).sqrt()
        columns = [
            (worth.amax(axis) / self.similarity["heat"]).clamp(min=-1),
            shares[0].sum(axis).clamp(max=3),
            shares[1].sum(axis),
            mutual.amax(axis),
            nearest,
        ]
        return torch.stack(columns, 2)

    def _attention_bias(self, layer: int, similarity: Any, distance: Any) -> Any:
        """Return what is added to the attention of a layer."""
        across = self.attend_similarity[layer][:, None, None] * similarity[:, None]
        across = across - self.attend_place[layer][:, None, None] * distance[:, None]
        within = [
            self._step_bias(layer, side, similarity.shape[1 + side], len(similarity))
            for side in (0, 1)
        ]
        to_target, to_source = self.attend_across[layer].unbind(1)
        upper = torch.cat([within[0], across + to_target[:, None, None]], 3)
        lower = torch.cat([across.mT + to_source[:, None, None], within[1]], 3)
        return torch.cat([upper, lower], 2)

    def _step_bias(self, layer: int, side: int, size: int, count: int) -> Any:
        """Return the bias by the number of words between two words of a side."""
        most = omission_model.MAX_STEP
        index = torch.arange(size)
        step = (index[None] - index[:, None]).clamp(-most, most) + most
        return self.attend_steps[layer][:, side][:, step].expand(count, -1, -1, -1)

    def _layer(self, layer: Any, state: Any, bias: Any) -> Any:
        size = state.shape[1]
        projected = layer["query_key_value"](layer["norm"](state)).view(
            len(state), size, 3, HEADS, -1
        )
        query, key, value = projected.permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        attended = attended.transpose(1, 2).reshape(state.shape)
        state = state + F.dropout(layer["attention_output"](attended), DROPOUT, self.training)
        inner = layer["outer"](F.relu(layer["inner"](layer["inner_norm"](state))))
        return state + F.dropout(inner, DROPOUT, self.training)


def _new_layer() -> Any:
    return nn.ModuleDict(
        {
            "norm": nn.LayerNorm(WIDTH),
            "query_key_value": nn.Linear(WIDTH, 3 * WIDTH),
            "attention_output": nn.Linear(WIDTH, WIDTH),
            "inner_norm": nn.LayerNorm(WIDTH),
            "inner": nn.Linear(WIDTH, INNER),
            "outer": nn.Linear(INNER, WIDTH),
        }
    )


def _sizes(mask: Any) -> Any:
    """Return the numbers of words of a side, shape (pairs, 1)."""
    return mask.sum(1, keepdim=True).float()


def _distance(source_mask: Any, target_mask: Any) -> Any:
    """Return how far apart the words of the two sides stand, each place as a share of its side."""
    source = (torch.arange(source_mask.shape[1]) + 0.5) / _sizes(source_mask)
    target = (torch.arange(target_mask.shape[1]) + 0.5) / _sizes(target_mask)
    return (source[:, :, None] - target[:, None]).abs()


def padded(batch: Sequence[Example]) -> tuple[Any, ...]:
    """Return the arguments of OmissionModel.forward for examples of about one length."""
    source = _padded_side([example.source for example in batch])
    target = _padded_side([example.target for example in batch])
    is_word = target[1][:, :, 0] > 0
    similarity = torch.zeros(len(batch), source[0].shape[1], target[0].shape[1])
    for row, example in enumerate(batch):
        left = torch.from_numpy(example.source.learned).float()
        right = torch.from_numpy(example.target.learned).float()
        similarity[row, : len(left), : len(right)] = left @ right.T
    return *source, target[0], is_word, target[2], similarity


def _padded_side(texts: Sequence[Words]) -> tuple[Any, Any, Any]:
    """Return the vectors, the features and the mask of one side."""
    count = len(texts)
    size = max(len(text.rows) for text in texts)
    rows = torch.zeros(count, size, WIDTH)
    features = torch.zeros(count, size, texts[0].features.shape[1])
    mask = torch.zeros(count, size, dtype=bool)
    for row, text in enumerate(texts):
        length = len(text.rows)
        rows[row, :length] = torch.from_numpy(text.rows).float()
        features[row, :length] = torch.from_numpy(text.features)
        mask[row, :length] = True
    return rows, features, mask


def loss(model: OmissionModel, batch: Sequence[Example]) -> Any:
    """Return the sum of the three losses of a batch."""
    arguments = padded(batch)
    logit, gap, pair = model(*arguments)
    lost = torch.zeros(logit.shape)
    weight = torch.zeros(logit.shape)
    for row, example in enumerate(batch):
        count = len(example.lost)
        lost[row, :count] = torch.from_numpy(np.maximum(example.lost, 0).astype(np.float32))
        # A whole pair counts double: real articles have few omissions.
        factor = 1.0 if example.gap >= 0 else 2.0
        weight[row, :count] = torch.from_numpy((example.lost >= 0) * factor).float()
    weight = weight * (arguments[1][:, :, 0] > 0)
    gaps = torch.tensor([example.gap for example in batch])
    shortened = gaps >= 0
    by_word = F.binary_cross_entropy_with_logits(logit.float(), lost, reduction="none")
    words = (by_word * weight).sum() / weight.sum()
    pairs = F.binary_cross_entropy_with_logits(pair.float(), shortened.float())
    places = 0.0
    if shortened.any():
        places = F.cross_entropy(gap.float()[shortened], gaps[shortened])
    return WORD_WEIGHT * words + PAIR_WEIGHT * pairs + GAP_WEIGHT * places


def batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Yield all examples once, those of about one length together."""

    def length(at: int) -> int:
        return len(examples[at].lost) + len(examples[at].target.rows)

    order = rng.sample(range(len(examples)), len(examples))
    for start in range(0, len(order), 50 * BATCH):
        part = sorted(order[start : start + 50 * BATCH], key=length)
        groups = [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        for group in rng.sample(groups, len(groups)):
            yield [examples[at] for at in group]


def fit(model: OmissionModel, examples: Sequence[Example], rounds: float) -> None:
    """Train the model on the examples: AdamW, its rate falling as a cosine."""
    rng = random.Random(0)
    steps = int(rounds * len(examples) / BATCH)
    trained = []
    for name, value in model.named_parameters():
        value.requires_grad_(name.startswith(TRAINED))
        if value.requires_grad:
            trained.append(value)
    optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01, betas=(0.9, 0.98))

    def rate(at: int) -> float:
        rising = min(1, (at + 1) / WARM_UP)
        return rising * (0.5 + 0.495 * math.cos(math.pi * min(1, at / steps)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    step = 0
    while step < steps:
        for batch in batches(examples, rng):
            value = loss(model, batch)
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 25 == 0:
                print(f"step {step} of {steps}: loss {float(value):.3f}", flush=True)
            if step >= steps:
                break


BY_LAYER = ("query_key_value", "attention_output", "inner", "outer")
NORMS = ("norm", "inner_norm")
AS_THEY_ARE = ("attend_steps", "attend_similarity", "attend_place", "attend_across")


def weights_of(model: OmissionModel) -> dict[str, Any]:
    """Return the weights as omission_model.py reads them, but for the projection of words.

    Those of a layer begin with "l_" and have one row a layer.
    """
    state = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    weights = {
        "source_facts": state["source_facts.weight"].T,
        "source_bias": state["source_facts.bias"],
        "target_facts": state["target_facts.weight"].T,
        "target_bias": state["target_facts.bias"],
        "last": np.stack([state["last.weight"], state["last.bias"]]),
        "missing": state["missing.weight"][0],
        "missing_bias": state["missing.bias"][0],
        "gap": state["gap.weight"][0],
        "pair": state["pair.weight"].T,
        "pair_bias": state["pair.bias"][1],
    }
    weights |= {name: state[name] for name in AS_THEY_ARE}

    def by_layer(name: str) -> list[Any]:
        return [state[f"layers.{layer}.{name}"] for layer in range(LAYERS)]

    for name in BY_LAYER:
        weights[f"l_{name}"] = np.stack([matrix.T for matrix in by_layer(f"{name}.weight")])
        weights[f"l_{name}_bias"] = np.stack(by_layer(f"{name}.bias"))
    for name in NORMS:
        parts = [by_layer(f"{name}.weight"), by_layer(f"{name}.bias")]
        weights[f"l_{name}"] = np.stack(parts, axis=1)
    return {name: np.asarray(value, dtype=np.float16) for name, value in weights.items()}


def restored(weights: dict[str, Any]) -> OmissionModel:
    """Return the model with these weights, in the form of ``weights_of``."""
    model = OmissionModel()
    state = {
        "source_facts.weight": weights["source_facts"].T,
        "source_facts.bias": weights["source_bias"],
        "target_facts.weight": weights["target_facts"].T,
        "target_facts.bias": weights["target_bias"],
        "last.weight": weights["last"][0],
        "last.bias": weights["last"][1],
        "missing.weight": weights["missing"][None],
        "missing.bias": weights["missing_bias"].reshape(1),
        "gap.weight": weights["gap"][None],
        "gap.bias": np.zeros(1),
        "pair.weight": weights["pair"].T,
        "pair.bias": np.array([0.0, float(weights["pair_bias"])]),
    }
    state |= {name: weights[name] for name in AS_THEY_ARE}
    for layer in range(LAYERS):
        for name in BY_LAYER:
            state[f"layers.{layer}.{name}.weight"] = weights[f"l_{name}"][layer].T
            state[f"layers.{layer}.{name}.bias"] = weights[f"l_{name}_bias"][layer]
        for name in NORMS:
            scale, shift = weights[f"l_{name}"][layer]
            state[f"layers.{layer}.{name}.weight"] = scale
            state[f"layers.{layer}.{name}.bias"] = shift
    tensors = {name: torch.tensor(np.array(value, np.float32)) for name, value in state.items()}
    model.load_state_dict(tensors)
    return model


def make_all_examples(folder: Path, how_many: int, seed: int) -> list[Example]:
    """Return the examples of ``how_many`` pairs, the first of DRAWN, of the files in ``folder``."""
    rng = random.Random(seed)
    examples: list[Example] = []
    used = 0
    for number, pair in enumerate(read_pairs(folder, DRAWN, rng)):
        if used < how_many and len(pair.english.split()) >= LEAST_WORDS:
            examples.extend(make_examples(pair, rng, mirrored=number % 5 == 0))
            used += 1
    return examples


def main(arguments: Sequence[str]) -> None:
    """Train and write the weights."""
    how_many = int(arguments[1]) if len(arguments) > 1 else 750
    rounds = float(arguments[2]) if len(arguments) > 2 else 2
    seed = int(arguments[3]) if len(arguments) > 3 else 3
    torch.manual_seed(0)
    examples = make_all_examples(Path(arguments[0]), how_many, seed)
    weights = word_similarity.load_weights(omission_model.WEIGHTS_FILE)
    model = restored(weights)
    model.train()
    fit(model, examples, rounds)
    words = np.asarray(weights["words"], dtype=np.float16)
    np.savez_compressed(omission_model.WEIGHTS_FILE, words=words, **weights_of(model))
    print(f"{len(examples)} examples -> {omission_model.WEIGHTS_FILE.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
