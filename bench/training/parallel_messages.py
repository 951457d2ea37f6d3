"""English–French sentence pairs from translated messages and descriptions, for training examples.

``python bench/training/parallel_messages.py FOLDER > PAIRS.jsonl``. FOLDER holds any of these,
found by their names:

* ``*.mo`` below ``fr/LC_MESSAGES``: message catalogues. Used in November 2026: the Debian packages
  wesnoth-1.16-data and widelands-data (GPL-2+), unpacked with ``dpkg-deb -x``; their stories are
  nearest to prose.
* ``Translation-en`` and ``Translation-fr``: the descriptions of Debian's packages, under each
  package's licence; ``apt-get -o Acquire::Languages=fr,en update`` leaves them (``lz4 -d``) in
  /var/lib/apt/lists.

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

from bench.training.parallel_documentation import is_usable, sentence_pairs

_ENTRY = re.compile(r"Description-md5: (\w+)\nDescription-\w+: [^\n]*\n(.+)", re.DOTALL)
_MARKUP = re.compile(r"<[^>]{0,80}>|%[%\d$a-z(]|\{|\$\w|\\|_\(")


def catalogues(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the messages of all French catalogues as (English, French)."""
    for path in sorted(folder.rglob("fr/LC_MESSAGES/*.mo")):
        with path.open("rb") as file:
            messages = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        for source, target in messages.items():
            if isinstance(source, str) and source:
                yield _without_context(source), target


def _without_context(message: str) -> str:
    """Return a message without its gettext context, and without the games' own ("context^")."""
    text = message.rpartition("\x04")[2]
    return text.partition("^")[2] or text


def descriptions(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of packages' descriptions as (English, French)."""
    french: dict[str, list[str]] = {}
    for path in folder.glob("Translation-fr"):
        french.update(_descriptions_in(path))
    for path in folder.glob("Translation-en"):
        for key, paragraphs in _descriptions_in(path):
            translated = french.get(key, [])
            if len(paragraphs) == len(translated):
                yield from zip(paragraphs, translated, strict=True)


def _descriptions_in(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the key and the paragraphs of each entry, without its first line and its lists."""
    for entry in path.read_text(encoding="utf-8").split("\n\n"):
        found = _ENTRY.search(entry)
        if not found:
            continue
        paragraphs = []
        for part in found[2].split("\n .\n"):
            paragraph = " ".join(part.split())
            if paragraph and not re.match(r"[-*o+] ", paragraph):
                paragraphs.append(paragraph)
        yield found[1], paragraphs


def _is_prose(source: str, target: str) -> bool:
    """Return whether the pair is usable and neither text has mark-up or placeholders."""
    if not is_usable(source, target):
        return False
    return not _MARKUP.search(source) and not _MARKUP.search(target)


def main(arguments: Sequence[str]) -> None:
    """Print every pair once, in random order."""
    folder = Path(arguments[0])
    pairs: dict[str, str] = {}
    for texts in (*catalogues(folder), *descriptions(folder)):
        for source, target in sentence_pairs(*texts):
            if _is_prose(source, target):
                pairs.setdefault(source, target)
    listed = list(pairs.items())
    random.Random(5).shuffle(listed)
    for source, target in listed:
        print(json.dumps({"en": source, "fr": target}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
