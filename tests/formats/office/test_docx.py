"""Word: changes are real, comments carry the flags, and a reviewed file that comes back becomes proposals."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import docx as judge
import pytest
from hypothesis import given

from articles.formats.interchange import Article, BadFile, Correction, Flag, Segment
from articles.formats.office import docx_new, docx_read, docx_write
from articles.formats.text import plain
from articles.text.blocks import HEADING, ITEM, NUMBERED, join_lines
from articles.text.document import Span
from tests.cases import for_each
from tests.formats.strategies import articles, quick

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
TEXT = "Le chat dort.\nIl a faim.\n\nFin de 12\u202f000 <b> & שלום e\u0301."


def lines(text: str) -> str:
    """The text with the one line end that Word has."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def segment(
    source: str, target: str, after: str | None = None, *flags: Flag, at: int | None = None
) -> Segment:
    start = TEXT.index(target) if at is None else at
    done = (
        ()
        if after is None
        else (Correction(target, after, "approved", "Rosa", NOON, "Edith", NOON),)
    )
    return Segment(
        source, target, target_span=Span(start, start + len(target)), flags=flags, corrections=done
    )


def example() -> Article:
    """A repair over a paragraph's end, a removal, an insertion where nothing was, a tab; comments of every kind."""
    return Article(
        "Cats", "en", "fr", "x", TEXT,
        (
            segment("The cat sleeps.", "Le chat dort.", "Hier, le gros chat dort\nbien.", Flag("Omission", "major", source_span=Span(4, 7), caret=3, comment="Hé", author="Rosa B", time=NOON)),
            segment("x", "Il a faim.", "", Flag("Addition", "minor")),
            segment("New.", "", "Nouvelle phrase.", at=TEXT.index("\nFin")),
            segment("End", "Fin de 12\u202f000 <b> & שלום e\u0301.", "Fin de\t13\u202f000 <b> & שלום e\u0301.", Flag("Number format", "minor", target_span=Span(7, 13))),
        ),
    )  # fmt: skip


def saved(write, article: Article) -> bytes:
    return b"".join(write([article]))


@quick
@given(articles())
@pytest.mark.slow
def test_accepting_gives_the_corrected_text_and_rejecting_the_machines(made):
    back = docx_read.read_reviewed(saved(docx_write.write, made))
    assert back.accepted == lines(plain.corrected_text(made))
    assert back.rejected == lines(made.target)
    assert docx_read.proposed_corrections(made, back) == []
    assert docx_read.read_reviewed(saved(docx_write.write_clean, made)).accepted == lines(
        plain.corrected_text(made)
    )


@quick
@given(articles())
@pytest.mark.slow
def test_a_bilingual_table_comes_back(made):
    (back,) = docx_read.read(io.BytesIO(saved(docx_new.write_table, made)), name="t")
    assert (back.source_language, back.target_language) == ("en", "fr")
    assert [
        (each.source, each.target, each.corrections[0].after if each.corrections else each.target)
        for each in back.segments
    ] == [(lines(each.source), lines(each.target), lines(each.final)) for each in made.segments]


@pytest.mark.slow
def test_libreoffice_accepts_and_rejects_all_changes(office):
    data = saved(docx_write.write, example())
    assert office.accepted(data).removesuffix("\n") == plain.corrected_text(example())
    assert office.rejected(data).removesuffix("\n") == TEXT
    assert office.text(saved(docx_write.write_clean, example()), ending=".docx").removesuffix(
        "\n"
    ) == plain.corrected_text(example())


def came_back(data: bytes, made: Article) -> list[tuple[str, str]]:
    """What a file that LibreOffice saved proposes for the article that it was sent out as."""
    found = docx_read.proposed_corrections(made, docx_read.read_reviewed(data))
    return [(segment.source, proposed.after) for segment, proposed in found]


@pytest.mark.slow
def test_what_libreoffice_saves_again_proposes_nothing(office):
    data = saved(docx_write.write, example())
    assert came_back(office.saved(data), example()) == []
    assert came_back(office.saved(data, ".uno:AcceptAllTrackedChanges"), example()) == []


