"""English–French sentence pairs from translated messages and descriptions; to make lessons of (bench/spoil.py).

``python bench/parallel_messages.py FOLDER > PAIRS.jsonl``. FOLDER holds any of these, found by their names:

* ``*.mo`` below ``fr/LC_MESSAGES``: message catalogues. Used in November 2026: the Debian packages wesnoth-1.16-data
  and widelands-data (GPL-2+), unpacked with ``dpkg-deb -x``; their stories are the nearest to prose.
* ``Translation-en`` and ``Translation-fr``: what Debian's packages say of themselves, under each package's licence;
  ``apt-get -o Acquire::Languages=fr,en update`` leaves them (``lz4 -d``) in /var/lib/apt/lists.

Long texts are cut into sentences where both sides have as many.
"""

from __future__ import annotations

import gettext
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.training.parallel_documentation import good, sentences

_MARKUP = re.compile(r"<[^>]{0,80}>|%[%\d$a-z(]|\{|\$\w|\\|_\(")


def catalogues(folder: Path) -> Iterator[tuple[str, str]]:
    """The messages of all French catalogues, as (English, French)."""
    for path in sorted(folder.rglob("fr/LC_MESSAGES/*.mo")):
        with path.open("rb") as file:
            messages = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        for source, target in messages.items():
            if isinstance(source, str) and source:
                yield (
                    source.rpartition("\x04")[2].partition("^")[2] or source.rpartition("\x04")[2],
                    target,
                )


def descriptions(folder: Path) -> Iterator[tuple[str, str]]:
    """The paragraphs of packages' descriptions, as (English, French)."""
    french = {key: text for path in folder.glob("Translation-fr") for key, text in _described(path)}
    for path in folder.glob("Translation-en"):
        for key, text in _described(path):
            theirs = french.get(key, [])
            if len(text) == len(theirs):
                yield from zip(text, theirs, strict=True)


def _described(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The key and the paragraphs of each entry, without its first line; lists and the like left out."""
    for entry in path.read_text(encoding="utf-8").split("\n\n"):
        found = re.search(
            r"Description-md5: (\w+)\nDescription-\w+: [^\n]*\n(.+)", entry, re.DOTALL
        )
        if found:
            paragraphs = [" ".join(part.split()) for part in found[2].split("\n .\n")]
            yield found[1], [part for part in paragraphs if part and not re.match(r"[-*o+] ", part)]


def main(arguments: Sequence[str]) -> None:
    """Print every pair once, in any order."""
    folder, seen, made = Path(arguments[0]), set[str](), []
    for source, target in (*catalogues(folder), *descriptions(folder)):
        left, right = sentences(source), sentences(target)
        for pair in (
            zip(left, right, strict=True) if len(left) == len(right) else [(source, target)]
        ):
            if (
                good(*pair)
                and not any(_MARKUP.search(text) for text in pair)
                and pair[0] not in seen
            ):
                seen.add(pair[0])
                made.append(pair)
    random.Random(5).shuffle(made)
    for source, target in made:
        print(json.dumps({"en": source, "fr": target}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
