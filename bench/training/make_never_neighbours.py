"""Makes articles/checks/french/never_neighbours.txt: ``make_never_neighbours.py FOLDER``.

FOLDER holds ``NAME.en-fr.jsonl.gz`` files (prose_pairs.py). Two grammatical words that never stand
beside each other there, though by chance they would do so LEAST_EXPECTED times and more, have lost
a word between them, or one of them is wrong. docs/decisions/0031-what-french-never-has.md has the
figures.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.checks.french import missing_word
from articles.text.tokens import tokens
from bench.training.prose_pairs import SHARE_ALIKE

LEAST_EXPECTED = 30
WORDS = (
    "de d’ à dans sur sous par pour avec sans chez vers entre selon contre en au aux du des le la "
    "l’ les un une ce cet cette ces son sa ses leurs notre nos votre vos qui que qu’ et ou "
    "mais car ne n’ pas se s’ il elle ils elles on je j’ est sont a ont était avait été pendant si"
).split()


def read_french(folder: Path) -> Iterator[str]:
    """Yield the French texts that may be learned from."""
    for path in sorted(folder.glob("*.en-fr.jsonl.gz")):
        if path.name.split(".")[0] in SHARE_ALIKE:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["fr"]


def main(arguments: list[str]) -> None:
    """Count the words and their neighbours, and write the pairs that never occur."""
    words: Counter[str] = Counter()
    neighbours: Counter[tuple[str, str]] = Counter()
    for text in read_french(Path(arguments[0])):
        found = [word.text.lower().replace("'", "’") for word in tokens(text)]
        words.update(found)
        neighbours.update(pairwise(found))
    total = words.total()
    lines = []
    for first in WORDS:
        expected = {second: words[first] * words[second] / total for second in WORDS}
        never = [each for each in WORDS if not neighbours[first, each]]
        never = [each for each in never if expected[each] >= LEAST_EXPECTED]
        if never:
            lines.append(f"{first}: {' '.join(never)}")
    missing_word.NEVER_FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