@pytest.mark.slow
def test_changes_that_libreoffice_rejects_propose_the_machines_text(office):
    machine = ["Le chat dort.", "Il a faim.", "Il boit."]
    corrected = ["Hier, le chat dort.", "Il a très faim.", "Il boit du lait."]
    segments = tuple(
        Segment(
            str(n),
            before,
            target_span=Span(start, start + len(before)),
            corrections=(Correction(before, after, "approved", "Rosa", NOON, "Edith", NOON),),
        )
        for n, (before, after, start) in enumerate(
            zip(machine, corrected, (0, 14, 25), strict=True)
        )
    )
    made = Article("Cats", "en", "fr", "x", "\n".join(machine), segments)
    data = office.saved(saved(docx_write.write, made), ".uno:RejectAllTrackedChanges")
    assert came_back(data, made) == [(str(n), text) for n, text in enumerate(machine)]


@pytest.mark.slow
def test_an_edit_made_in_libreoffice_is_a_proposal(office):
    data = office.saved(saved(docx_write.write, example()), "replace:gros chat|petit chat")
    assert came_back(data, example()) == [("The cat sleeps.", "Hier, le petit chat dort\nbien.")]


def test_changes_are_the_reviewers_and_comments_carry_the_flags():
    data = saved(docx_write.write, example())
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert '<w:del w:id="1" w:author="Rosa" w:date="2026-01-31T12:00:00Z">' in xml
    comments = list(judge.Document(io.BytesIO(data)).comments)
    assert [(each.author, each.text) for each in comments] == [
        ("Rosa B", "Accuracy › Omission (major) “cat”: Hé"),
        ("Translation review", "Accuracy › Addition (minor)"),
        ("Rosa", "Corrected without a flag.\nApproved by Edith."),
        ("Translation review", "Locale conventions › Number format (minor) “12\u202f000”"),
    ]
    assert comments[0].timestamp == NOON
    assert comments[0].initials == "RB"


def test_pairs_without_documents_become_lines():
    pairs = Article(
        "t",
        "",
        "",
        segments=(
            Segment("a", "b", flags=(Flag("", "minor"),)),
            Segment("c", "d", corrections=(Correction("d", "e", "approved"),)),
        ),
    )
    back = docx_read.read_reviewed(saved(docx_write.write, pairs))
    assert (back.accepted, back.rejected) == ("b\ne", "b\nd")
    assert docx_read.read_text(saved(docx_write.write_clean, pairs), name="a.docx") == "b\ne"


def test_a_segment_without_a_place_has_no_comment():
    lost = Article(
        "t", "en", "fr", target="a", segments=(Segment("x", "y", flags=(Flag("", "minor"),)),)
    )
    assert docx_read.read_reviewed(saved(docx_write.write, lost)).accepted == "a"


def test_a_title_that_xml_cannot_hold_is_no_obstacle():
    strange = replace(example(), title="The mayor\x02\ufffe")
    for write in (docx_write.write, docx_write.write_clean, docx_new.write_table):
        assert b"".join(write([strange])).startswith(b"PK")


@for_each("made", [[], [Article("a", "en", "fr"), Article("b", "en", "fr")]])
def test_a_document_holds_one_article(made):
    with pytest.raises(ValueError, match="one article"):
        list(docx_write.write(made))


def returned(*changes: tuple[str, str]) -> docx_read.ReviewedDocument:
    """The example as it comes back with other words in its XML."""
    archive, out = zipfile.ZipFile(io.BytesIO(saved(docx_write.write, example()))), io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "word/document.xml":
                for old, new in changes:
                    assert old.encode() in data
                    data = data.replace(old.encode(), new.encode(), 1)
            copy.writestr(name, data)
    return docx_read.read_reviewed(out.getvalue())


