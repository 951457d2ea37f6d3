"""Word files with random corrections put back into them, judged by LibreOffice.

    .venv/bin/python -m bench.word_files [FOLDER] [--seed 1] [--times 3]

For each .docx in the folder, or for files made here without one: whether the corrections went into
the file itself, whether all changes rejected draw each page as before, and whether all changes
accepted give the words of the clean file. It needs LibreOffice with python3-uno.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx

from articles.formats.interchange import Article, BadFile, Correction, Segment
from articles.formats.office import docx_read, docx_write
from articles.formats.text.plain import corrected_text
from articles.segmentation.segmenter import split_sentences
from articles.text.document import Span
from tests.formats.judge import Office
from tests.formats.office.word_file import word_file

WORDS = "hier la digue un quai deux phares sans bruit vers midi".split()


def made_files(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Yield Word files: the one of the tests, and others with many pages, cells and formats."""
    yield "one of each", word_file()
    for number in range(6):
        document = docx.Document()
        for _paragraph in range(rng.randint(5, 60)):
            style = rng.choice(["Normal", "Normal", "List Number", "Heading 2", "Quote"])
            paragraph = document.add_paragraph(style=style)
            for _run in range(rng.randint(0, 6)):
                text = " ".join(rng.choices(WORDS, k=rng.randint(1, 9)))
                run = paragraph.add_run(text + rng.choice([" ", ". ", "\t", ".\n"]))
                run.bold = rng.random() < 0.2
                run.italic = rng.random() < 0.2
            if rng.random() < 0.1:
                table = document.add_table(rows=2, cols=3, style="Table Grid")
                for cell in [*table.rows[0].cells, *table.rows[1].cells]:
                    cell.text = " ".join(rng.choices(WORDS, k=rng.randint(0, 5)))
            if rng.random() < 0.05:
                document.add_section()
        out = io.BytesIO()
        document.save(out)
        yield f"made {number + 1}", out.getvalue()


def correct(text: str, rng: random.Random) -> list[Segment]:
    """Return segments of the text, about half of them corrected at random."""
    segments = []
    for sentence in split_sentences(text, "fr"):
        words = sentence.text
        corrections: tuple[Correction, ...] = ()
        if rng.random() < 0.5:
            after = change(words, rng)
            corrections = (Correction(words, after, "approved", "Rosa"),)
        span = Span(sentence.start, sentence.end)
        segments.append(Segment("x", words, target_span=span, corrections=corrections))
    return segments


def change(words: str, rng: random.Random) -> str:
    """Return the words with one change of a random kind."""
    parts = words.split(" ")
    at = rng.randrange(len(parts))
    kind = rng.randrange(6)
    if kind == 0:
        parts[at] = rng.choice(WORDS)
    elif kind == 1:
        del parts[at]
    elif kind == 2:
        parts.insert(at, rng.choice(WORDS))
    elif kind == 3:
        parts = [word.upper() for word in parts]
    elif kind == 4:
        return words.replace(" ", "\n", 1)
    else:
        return ""
    return " ".join(parts).strip()


def judge(office: Office, data: bytes, rng: random.Random) -> list[str]:
    """Return what went wrong, and "new document" where the file itself was not used."""
    text = docx_read.read_text(data, name="")
    article = Article("t", "en", "fr", "", text, tuple(correct(text, rng)), page=data)
    if docx_write.correct_original(article, article.segments, tracked=True) is None:
        return ["new document"]
    tracked = b"".join(docx_write.write([article]))
    clean = b"".join(docx_write.write_clean([article]))
    back = docx_read.read_reviewed(tracked)
    problems = []
    if "".join(back.accepted.split()) != "".join(corrected_text(article).split()):
        problems.append("accepted words differ")
    if docx_read.proposed_corrections(article, back):
        problems.append("the untouched file proposes something")
    # Saved and opened again: right after the command LibreOffice leaves out some list numbers.
    reject = ".uno:RejectAllTrackedChanges"
    before = office.pages(office.saved(data, reject))
    if office.pages(office.saved(tracked, reject)) != before:
        problems.append("rejected pages differ")
    accepted = office.accepted(tracked).split()
    if (
        accepted
        != office.text(clean, ending=".docx", command=".uno:AcceptAllTrackedChanges").split()
    ):
        problems.append("accepted differs from clean")
    untouched = replace(article, segments=())
    if office.pages(b"".join(docx_write.write_clean([untouched]))) != office.pages(data):
        problems.append("untouched pages differ")
    return problems


def main() -> int:
    """Judge the files and print a line for each problem, then the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    files = list(made_files(rng))
    if options.folder:
        files = [(str(path), path.read_bytes()) for path in sorted(options.folder.rglob("*.docx"))]
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="judge") as folder:
        office = Office(Path(folder))
        try:
            for name, data in files:
                for _time in range(options.times):
                    try:
                        problems = judge(office, data, rng) or ["good"]
                    except BadFile as refusal:
                        problems = [f"refused: {refusal}"]
                    counts.update(problems)
                    if problems != ["good"]:
                        print(f"{name}: {', '.join(problems)}", flush=True)
        finally:
            office.close()
    for problem, count in counts.most_common():
        print(f"{count:4} {problem}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
