"""Makes articles/text/joint_reader.npz: ``python bench/make_joint_reader.py PAIRS.jsonl [HOW_MANY [ROUNDS]]``.

PAIRS.jsonl (``{"en", "fr"}`` a line) comes from bench/parallel_documentation.py and bench/parallel_messages.py; what
bench/make_word_likeness.py learnt from may be among them. Each pair is read whole and with words deleted: French
phrases and single words (bench/spoil.py), and every other time a run of English words, read from the French. Three
losses are added up: the log loss of each source word's being missing, of the pair's being spoilt, and of the place in
the target where the words were (cross entropy). The matrix of word_likeness.npz goes on learning, slowly, and is
written anew. Needs ``torch``, which the product does not. Nothing of the sets that quality is measured on goes in.

The tables that are there were made in November 2026 from about 67,000 pairs in four runs, each from where the ones
before had ended: some 25,000 steps in three hours on two cores. Only the last saw its words blurred; on news it is the
better for it (.966 where .964 was), on its own lessons no worse. articles/text/missing.py says what it reaches.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch  # type: ignore[import-not-found]
from torch import nn
from torch.nn import functional as F  # type: ignore[import-not-found]  # noqa: N812

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.omissions import omission_model, word_similarity
from articles.omissions.features import word_features
from articles.omissions.word_aligner import WordLinks, align_words, isolated_vectors
from articles.omissions.word_encoder import load_word_encoder
from articles.text.document import Span
from articles.text.tokens import Token, tokens
from bench.training.spoil import carried, cut, faithful, spoil

WIDTH, HEADS, LAYERS, INNER, DROPPED, BLURRED = 192, 6, 3, 512, 0.15, 0.1
BATCH, SLOW, FAST, WARM = 32, 1.5e-4, 8e-4, 200
"""Pairs a step, the rates of learning of the matrix and of the rest, and how many steps these take to rise."""
WORD, PAIR, SEAM = 5.0, 0.5, 0.1
"""What the losses weigh."""
LONGEST = 70
NEVER = -1e4


class Words(NamedTuple):
    """A text: its layers as whole numbers with a scale a word, each word's place in the list of words, its facts."""

    layers: Any
    scale: Any
    index: Any
    facts: Any


class Lesson(NamedTuple):
    """Source, target, what each source word has lost (1, 0, -1 unsure), and where in the target it was (-1: whole)."""

    source: Words
    target: Words
    lost: Any
    seam: int


class Lexicon:
    """The vectors of words alone, each once."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.vectors: list[Any] = []

    def index(self, words: Sequence[str]) -> Any:
        """Where the words' vectors are."""
        new = [word for word in dict.fromkeys(words) if word not in self.places]
        found: tuple[Any, Any] | None = isolated_vectors(new, []) if new else ([], [])
        if found is None:
            sys.exit("the sentence encoder is not installed")
        for word, vector in zip(new, found[0], strict=True):
            self.places[word] = len(self.vectors)
            self.vectors.append(vector.astype(np.float16))
        return np.array([self.places[word] for word in words])


def seen(text: str, words: Sequence[Token], language: str, lexicon: Lexicon) -> Words:
    """``text`` through both encoders."""
    encoder = load_word_encoder()
    if encoder is None:
        sys.exit("the word encoder is not installed")
    layers = word_similarity.normalize_layers(encoder.words(text, words))
    scale = np.abs(layers).max(axis=1, keepdims=True) / 127 + 1e-9
    index = lexicon.index([word.text for word in words])
    return Words(
        np.round(layers / scale).astype(np.int8),
        scale,
        index,
        word_similarity.scaled_features(word_features(words, language)),
    )


