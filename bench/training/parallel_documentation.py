"""English–French sentence pairs from translated documentation, for training examples.

``python bench/training/parallel_documentation.py FOLDER > PAIRS.jsonl``. FOLDER holds these Debian
packages, unpacked with ``dpkg-deb -x PACKAGE.deb FOLDER/NAME`` (NAME without version):
debian-handbook, debian-reference-en, debian-reference-fr, developers-reference,
developers-reference-fr, debian-faq, debian-faq-fr, gnome-user-docs, gimp-help-en, gimp-help-fr.
People translated them, mostly freely. Pages with the same name are paired, their paragraphs
aligned by meaning (the sentence encoder), and these cut into sentences where both have as many:
19,495 pairs in November 2026. Needs ``lxml``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from articles.alignment.sentence_encoder import SentenceEncoder, load_encoder

BLOCKS = {"p", "li", "td", "dd", "dt", "h1", "h2", "h3", "h4", "title", "desc", "item"}
INNER = BLOCKS | {"ul", "ol", "pre", "table", "screen", "code"}
LEAST_SIMILARITY = 0.45
"""Paragraphs less similar than this are left out."""
PAIR_COST = 0.25
"""Subtracted for each pair of paragraphs, so that dissimilar ones stay alone."""
MAX_CELLS = 160_000
"""Pages with more pairs of paragraphs than this are left out, as too slow to align."""
_END = re.compile(r"(?<=[.!?…»”])\s+(?=[«“\"(]?\s?[A-ZÀ-Ý])")


BOOKS = [
    ("debian-handbook/usr/share/doc/debian-handbook/html/en-US", "*.html", "en-US", "fr-FR"),
    ("debian-reference-en/usr/share/debian-reference", "*.en.html", "-en/", "-fr/"),
    ("developers-reference/usr/share/developers-reference", "*.html", "", ""),
    ("debian-faq/usr/share/doc/debian/FAQ", "*.en.html", "", ""),
    ("gnome-user-docs/usr/share/help/C/gnome-help", "*.page", "/C/", "/fr/"),
    ("gimp-help-en/usr/share/gimp/2.0/help/en", "*.html", "", ""),
]
"""The folder of each English book, its pages, and what to replace in a path for the French one."""
FRENCH_FOLDERS = {
    "developers-reference": "developers-reference-fr/usr/share/developers-reference/fr",
    "debian-faq": "debian-faq-fr/usr/share/doc/debian/FAQ/fr",
    "gimp-help-en": "gimp-help-fr/usr/share/gimp/2.0/help/fr",
}
"""The folders of French books whose path follows no such rule."""


def pages(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the English and the French file of each page."""
    for book, pattern, here, there in BOOKS:
        name = book.partition("/")[0]
        for page in sorted((folder / book).glob(pattern)):
            if here:
                other = Path(str(page).replace(here, there))
            else:
                other = folder / FRENCH_FOLDERS[name] / page.name
            other = other.with_name(page.name.replace(".en.", ".fr."))
            if other.exists():
                yield page, other


def paragraphs(page: Path) -> list[str]:
    """Return the texts of the innermost blocks that are longer than a label."""
    from lxml import etree, html

    data = page.read_bytes()
    if page.suffix == ".page":
        root = etree.fromstring(data, etree.XMLParser(recover=True))
    else:
        root = html.document_fromstring(data)
    texts = []
    for element in root.iter():
        if not _is_block(element):
            continue
        text = "".join(element.itertext()).replace("\u00ad", "")
        texts.append(" ".join(text.split()))
    return [text for text in texts if len(text) > 25]


def _is_block(element: Any) -> bool:
    """Return whether ``element`` is a block without blocks inside."""
    name = _local_name(element)
    if name not in BLOCKS and (name, element.get("class")) != ("div", "para"):
        return False
    return not any(_local_name(each) in INNER for each in element.iterdescendants())


def _local_name(element: Any) -> str:
    """Return the name of an element without its namespace; "" for a comment and the like."""
    if not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2]


def align_in_order(similarity: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """Return the best pairs that keep the order of both sides, by dynamic programming."""
    rows, columns = similarity.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            paired = best[i - 1, j - 1] + similarity[i - 1, j - 1] - PAIR_COST
            best[i, j] = max(paired, best[i - 1, j], best[i, j - 1])
    pairs = []
    i = rows
    j = columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i -= 1
            j -= 1
            pairs.append((i, j))
    pairs.reverse()
    return pairs


def is_usable(source: str, target: str) -> bool:
    """Return whether the pair is prose of a sentence's length, and translated."""
    if source == target:
        return False
    if not 25 <= len(source) <= 320 or not 25 <= len(target) <= 400:
        return False
    words = re.findall(r"[^\W\d_]{2,}", source)
    symbols = re.findall(r"[^\w\s.,;:'’()«»\"-]", source)
    return len(words) >= 5 and len(symbols) <= 0.04 * len(source)


def sentence_pairs(source: str, target: str) -> list[tuple[str, str]]:
    """Return the sentences of two texts in pairs; both texts as one pair if they differ in number.

    Texts are cut only where a sentence surely ends.
    """
    left = _END.split(source)
    right = _END.split(target)
    if len(left) == len(right):
        return list(zip(left, right, strict=True))
    return [(source, target)]


def pairs_of_page(page: Path, other: Path, encoder: SentenceEncoder) -> Iterator[tuple[str, str]]:
    """Yield the sentence pairs of one page."""
    left = paragraphs(page)
    right = paragraphs(other)
    if not left or not right or len(left) * len(right) > MAX_CELLS:
        return
    similarity = encoder.sentences(left) @ encoder.sentences(right).T
    for i, j in align_in_order(similarity):
        if similarity[i, j] < LEAST_SIMILARITY:
            continue
        for pair in sentence_pairs(left[i], right[j]):
            if is_usable(*pair):
                yield pair


def main(arguments: Sequence[str]) -> None:
    """Print every pair once."""
    encoder = load_encoder()
    if encoder is None:
        sys.exit("the sentence encoder is not installed")
    seen: set[str] = set()
    for page, other in pages(Path(arguments[0])):
        for source, target in pairs_of_page(page, other, encoder):
            if source not in seen:
                seen.add(source)
                print(json.dumps({"en": source, "fr": target}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
