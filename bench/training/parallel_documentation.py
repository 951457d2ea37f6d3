"""English–French sentence pairs from translated documentation; to make lessons of (bench/spoil.py).

``python bench/parallel_documentation.py FOLDER > PAIRS.jsonl``. FOLDER holds these Debian packages, unpacked with
``dpkg-deb -x PACKAGE.deb FOLDER/NAME`` (NAME without version): debian-handbook, debian-reference-en,
debian-reference-fr, developers-reference, developers-reference-fr, debian-faq, debian-faq-fr, gnome-user-docs,
gimp-help-en, gimp-help-fr. People translated them, mostly freely. Pages with the same name are paired, their
paragraphs by meaning (the sentence encoder), these cut into sentences where both have as many: 19,495 pairs in
November 2026. Needs ``lxml``.
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
ALIKE = 0.45
"""Paragraphs less alike than this are not taken."""
MOST = 160_000
"""Pairs of paragraphs a page may have before it is left out as too slow to pair."""
_END = re.compile(r"(?<=[.!?…»”])\s+(?=[«“\"(]?\s?[A-ZÀ-Ý])")


def pages(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The English and the French file of each page."""
    books = [
        ("debian-handbook/usr/share/doc/debian-handbook/html/en-US", "*.html", "en-US", "fr-FR"),
        ("debian-reference-en/usr/share/debian-reference", "*.en.html", "-en/", "-fr/"),
        ("developers-reference/usr/share/developers-reference", "*.html", "", ""),
        ("debian-faq/usr/share/doc/debian/FAQ", "*.en.html", "", ""),
        ("gnome-user-docs/usr/share/help/C/gnome-help", "*.page", "/C/", "/fr/"),
        ("gimp-help-en/usr/share/gimp/2.0/help/en", "*.html", "", ""),
    ]
    moved = {
        "developers-reference": "developers-reference-fr/usr/share/developers-reference/fr",
        "debian-faq": "debian-faq-fr/usr/share/doc/debian/FAQ/fr",
        "gimp-help-en": "gimp-help-fr/usr/share/gimp/2.0/help/fr",
    }
    for book, pattern, here, there in books:
        name = book.partition("/")[0]
        for page in sorted((folder / book).glob(pattern)):
            other = (
                Path(str(page).replace(here, there)) if here else folder / moved[name] / page.name
            )
            other = other.with_name(page.name.replace(".en.", ".fr."))
            if other.exists():
                yield page, other


def paragraphs(page: Path) -> list[str]:
    """The texts of the innermost blocks, longer than a label."""
    from lxml import etree, html

    data = page.read_bytes()
    root = (
        etree.fromstring(data, etree.XMLParser(recover=True))
        if page.suffix == ".page"
        else html.document_fromstring(data)
    )
    texts = (
        " ".join("".join(each.itertext()).replace("\u00ad", "").split())
        for each in root.iter()
        if _is_block(each)
    )
    return [text for text in texts if len(text) > 25]


def _is_block(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    name = element.tag.rpartition("}")[2]
    if name not in BLOCKS and (name, element.get("class")) != ("div", "para"):
        return False
    inner = (
        each.tag for each in element.iter() if each is not element and isinstance(each.tag, str)
    )
    return not any(tag.rpartition("}")[2] in INNER for tag in inner)


def in_order(similarity: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """The best pairing that keeps the order of both sides, by dynamic programming."""
    rows, columns = similarity.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            paired = best[i - 1, j - 1] + similarity[i - 1, j - 1] - 0.25
            best[i, j] = max(paired, best[i - 1, j], best[i, j - 1])
    pairs, i, j = [], rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def good(source: str, target: str) -> bool:
    """Whether the pair is prose of a sentence's length, and translated."""
    words = re.findall(r"[^\W\d_]{2,}", source)
    odd = re.findall(r"[^\w\s.,;:'’()«»\"-]", source)
    lengths = 25 <= len(source) <= 320 and 25 <= len(target) <= 400
    return source != target and lengths and len(words) >= 5 and len(odd) <= 0.04 * len(source)


def sentences(text: str) -> list[str]:
    """``text`` cut where sentences surely end."""
    return _END.split(text)


def pairs_of(page: Path, other: Path, encoder: SentenceEncoder) -> Iterator[tuple[str, str]]:
    """The sentence pairs of one page."""
    ours, theirs = paragraphs(page), paragraphs(other)
    if not ours or not theirs or len(ours) * len(theirs) > MOST:
        return
    similarity = encoder.sentences(ours) @ encoder.sentences(theirs).T
    for i, j in in_order(similarity):
        if similarity[i, j] < ALIKE:
            continue
        left, right = sentences(ours[i]), sentences(theirs[j])
        for pair in (
            zip(left, right, strict=True) if len(left) == len(right) else [(ours[i], theirs[j])]
        ):
            if good(*pair):
                yield pair


def main(arguments: Sequence[str]) -> None:
    """Print every pair once."""
    encoder = load_encoder()
    if encoder is None:
        sys.exit("the sentence encoder is not installed")
    seen: set[str] = set()
    for page, other in pages(Path(arguments[0])):
        for source, target in pairs_of(page, other, encoder):
            if source not in seen:
                seen.add(source)
                print(json.dumps({"en": source, "fr": target}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