def lessons(
    pair: dict[str, str], luck: random.Random, lexicon: Lexicon, *, mirrored: bool
) -> Iterator[Lesson]:
    """The lessons of one pair."""
    ours, theirs = tokens(pair["en"]), tokens(pair["fr"])
    if not all(4 <= len(words) <= LONGEST for words in (ours, theirs)):
        return
    links = align_words(pair["en"], ours, pair["fr"], theirs)
    source, target = seen(pair["en"], ours, "en", lexicon), seen(pair["fr"], theirs, "fr", lexicon)
    yield Lesson(source, target, np.zeros(len(ours)), -1)
    for few in (False, True, False):
        yield from _spoilt(source, links, theirs, spoil(pair["fr"], luck, few=few), "fr", lexicon)
    if mirrored:
        yield Lesson(target, source, np.zeros(len(theirs)), -1)
        yield from _spoilt(target, links.swapped, ours, _run(pair["en"], ours, luck), "en", lexicon)


def _spoilt(
    source: Words,
    links: WordLinks,
    whole: Sequence[Token],
    spoilt: Any,
    language: str,
    lexicon: Lexicon,
) -> Iterator[Lesson]:
    rest = tokens(spoilt.text) if spoilt else []
    if len(rest) < 4:
        return
    same = [a.text == b.text for a, b in zip(rest, whole, strict=False)]
    seam = min(same.index(False) if False in same else len(rest), len(rest) - 1)
    yield Lesson(
        source, seen(spoilt.text, rest, language, lexicon), carried(links, whole, spoilt.cut), seam
    )


def _run(text: str, words: Sequence[Token], luck: random.Random) -> Any:
    """``text`` less a run of words, often its first or its last."""
    size = min(luck.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12)), len(words) // 2)
    if len(words) < 7:
        return None
    first = luck.choice(
        (0, 0, len(words) - 1 - size, *(luck.randrange(len(words) - size) for _ in range(5)))
    )
    return cut(text, Span(words[first].start, words[first + size - 1].end), "run", luck)


