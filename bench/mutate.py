"""Read damaged files: ``python -m bench.mutate [COUNT] [--format NAME] [--first NUMBER]``.

Small valid files of every format are damaged in one to four places each: bytes are flipped, cut
out, doubled, moved or put in, the parts of a zip are damaged and packed again. Reading must end
with a result or a BadFile, within 2 seconds of the processor and 200 MB. Each failure is printed
with its format and number, by which ``--format NAME --first NUMBER`` and a count of 1 makes it
again.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path

from articles.formats import FORMATS, BadFile, Format, detect_format
from articles.formats.interchange import Article, CompanionFiles, Correction, Flag, Segment
from articles.text.document import Span
from bench.small_files import COMPANIONS, small_files

OTHER_NAME = 0.1
"""Share of the files that come under the name of another format."""
SECONDS = 2
MEGABYTES = 200
TOKENS = [
    *[b"<", b">", b"&", b'"', b"'", b"</", b"/>", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE x ["],
    *[b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1b", b"\xe2\x80\xae", b"\n"],
    *[b"{", b"}", b"[", b"]", b",", b";", b"\t", b"\r", b"|", b"\\", b"#", b"=", b"%s", b"../"],
    *[b"-1", b"0", b"99999999999999999999", b"1e999", b"NaN", b"null", b"true", b"msgid", b"id="],
    *[b"&#0;", b"&#x110000;", b"\\u0000", b"\\ud800", b"xmlns:"],
]


def example() -> Article:
    """Return an article with something of everything."""
    flag = Flag("Omission", "major", source_span=Span(2, 5), target_span=Span(0, 2), author="Rosa")
    done = Correction("Un chat 1.", "Un gros chat 1.", "approved", "Rosa", None, "Edith")
    segments = [Segment("A cat 0.", "Un chat 0.", id="0", flags=(flag,))]
    segments.append(Segment("A cat 1.", "Un chat 1.", id="1", corrections=(done,)))
    segments.extend(Segment(f"Cat {n}.", f"Chat {n}.", id=str(n)) for n in range(2, 6))
    return Article("Cats", "en", "fr", segments=segments, system="s")


def valid_files() -> dict[str, list[tuple[str, bytes]]]:
    """Return for each format that is read some valid files: a name and the bytes."""
    files = small_files()
    for name, known in FORMATS.items():
        if known.write is None or known.needs_original:
            continue
        if known.read is None and known.read_text is None:
            continue
        data = b"".join(known.write([example()]))
        files.setdefault(name, []).append((f"a{known.endings[0]}", data))
    return files


@lru_cache(maxsize=1)
def companions() -> dict[str, bytes]:
    """Return the files, by their names, that hold the texts of tables of ratings and answers."""
    write = FORMATS["appraise"].write
    assert write is not None
    return COMPANIONS | {"a.appraise.json": b"".join(write([example()]))}


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Return the bytes with one to four damages."""
    if data.startswith(b"PK") and rng.random() < 0.7:
        return damaged_zip(data, rng)
    for _time in range(rng.randint(1, 4)):
        data = rng.choice(DAMAGES)(data, rng)
    return data


def damaged_zip(data: bytes, rng: random.Random) -> bytes:
    """Return the zip with one of its parts damaged or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name == chosen:
                if rng.random() < 0.1:
                    continue
                for _time in range(rng.randint(1, 4)):
                    part = rng.choice(DAMAGES)(part, rng)
            new.writestr(name, part)
    return out.getvalue()


def _flip(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = _stretch(data, rng)
    return data[:start] + data[end:]


def _double(data: bytes, rng: random.Random) -> bytes:
    start, end = _stretch(data, rng)
    return data[:end] + data[start:end] * rng.choice([1, 1, 2, 30]) + data[end:]


def _move(data: bytes, rng: random.Random) -> bytes:
    start, end = _stretch(data, rng)
    rest = data[:start] + data[end:]
    at = rng.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(TOKENS) * rng.choice([1, 1, 1, 200]) + data[at:]


def _end(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randint(0, len(data))]


def _number(data: bytes, rng: random.Random) -> bytes:
    """Put another number in the place of one."""
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return data
    found = rng.choice(numbers)
    new = rng.choice([b"0", b"-1", b"4294967296", b"99999999999999999999", b"1.5", b""])
    return data[: found.start()] + new + data[found.end() :]


def _stretch(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.choice([1, 4, 16, 64, 400]))


DAMAGES: list[Callable[[bytes, random.Random], bytes]] = [
    _flip, _flip, _cut, _double, _move, _insert, _insert, _number, _end,
]  # fmt: skip


def read_file(name: str, data: bytes) -> str:
    """Read the file as an import does; return "read" or "refused"."""
    try:
        known, _by_content = detect_format(name, data[:100_000])
        if known is None:
            return "refused"
        if known.read_text is not None:
            _read_document(known, name, data)
        elif known.read is not None:
            _read_pairs(known, name, data)
    except BadFile as problem:
        str(problem)
        return "refused"
    return "read"


def _read_document(known: Format, name: str, data: bytes) -> None:
    assert known.read_text is not None
    known.read_text(data, name=name)
    for more in (known.left_out, known.notes):
        if more is not None:
            more(data)


def _read_pairs(known: Format, name: str, data: bytes) -> None:
    assert known.read is not None
    more = {}
    if known.uses_companion_files:
        opened = {each: partial(io.BytesIO, content) for each, content in companions().items()}
        more["companion_files"] = CompanionFiles(opened)
    for article in known.read(io.BytesIO(data), name=name, **more):
        for _segment in article.segments:
            pass


def peak() -> float:
    """Return the peak of this process's memory in megabytes since ``forget_peak``."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def forget_peak() -> None:
    """Let the peak begin anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def run(chosen: str, files: list[tuple[str, bytes]], numbers: range) -> Iterator[tuple[str, str]]:
    """Yield for each damaged file what became of it, and the details of a failure."""
    for number in numbers:
        rng = random.Random(f"{chosen} {number}")
        name, data = rng.choice(files)
        data = damaged(data, rng)
        if rng.random() < OTHER_NAME:
            name = rng.choice(
                ["a.txt", "a.csv", "a.docx", "a.xlsx", "a.xml", "a.json", "a.html", "a"]
            )
        forget_peak()
        before = peak()
        start = time.process_time()
        try:
            outcome, details = read_file(name, data), ""
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is a failure
            place = traceback.extract_tb(problem.__traceback__)[-1]
            outcome = "CRASH"
            details = f"{problem!r:.160} at {Path(place.filename).name}:{place.lineno}"
        spent = time.process_time() - start
        grown = peak() - before
        if spent > SECONDS:
            outcome, details = "SLOW", f"{spent:.1f} s"
        elif grown > MEGABYTES:
            outcome, details = "LARGE", f"{grown:.0f} MB"
        yield outcome, f"--format {chosen} --first {number}: {details}" if details else ""


def main() -> None:
    """Damage files and read them; exit 1 when one of them was not handled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--format", default="")
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    files = valid_files()
    names = [options.format] if options.format else sorted(files)
    each = max(1, options.count // len(names))
    failures = 0
    total: Counter[str] = Counter()
    for chosen in names:
        counts: Counter[str] = Counter()
        numbers = range(options.first, options.first + each)
        for outcome, details in run(chosen, files[chosen], numbers):
            counts[outcome] += 1
            if details:
                failures += 1
                print(f"{outcome} {details}", flush=True)
        total += counts
        print(f"{chosen}: {dict(counts)}", flush=True)
    print(f"{sum(total.values())} files: {dict(total)}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
