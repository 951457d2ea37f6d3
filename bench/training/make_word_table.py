"""Makes articles/omissions/word_table.npz: ``make_word_table.py FOLDER``.

FOLDER holds ``NAME.en-LL.jsonl.gz`` files (prose_pairs.py). The words that are most frequent in
them get the vectors of the sentence encoder, in WIDTH principal components of 8 bits.
docs/decisions/0018-words-from-a-table.md says what it reaches.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.alignment.sentence_encoder import load_encoder
from articles.omissions import word_table
from articles.text.tokens import tokens
from bench.training.prose_pairs import SHARE_ALIKE

READ = {"en": 30_000, "fr": 36_000, "de": 14_000, "es": 10_000}
"""The most frequent words of each language, from which the axes are computed."""
WORDS = 30_000
WIDTH = 256
MOST_COUNTED = 3000
"""The weight of a word in the choice of the axes is the root of its count, at most this."""
SHARES = {"suttas": 0.3, "canada-acts": 0.3, "tatoeba": 0.6}
"""The share of lines that is read of long and repetitive files."""


def read_lines(folder: Path, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield each text with its language, of all files that are not under a share-alike licence."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        name, languages = path.name.split(".")[:2]
        if name in SHARE_ALIKE:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if rng.random() > SHARES.get(name, 1):
                    continue
                record = json.loads(line)
                for language in languages.split("-"):
                    yield record[language], language


def count_words(folder: Path) -> Counter[str]:
    """Return the frequent words of the folder."""
    counts: dict[str, Counter[str]] = {language: Counter() for language in READ}
    for text, language in read_lines(folder, random.Random(5)):
        counts[language].update(word.text for word in tokens(text))
    chosen: Counter[str] = Counter()
    for language, most in READ.items():
        chosen.update(dict(counts[language].most_common(most)))
    return chosen


def principal_axes(vectors: Any, weight: Any) -> Any:
    """Return the WIDTH directions in which the weighted vectors vary most, a column each."""
    weighted = vectors * weight[:, None]
    _values, axes = np.linalg.eigh(weighted.T @ weighted)
    return axes[:, ::-1][:, :WIDTH]


def main(arguments: list[str]) -> None:
    """Make the table and write it."""
    encoder = load_encoder()
    if encoder is None:
        sys.exit("the sentence encoder is not installed")
    counts = count_words(Path(arguments[0]))
    words = sorted(counts)
    count = np.array([counts[word] for word in words], dtype=np.float64)
    vectors = encoder.sentences(words)
    axes = principal_axes(vectors, np.sqrt(np.minimum(count, MOST_COUNTED)))
    chosen = sorted(np.argsort(-count)[:WORDS], key=words.__getitem__)
    values = vectors[chosen] @ axes
    scale = np.abs(values).max(axis=0) / 127
    listed = "\n".join(words[index] for index in chosen)
    np.savez_compressed(
        word_table.TABLE_FILE,
        words=np.frombuffer(listed.encode(), dtype=np.uint8),
        table=np.round(values / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        axes=axes.astype(np.float16),
    )
    print(f"{len(words)} words read, {len(chosen)} -> {word_table.TABLE_FILE.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