class Reader(nn.Module):
    """The same as articles/text/joint_reader.py, for many pairs at once and able to learn."""

    def __init__(self) -> None:
        super().__init__()
        self.likeness = {
            name: torch.tensor(value) for name, value in word_similarity._load_weights().items()
        }
        matrix = self.likeness["matrix"]
        self.matrix = nn.Parameter(matrix.clone())
        self.words = nn.Linear(len(matrix), WIDTH, bias=False)
        nn.init.normal_(self.words.weight, std=0.03)
        self.words.weight.data[: matrix.shape[1]] = matrix.T
        self.source_facts, self.target_facts = nn.Linear(12, WIDTH), nn.Linear(7, WIDTH)
        self.layers = nn.ModuleList(
            nn.ModuleDict(
                {
                    "norm": nn.LayerNorm(WIDTH), "ask": nn.Linear(WIDTH, 3 * WIDTH), "tell": nn.Linear(WIDTH, WIDTH),
                    "inner_norm": nn.LayerNorm(WIDTH), "inner": nn.Linear(WIDTH, INNER),
                    "outer": nn.Linear(INNER, WIDTH),
                }
            )
            for _ in range(LAYERS)
        )  # fmt: skip
        self.attend_steps = nn.Parameter(
            torch.zeros(LAYERS, HEADS, 2, 2 * omission_model.MAX_STEP + 1)
        )
        self.attend_likeness = nn.Parameter(torch.tensor([[6.0] * 3 + [0.0] * 3] * LAYERS))
        self.attend_place = nn.Parameter(torch.ones(LAYERS, HEADS))
        self.attend_across = nn.Parameter(torch.zeros(LAYERS, HEADS, 2))
        self.last = nn.LayerNorm(WIDTH)
        self.missing, self.seam, self.spoilt = (
            nn.Linear(WIDTH, 1),
            nn.Linear(WIDTH, 1),
            nn.Linear(WIDTH, 2),
        )
        nn.init.zeros_(self.missing.weight)
        nn.init.zeros_(self.missing.bias)

    def forward(
        self, source: Any, facts: Any, ours: Any, target: Any, is_word: Any, theirs: Any
    ) -> tuple[Any, Any, Any]:
        """Logits of each source word, of the place in the target, of the pair; ``ours``, ``theirs``: no filling."""
        count, other = source.shape[1], target.shape[1]
        likeness = (
            F.normalize(source @ self.matrix, dim=-1) @ F.normalize(target @ self.matrix, dim=-1).mT
        )
        sizes = ours.sum(1, keepdim=True).float(), theirs.sum(1, keepdim=True).float()
        places = [
            (torch.arange(mask.shape[1]) + 0.5) / size
            for mask, size in zip((ours, theirs), sizes, strict=True)
        ]
        far = (places[0][:, :, None] - places[1][:, None]).abs()
        first, back, logit = self._doubts(likeness, far, facts, is_word)
        ratio = torch.log((sizes[1] + 1) / (sizes[0] + 1))[:, :, None]
        left = torch.cat([facts, ratio.expand(-1, count, 1), first, logit[:, :, None] / 4], 2)
        right = torch.cat([is_word[:, :, None].float(), ratio.expand(-1, other, 1), back], 2)
        state = torch.cat(
            [
                self.words(self._blurred(source)) + self.source_facts(left),
                self.words(self._blurred(target)) + self.target_facts(right),
            ],
            1,
        )
        mask = torch.cat([ours, theirs], 1)
        for number, layer in enumerate(self.layers):
            weight = (
                self._weight(number, likeness, far) + torch.where(mask, 0.0, NEVER)[:, None, None]
            )
            state = self._layer(layer, state, weight)
        state = self.last(state)
        logit = logit + 4 * self.missing(state[:, :count])[..., 0]
        seam = torch.where(theirs, self.seam(state[:, count:])[..., 0], torch.tensor(NEVER))
        look, say = self.spoilt(state).unbind(-1)
        return (
            logit,
            seam,
            (torch.softmax(torch.where(mask, look, torch.tensor(NEVER)), 1) * say).sum(1),
        )

    def _blurred(self, rows: Any) -> Any:
        """While it learns: all numbers a little off, some gone from a whole text, lest it learn the words by heart."""
        if not self.training:
            return rows
        there = (torch.rand(len(rows), 1, rows.shape[2]) > BLURRED).float() / (1 - BLURRED)
        return (rows + torch.randn_like(rows) * BLURRED * rows.std()) * there

    def _doubts(self, likeness: Any, far: Any, facts: Any, is_word: Any) -> tuple[Any, Any, Any]:
        """As word_likeness.doubts, for both sides."""
        known = self.likeness
        asked = facts[:, :, 0] > 0
        possible = asked[:, :, None] & is_word[:, None]
        worth = torch.where(
            possible, known["heat"] * (likeness - known["place"] * far), torch.tensor(NEVER)
        )
        nothing = known["heat"] * known["nothing"]
        rows = torch.softmax(F.pad(worth, (0, 1), value=float(nothing)), 2)[:, :, :-1]
        columns = (
            torch.softmax(F.pad(worth, (0, 0, 0, 1), value=float(nothing)), 1)[:, :-1]
            * is_word[:, None]
        )
        both = (rows * columns + 1e-9).sqrt()
        found = []
        for axis, sums, covered, words in (
            (2, columns, rows, is_word[:, None]),
            (1, rows, columns, asked[:, :, None]),
        ):
            best = (worth.amax(axis) / known["heat"]).clamp(min=-1)
            nearest = torch.where(words, likeness, torch.tensor(-1.0)).amax(axis)
            found.append(
                torch.stack(
                    [
                        best,
                        sums.sum(axis).clamp(max=3),
                        covered.sum(axis),
                        both.amax(axis),
                        nearest,
                    ],
                    2,
                )
            )
        told = torch.cat(
            [found[0][:, :, :1], found[0][:, :, 1:2].clamp(max=1.5), found[0][:, :, 2:]], 2
        )
        logit = known["start"] + told @ known["weights"] + facts @ known["facts"]
        return (
            found[0],
            found[1],
            torch.where(asked, logit, torch.tensor(word_similarity.PUNCTUATION_LOGIT)),
        )

    def _weight(self, layer: int, likeness: Any, far: Any) -> Any:
        """What is added to the attention of a layer."""
        count, other = likeness.shape[1:]
        across = self.attend_likeness[layer][:, None, None] * likeness[:, None]
        across = across - self.attend_place[layer][:, None, None] * far[:, None]
        within = []
        for number, size in enumerate((count, other)):
            index = torch.arange(size)
            step = (index[None] - index[:, None]).clamp(
                -omission_model.MAX_STEP, omission_model.MAX_STEP
            ) + omission_model.MAX_STEP
            within.append(
                self.attend_steps[layer][:, number][:, step].expand(len(likeness), -1, -1, -1)
            )
        to_target, to_source = self.attend_across[layer].unbind(1)
        upper = torch.cat([within[0], across + to_target[:, None, None]], 3)
        return torch.cat(
            [upper, torch.cat([across.mT + to_source[:, None, None], within[1]], 3)], 2
        )

    def _layer(self, layer: Any, state: Any, weight: Any) -> Any:
        size = state.shape[1]
        asked = (
            layer["ask"](layer["norm"](state))
            .view(len(state), size, 3, HEADS, -1)
            .permute(2, 0, 3, 1, 4)
        )
        heard = (
            F.scaled_dot_product_attention(*asked, attn_mask=weight)
            .transpose(1, 2)
            .reshape(state.shape)
        )
        state = state + F.dropout(layer["tell"](heard), DROPPED, self.training)
        inner = layer["outer"](F.relu(layer["inner"](layer["inner_norm"](state))))
        return state + F.dropout(inner, DROPPED, self.training)