def proposed(*changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [
        (segment.source, made.after, made.author)
        for segment, made in docx_read.proposed_corrections(example(), returned(*changes))
    ]


def test_new_edits_of_a_returned_file_are_proposals():
    xml = (
        zipfile.ZipFile(io.BytesIO(saved(docx_write.write, example())))
        .read("word/document.xml")
        .decode()
    )
    last = xml[xml.rindex("<w:r>") : xml.rindex("</w:p>")]
    added = '<w:ins w:id="90" w:author="Otto" w:date="2026-02-01T00:00:00Z"><w:r><w:t xml:space="preserve"> Bien.</w:t></w:r></w:ins>'
    assert proposed((last, last + added)) == [
        ("End", "Fin de\t13\u202f000 <b> & שלום e\u0301. Bien.", "Otto")
    ]
    assert proposed((last, last.replace("שלום", "שלם"))) == [
        ("End", "Fin de\t13\u202f000 <b> & שלם e\u0301.", "")
    ]


def test_a_rejected_change_is_a_proposal_and_an_accepted_one_is_none():
    data = saved(docx_write.write, example())
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    start = xml.index("<w:ins ", xml.index("Nouvelle") - 200)
    change = xml[start : xml.index("</w:ins>", start) + len("</w:ins>")]
    assert "Nouvelle" in change
    accepted = change[change.index("<w:r>") : change.index("</w:ins>")]
    assert proposed((change, accepted)) == []
    assert proposed((change, "")) == [("New.", "", "")]


def test_two_sentences_made_one_are_shared_out_once():
    made = Article("t", "en", "fr", target="Le chat dort. Il a faim. Fin.", segments=(
        Segment("1", "Le chat dort.", target_span=Span(0, 13)), Segment("2", "Il a faim.", target_span=Span(14, 24)), Segment("3", "Fin.", target_span=Span(25, 29)),
    ))  # fmt: skip
    back = docx_read.ReviewedDocument("Le chat dort et il a faim. Fin.", made.target, ())
    assert [each.after for _, each in docx_read.proposed_corrections(made, back)] == [
        "Le chat dort et il",
        " a faim.",
    ]


@for_each("gone", [{0}, {1}, {2}, {0, 1}, {1, 2}, {0, 2}])
def test_a_sentence_whose_removal_was_rejected_is_its_own(gone):
    words = ["Le chat dort.", "Il a faim.", "Fin."]
    text, rows = " ".join(words), []
    for number, each in enumerate(words):
        made = (
            (Correction(each, "", "approved", "Rosa", NOON, "Edith", NOON),)
            if number in gone
            else ()
        )
        rows.append(segment(str(number), each, at=text.index(each)))
        rows[-1] = replace(rows[-1], corrections=made)
    made = Article("t", "en", "fr", target=text, segments=tuple(rows))
    for back in range(3):
        left = [each for number, each in enumerate(words) if number not in gone or number == back]
        returned = docx_read.ReviewedDocument(" ".join(left), text, ())
        found = [
            (each.source, made.after)
            for each, made in docx_read.proposed_corrections(made, returned)
        ]
        assert found == ([(str(back), words[back])] if back in gone else [])


def document(body: str, *, extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}">{body}</w:document>')
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


OTHERS = """<w:body><w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:noBreakHyphen/></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>
<w:ins w:author="A" w:date="x"><w:del w:author="B"><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>in</w:t></w:r></w:ins><w:proofErr/></w:p>
<w:p><w:moveFrom w:author="A"><w:r><w:t>away</w:t></w:r></w:moveFrom><w:moveTo w:author="A"><w:r><w:t>here</w:t></w:r></w:moveTo></w:p></w:body>"""


def test_documents_of_others_are_read():
    back = docx_read.read_reviewed(document(OTHERS))
    assert back.accepted == "One\ttwo\n\u2011linkin\nhere"
    assert back.rejected == "One\ttwo\n\u2011link\naway"


BOX = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BOXED = f"""<w:body><w:p><w:r><w:t>Be</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>
<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>fore.</w:t></w:r></w:p><w:p><w:r><w:t>After.</w:t></w:r></w:p></w:body>"""


def test_a_text_box_is_read_once_after_its_paragraph():
    assert docx_read.read_reviewed(document(BOXED)).accepted == "Before.\nIn a box.\nAfter."


def test_what_is_left_out_are_headers_footers_and_notes():
    part = '<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>{}</w:t></w:r></w:p><w:p/></w:x>'
    extra = {
        f"word/{name}.xml": part.format(name).encode()
        for name in ("header1", "footer2", "footnotes", "comments", "a")
    }
    assert docx_read.left_out(document(BOXED, extra=extra)) == ["footer2", "footnotes", "header1"]
    assert docx_read.left_out(document(BOXED)) == []


def test_comments_are_read_with_their_words_and_places():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    comment = '<w:comment w:id="{}" w:author="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p></w:comment>'
    told = "".join(
        comment.format(*each)
        for each in [(3, "A", "late"), (1, "B", "words"), (2, "C", "point"), (9, "", "nowhere")]
    )
    body = """<w:body><w:p><w:r><w:t>One </w:t></w:r><w:del><w:r><w:delText>old </w:delText></w:r></w:del><w:commentRangeStart w:id="1"/>
<w:r><w:t>two</w:t></w:r><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r><w:r><w:t> three</w:t></w:r><w:r><w:commentReference w:id="2"/></w:r></w:p>
<w:p><w:commentRangeStart w:id="3"/><w:r><w:t>Four</w:t></w:r></w:p></w:body>"""
    made = document(
        body, extra={"word/comments.xml": f"<w:comments {space}>{told}</w:comments>".encode()}
    )
    found = docx_read.read_reviewed(made)
    assert found.accepted == "One two three\nFour"
    assert found.comments == (
        ("B", "words", "two", 4), ("C", "point", "", 13), ("A", "late", "", 14), ("", "nowhere", "", 18),
    )  # fmt: skip


def test_the_head_of_a_table_names_its_columns():
    heads = {
        ("English", "Français"): ("en", "fr", "a", "b"),
        ("Anglais (Canada)", "fr-CA"): ("en", "fr", "a", "b"),
        ("Traduction", "Texte source"): ("", "", "b", "a"),
    }
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    for head, (source_language, target_language, source, target) in heads.items():
        rows = "".join(
            f"<w:tr>{cell.format(left)}{cell.format(right)}</w:tr>"
            for left, right in (head, ("a", "b"))
        )
        data = document(f"<w:body><w:tbl>{rows}</w:tbl></w:body>")
        (back,) = docx_read.read(io.BytesIO(data), name="t")
        assert (back.source_language, back.target_language) == (source_language, target_language)
        assert [(each.source, each.target) for each in back.segments] == [(source, target)], head


def test_tables_without_a_head_are_pairs_and_changes_in_them_wait():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    change = '<w:tc><w:p><w:ins w:author="Otto" w:date="soon"><w:r><w:t>y</w:t></w:r></w:ins></w:p></w:tc>'
    rows = f"<w:tr>{cell.format('1')}{cell.format('a')}{cell.format('b')}</w:tr><w:tr>{cell.format('x')}{change}</w:tr>"
    (back,) = docx_read.read(
        io.BytesIO(document(f"<w:body><w:tbl>{rows}</w:tbl></w:body>")), name="t"
    )
    assert list(back.segments) == [
        Segment("a", "b", id="1"),
        Segment("x", "", id="2", corrections=(Correction("", "y", "submitted", "Otto"),)),
    ]


@for_each(
    ("data", "words"),
    [
        (document("<w:body/>"), "there is no text"),
        (document(""), "damaged"),
        (b"PK\x05\x06" + bytes(18), "damaged"),
        (document("<w:body>"), "damaged"),
        (document("<w:body/>", extra={"word/vbaProject.bin": b"x"}), "macros"),
        (document(" " * 41_000_000), "larger than 40 MB"),
        (document(" " * 21_000_000), "larger than 20 MB"),
        (document("<w:body/>")[:-30], "damaged"),
        (document("<w:body>" + "<w:p>x</w:p>" * 50)[:100] + b"\0" * 60, "damaged"),
    ],
)
def test_what_is_wrong_is_said(data, words):
    with pytest.raises(BadFile, match=words):
        docx_read.read_text(data, name="a.docx")


def test_entities_locks_and_broken_streams_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(BadFile, match="entities"):
        docx_read.read_text(out.getvalue(), name="a.docx")
    locked = bytearray(document("<w:body/>"))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + place] |= 1
    with pytest.raises(BadFile, match="password"):
        docx_read.read_text(bytes(locked), name="a.docx")
    broken = bytearray(document(OTHERS))
    broken[60:80] = b"\xff" * 20
    with pytest.raises(BadFile, match="damaged"):
        docx_read.read_text(bytes(broken), name="a.docx")


