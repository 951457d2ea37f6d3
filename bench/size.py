"""How time and memory grow with a text, and with a folder: a book of many sentences, and documents
to be paired.

    python bench/size.py TEXTS.jsonl [--sentences 20000] [--documents 1000]

TEXTS has one document a line with its translation, ``{"source": "…", "target": "…"}`` (or
``en_text``, ``fr_text``). The book is all of them in a row, again and again until it has about so
many sentences; each time over has its number in every tenth sentence. The folder is the documents
cut in pieces, shuffled; one partner in twenty is left out.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.alignment.aligner import align_texts
from articles.alignment.document_pairs import pair_documents
from articles.alignment.sentence_encoder import load_encoder
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Document

Texts = Sequence[tuple[str, str]]


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text."""
    return [each.text for each in split_sentences(text, language)]


def book(texts: Texts, count: int) -> tuple[str, str]:
    """A text and its translation of about ``count`` sentences."""
    sides = [
        [each for pair in texts for each in sentences(pair[k], ("en", "fr")[k])] for k in (0, 1)
    ]
    times = max(1, count // max(1, min(map(len, sides))))
    marked = (
        [
            f"{round_ + 2} {each}" if place % 10 == 0 else each
            for round_ in range(times)
            for place, each in enumerate(side)
        ]
        for side in sides
    )
    source, target = ("\n".join(side) for side in marked)
    return source, target


def folder(texts: Texts, count: int) -> tuple[list[Document], set[tuple[str, str]]]:
    """About ``count`` documents in two languages, and which names belong together.

    A document is a tenth of a text, cut at the same share of both sides.
    """
    chance = random.Random(1)
    documents: list[Document] = []
    wanted: set[tuple[str, str]] = set()
    for number, pair in enumerate(texts):
        sides = [
            sentences(text, language) for text, language in zip(pair, ("en", "fr"), strict=True)
        ]
        parts = max(1, min(map(len, sides)) // 10)
        for part in range(parts):
            names = (f"{number}.{part}.a", f"{number}.{part}.b")
            pieces = [
                "\n".join(side[len(side) * part // parts : len(side) * (part + 1) // parts])
                for side in sides
            ]
            held = [
                Document(name=name, language=language, text=text)
                for name, language, text in zip(names, ("en", "fr"), pieces, strict=True)
            ]
            if chance.random() < 0.05:
                documents.append(chance.choice(held))
            else:
                documents += held
                wanted.add(names)
            if len(documents) >= count:
                chance.shuffle(documents)
                return documents, wanted
    chance.shuffle(documents)
    return documents, wanted


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("--sentences", type=int, default=20_000)
    parser.add_argument("--documents", type=int, default=1000)
    options = parser.parse_args()
    records = [json.loads(line) for line in options.texts.read_text(encoding="utf-8").splitlines()]
    texts = [
        (each.get("en_text") or each["source"], each.get("fr_text") or each["target"])
        for each in records
    ]
    encoder = load_encoder()
    if options.documents:
        documents, wanted = folder(texts, options.documents)
        began = time.perf_counter()
        found = pair_documents(documents, encoder=encoder)
        names = {(pair.source.name, pair.target.name) for pair in found.pairs}
        print(
            f"{len(documents)} documents: {time.perf_counter() - began:.1f} s,"
            f" {len(names & wanted)} pairs right of "
            f"{len(names)} found and {len(wanted)} there"
        )
    if options.sentences:
        source, target = book(texts, options.sentences)
        began, busy = time.perf_counter(), time.process_time()
        answer = align_texts(source, target, encoder=encoder)
        print(
            f"{len(answer.source)} beside {len(answer.target)} sentences:"
            f" {time.perf_counter() - began:.1f} s "
            f"({time.process_time() - busy:.1f} s of processors), "
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most"
        )


if __name__ == "__main__":
    main()