def padded(batch: Sequence[Lesson], lexicon: Any) -> tuple[Any, ...]:
    """What Reader.forward takes, of lessons of about one length."""
    made: list[Any] = []
    for words in ([lesson.source for lesson in batch], [lesson.target for lesson in batch]):
        size = max(len(each.index) for each in words)
        rows = torch.zeros(len(batch), size, words[0].layers.shape[1] + lexicon.shape[1])
        facts, there = (
            torch.zeros(len(batch), size, words[0].facts.shape[1]),
            torch.zeros(len(batch), size, dtype=bool),
        )
        for row, each in enumerate(words):
            count = len(each.index)
            layers = torch.from_numpy(each.layers * each.scale)
            rows[row, :count] = torch.cat(
                [layers, lexicon[torch.from_numpy(each.index)].float()], 1
            )
            facts[row, :count], there[row, :count] = torch.from_numpy(each.facts), True
        made.append((rows, facts, there))
    (source, facts, ours), (target, other, theirs) = made
    return source, facts, ours, target, other[:, :, 0] > 0, theirs


def loss(reader: Reader, batch: Sequence[Lesson], lexicon: Any) -> Any:
    """The three losses of a batch, added up."""
    given = padded(batch, lexicon)
    with torch.autocast("cpu", torch.bfloat16):
        logit, seam, pair = reader(*given)
    lost, weight = torch.zeros(logit.shape), torch.zeros(logit.shape)
    for row, lesson in enumerate(batch):
        count = len(lesson.lost)
        lost[row, :count] = torch.from_numpy(np.maximum(lesson.lost, 0).astype(np.float32))
        weight[row, :count] = torch.from_numpy(
            (lesson.lost >= 0) * (1.0 if lesson.seam >= 0 else 2.0)
        ).float()
    weight = weight * (given[1][:, :, 0] > 0)
    seams = torch.tensor([lesson.seam for lesson in batch])
    spoilt = seams >= 0
    words = (
        F.binary_cross_entropy_with_logits(logit.float(), lost, reduction="none") * weight
    ).sum() / weight.sum()
    pairs = F.binary_cross_entropy_with_logits(pair.float(), spoilt.float())
    places = F.cross_entropy(seam.float()[spoilt], seams[spoilt]) if spoilt.any() else 0.0
    return WORD * words + PAIR * pairs + SEAM * places