def test_a_file_without_a_table_holds_no_pairs(monkeypatch):
    with pytest.raises(BadFile, match="no table"):
        list(docx_read.read(io.BytesIO(document(OTHERS)), name="t"))
    monkeypatch.setattr("articles.formats.office.zip_safety.LARGEST_TEXT", 10)
    with pytest.raises(BadFile, match="larger than"):
        docx_read.read_text(document(OTHERS), name="a.docx")


def structured(*changes):
    """An article with headings and lists, with each (words, new words) as an approved correction."""
    text, blocks = join_lines([
        ("Les trains", HEADING), ("Ils reviennent.", ""), ("Et après ?", HEADING), ("Nantes", ITEM), ("Brest", ITEM),
        ("Réservez", NUMBERED), ("Partez", NUMBERED), ("Ou non.", ""), ("Restez", NUMBERED),
    ])  # fmt: skip
    segments = [segment("x", before, after, at=text.index(before)) for before, after in changes]
    return Article("t", "en", "fr", "x", text, tuple(segments), blocks=tuple(blocks))


def styles_of(data):
    found = []
    for paragraph in judge.Document(io.BytesIO(data)).paragraphs:
        found.append((paragraph.text, paragraph.style.name))
    return found


def numbering_of(data):
    numbers = {}
    for paragraph in judge.Document(io.BytesIO(data)).paragraphs:
        properties = paragraph._p.pPr
        if properties is not None and properties.numPr is not None:
            numbers[paragraph.text] = properties.numPr.numId.val
    return numbers


