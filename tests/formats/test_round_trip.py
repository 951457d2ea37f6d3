"""For every format of the registry that is written and read: what is handed out comes back.

Three laws. The texts come back exactly, but for what a format says here that it has no room for. What came back, handed
out again, comes back the same: nothing erodes on the way. And it is so for what stands in ``seeds/``, as for articles
that hypothesis makes of everything that ever broke a format. A format that is new in the registry is held to the full
laws at once.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings

from articles.formats import FORMATS, Format
from articles.formats.interchange import Article, Correction, Flag, Segment
from articles.formats.text import plain
from articles.text.document import Span
from tests.cases import for_each
from tests.formats.made_pages import made_page
from tests.formats.strategies import NASTY, articles

few = settings(max_examples=6, deadline=None)
"""Each format has more of these in its own tests."""
SEEDS = Path(__file__).parents[2] / "seeds"
TABLES = [
    name
    for name, each in FORMATS.items()
    if each.write and each.read and not each.uses_companion_files
]
DOCUMENTS = [name for name, each in FORMATS.items() if each.write and each.read_text]


def folded(text: str) -> str:
    """As a table without quoting holds it: one line, no tabs, and no mark that it uses itself."""
    return (
        re.sub("[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", " ", text)
        .replace("<v>", "‹v›")
        .replace("</v>", "‹/v›")
    )


def lines(text: str) -> str:
    """As a word processor holds it: a line end is the end of a paragraph, whatever it was made of."""
    return re.sub("\r\n|\r", "\n", text)


ROOM: dict[str, Callable[[str], str]] = {
    "wmt": folded,
    "marot": folded,
    "docx-table": lines,
    "docx": lines,
}
"""What becomes of a text in formats that have no room for all of it; all others hold each character."""
TRACKED = {"docx-table"}
"""What is approved goes out as tracked changes, and comes in as proposals: somebody here is to approve them."""
NO_SOURCE = {"appraise"}
"""Answers are about the target; what its batches say of the source may be mark-up."""


def in_room(name: str, text: str) -> str:
    return ROOM.get(name, str)(text)


def taken_in(known: Format, data: bytes) -> list[Article]:
    assert known.read
    found = known.read(io.BytesIO(data), name=f"made{known.endings[0]}")
    return [replace(each, segments=tuple(each.segments)) for each in found]


def handed_out(known: Format, *made: Article) -> bytes:
    assert known.write
    return b"".join(known.write(made))


def check_table(name: str, made: Article) -> None:
    """Both laws for a format of pairs."""
    known = FORMATS[name]
    back = taken_in(known, handed_out(known, made))
    sides = (
        [lambda each: each.target]
        if name in NO_SOURCE
        else [lambda each: each.source, lambda each: each.target]
    )
    for side in sides:
        found = [side(segment) for article in back for segment in article.segments]
        assert found == [in_room(name, side(segment)) for segment in made.segments]
    accepted = [replace(each, segments=tuple(map(approved, each.segments))) for each in back]
    assert taken_in(known, handed_out(known, *(accepted if name in TRACKED else back))) == back


def approved(segment: Segment) -> Segment:
    return replace(
        segment, corrections=tuple(replace(each, status="approved") for each in segment.corrections)
    )


def check_document(name: str, made: Article) -> None:
    """Both laws for a format of whole texts."""
    known = FORMATS[name]
    assert known.read_text
    if known.needs_original:
        return check_page(known, made)
    data = handed_out(known, made)
    text = plain.corrected_text(made)
    if not text.strip():
        return None  # a file of blanks is refused: there is nothing to read in it
    back = known.read_text(data, name=f"made{known.endings[0]}")
    if name == "text":
        return check_wrapped_text(data, text, back)
    assert back.removeprefix("\ufeff") == in_room(name, text).removeprefix("\ufeff")
    whole = Segment("", back, source_span=Span(0, 0), target_span=Span(0, len(back)))
    again = handed_out(known, Article("t", "en", "fr", "", back, (whole,)))
    assert known.read_text(again, name=f"made{known.endings[0]}") == back
    return None


def check_wrapped_text(data: bytes, text: str, back: str) -> None:
    """Plain text goes out as it came, byte for byte, though a soft line break is read as a blank."""
    assert data == text.encode()
    assert "".join(back.split()) == "".join(text.removeprefix("\ufeff").split())
    whole = Segment("", back, source_span=Span(0, 0), target_span=Span(0, len(back)))
    page = FORMATS["text"].original(data, back)
    again = handed_out(FORMATS["text"], Article("t", "en", "fr", "", back, (whole,), page=page))
    assert again.removeprefix(b"\xef\xbb\xbf") == data.removeprefix(b"\xef\xbb\xbf")


def check_page(known: Format, made: Article) -> None:
    """A web page and Markdown fold blanks, so their text is what they say; a repair goes in and comes out."""
    assert known.read_text
    blocks = [" ".join(each.final.split()) for each in made.segments]
    page = made_page(known, blocks)
    if not page:
        return
    if known is FORMATS["odt"]:
        page = page.replace(b"<p>", b"<text:p>").replace(b"</p>", b"</text:p>")
        page = b"<?xml version='1.0'?><office:text>" + page + b"</office:text>"
    text = known.read_text(page, name="made.html")
    first = Span(0, len(text.split("\n")[0]))
    added = (
        " & b" if known in (FORMATS["srt"], FORMATS["sbv"]) else " & <b>"
    )  # SubRip cannot escape a tag
    repair = Correction(first.of(text), first.of(text) + added, "approved")
    for corrections in ((), (repair,)):
        segment = Segment(
            "", first.of(text), source_span=Span(0, 0), target_span=first, corrections=corrections
        )
        one = Article("t", "en", "fr", "", text, (segment,), page=page, held="x")
        assert known.read_text(handed_out(known, one), name="made.html") == plain.corrected_text(
            one
        )


def seeds() -> Article:
    """The two documents that came first, a paragraph a segment, with a flag and a repair in each."""
    french, english = (path.read_bytes().decode() for path in sorted(SEEDS.glob("*.txt")))
    sides = [[match.span() for match in re.finditer("[^\n]+", text)] for text in (english, french)]
    segments = []
    for number, (source, target) in enumerate(zip_longest(*sides), start=1):
        source, target = source or (len(english),) * 2, target or (len(french),) * 2
        words = english[slice(*source)], french[slice(*target)]
        flag = Flag(
            "Omission",
            "major",
            source_span=Span(0, 2) if words[0] else None,
            comment="=cmd()",
            author="Rosa",
        )
        repair = Correction(
            words[1], f"{words[1]} — 👩‍💻 12\u202f000", "approved", "Rosa", decided_by="Édith"
        )
        spans = {"source_span": Span(*source), "target_span": Span(*target)}
        segments.append(
            Segment(*words, id=str(number), **spans, flags=(flag,), corrections=(repair,))
        )
    return Article(
        "Seeds", "en", "fr", english, french, tuple(segments), "a.txt", "b.txt", held="everything"
    )


def nasty() -> Article:
    """Each word that ever broke a format, alone in a segment on both sides, then with an empty target."""
    segments, ends = [], [0, 0]
    for number, words in enumerate([each for each in NASTY if each.strip() for _twice in (1, 2)]):
        pair = words, words if number % 2 else ""
        spans = [Span(end, end + len(text)) for end, text in zip(ends, pair, strict=True)]
        segments.append(Segment(*pair, id=str(number), source_span=spans[0], target_span=spans[1]))
        ends = [span.end for span in spans]
    documents = (
        "".join(each.source for each in segments),
        "".join(each.target for each in segments),
    )
    return Article("Nasty", "en", "fr", *documents, tuple(segments), "a.txt", "b.txt")


@for_each("name", TABLES)
def test_tables_give_the_seeds_back(name: str) -> None:
    check_table(name, seeds())


@for_each("name", DOCUMENTS)
def test_documents_give_the_seeds_back(name: str) -> None:
    check_document(name, seeds())


@for_each("name", TABLES)
def test_tables_give_each_nasty_word_back(name: str) -> None:
    check_table(name, nasty())


@pytest.mark.parametrize("name", TABLES)
@few
@given(made=articles())
@pytest.mark.slow
def test_tables_give_anything_back(name: str, made: Article) -> None:
    check_table(name, made)


@pytest.mark.parametrize("name", DOCUMENTS)
@few
@given(made=articles())
@pytest.mark.slow
def test_documents_give_anything_back(name: str, made: Article) -> None:
    check_document(name, made)