def batches(learnt: Sequence[Lesson], luck: random.Random) -> Iterator[list[Lesson]]:
    """All lessons once, those of about one length together."""
    order = luck.sample(range(len(learnt)), len(learnt))
    for start in range(0, len(order), 50 * BATCH):
        part = sorted(
            order[start : start + 50 * BATCH],
            key=lambda at: len(learnt[at].lost) + len(learnt[at].target.index),
        )
        groups = [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        for group in luck.sample(groups, len(groups)):
            yield [learnt[at] for at in group]


def learn(learnt: Sequence[Lesson], lexicon: Any, rounds: float) -> Reader:
    """A reader that has gone through the lessons; AdamW, its rate falling as a cosine."""
    reader, luck, step = Reader(), random.Random(0), 0
    rest = [value for name, value in reader.named_parameters() if name != "matrix"]
    groups = [{"params": [reader.matrix], "lr": SLOW}, {"params": rest, "lr": FAST}]
    steps = int(rounds * len(learnt) / BATCH)
    rate = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    falling = torch.optim.lr_scheduler.LambdaLR(
        rate,
        lambda at: min(1, (at + 1) / WARM) * (0.5 + 0.495 * math.cos(math.pi * min(1, at / steps))),
    )
    while step < steps:
        for batch in batches(learnt, luck):
            made = loss(reader, batch, lexicon)
            rate.zero_grad()
            made.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            rate.step()
            falling.step()
            step += 1
            if step % 200 == 0:
                print(f"step {step} of {steps}: loss {float(made):.3f}", flush=True)
            if step >= steps:
                break
    return reader


def tables(reader: Reader) -> dict[str, Any]:
    """What articles/text/joint_reader.py reads: a layer's tables begin with "l_" and hold a row a layer."""
    state = {name: value.detach().numpy() for name, value in reader.state_dict().items()}
    made = {
        "words": state["words.weight"].T,
        "source_facts": state["source_facts.weight"].T, "source_start": state["source_facts.bias"],
        "target_facts": state["target_facts.weight"].T, "target_start": state["target_facts.bias"],
        "attend_steps": state["attend_steps"], "attend_likeness": state["attend_likeness"],
        "attend_place": state["attend_place"], "attend_across": state["attend_across"],
        "last": np.stack([state["last.weight"], state["last.bias"]]),
        "missing": state["missing.weight"][0], "missing_start": state["missing.bias"][0],
        "seam": state["seam.weight"][0], "spoilt": state["spoilt.weight"].T, "spoilt_start": state["spoilt.bias"][1],
    }  # fmt: skip
    for name in ("ask", "tell", "inner", "outer"):
        made["l_" + name] = np.stack(
            [state[f"layers.{at}.{name}.weight"].T for at in range(LAYERS)]
        )
        made[f"l_{name}_start"] = np.stack(
            [state[f"layers.{at}.{name}.bias"] for at in range(LAYERS)]
        )
    for name in ("norm", "inner_norm"):
        parts = [
            [state[f"layers.{at}.{name}.{part}"] for part in ("weight", "bias")]
            for at in range(LAYERS)
        ]
        made["l_" + name] = np.array(parts)
    return {name: np.asarray(value, dtype=np.float16) for name, value in made.items()}


def main(arguments: Sequence[str]) -> None:
    """Learn and write both tables."""
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    luck, lexicon = random.Random(3), Lexicon()
    luck.shuffle(lines)
    pairs = faithful(
        [json.loads(line) for line in lines[: int(arguments[1]) if len(arguments) > 1 else None]]
    )
    learnt = [
        lesson
        for number, pair in enumerate(pairs)
        for lesson in lessons(pair, luck, lexicon, mirrored=number % 2 == 0)
    ]
    reader = learn(
        learnt,
        torch.from_numpy(np.array(lexicon.vectors)),
        float(arguments[2]) if len(arguments) > 2 else 2,
    )
    np.savez_compressed(omission_model.WEIGHTS_FILE, **tables(reader))
    likeness = word_similarity._load_weights() | {
        "matrix": reader.matrix.detach().numpy().astype(np.float16)
    }
    np.savez_compressed(word_similarity.WEIGHTS_FILE, **likeness)
    print(
        f"{len(pairs)} pairs, {len(learnt)} lessons -> {omission_model.WEIGHTS_FILE.name}, {word_similarity.WEIGHTS_FILE.name}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