def test_a_new_document_has_the_headings_and_lists_of_the_article():
    expected = [
        ("Les trains", "Heading 1"), ("Ils reviennent.", "Normal"), ("Et après ?", "Heading 2"),
        ("Nantes", "List Bullet"), ("Brest", "List Bullet"), ("Réservez", "List Number"),
        ("Partez", "List Number"), ("Ou non.", "Normal"), ("Restez", "List Number"),
    ]  # fmt: skip
    for write in (docx_write.write, docx_write.write_clean):
        data = saved(write, structured())
        assert styles_of(data) == expected
        numbers = numbering_of(data)
        assert numbers["Réservez"] == numbers["Partez"]
        assert numbers["Restez"] != numbers["Partez"]


def test_corrections_keep_the_styles_of_a_new_document():
    made = structured(("Brest", "Brest\nQuimper"), ("Nantes", "Rennes"), ("Ils reviennent.", ""))
    clean = saved(docx_write.write_clean, made)
    assert styles_of(clean)[:5] == [
        ("Les trains", "Heading 1"), ("Et après ?", "Heading 2"), ("Rennes", "List Bullet"),
        ("Brest", "List Bullet"), ("Quimper", "List Bullet"),
    ]  # fmt: skip
    tracked = docx_read.read_reviewed(saved(docx_write.write, made))
    assert tracked.rejected == made.target
    assert tracked.accepted == plain.corrected_text(made) == docx_read.read_reviewed(clean).accepted
