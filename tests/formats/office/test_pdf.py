"""PDF: lines become paragraphs again, running titles stay away, and what cannot be read says why."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from articles.detection.files import in_memory
from articles.formats.interchange import BadFile
from articles.formats.office import pdf
from articles.importing.actions import carry_out, examine
from articles.models import Article
from tests.formats.office.made_pdf import made_pdf, paragraph

STORY = [
    *paragraph(780, "Storm closes the coastal railway", size=18),
    *paragraph(
        740,
        "The coastal railway between Marlow and Penhaven will stay closed",
        "until Friday, the operator said on Monday, because of the dam-",
        "age. Nobody was hurt.",
    ),
    *paragraph(670, "About 3,200 commuters use the line every day, and they will have"),
]
REST = [
    *paragraph(780, "to wait for a well-known bus. The council knows its well-"),
    *paragraph(766, "known duty."),
    *paragraph(740, "• Buses will replace the trains from Tuesday morning, they said,"),
    *paragraph(726, "• and nobody knows for how long the buses will have to do that."),
]
PARAGRAPHS = [
    "Storm closes the coastal railway",
    (
        "The coastal railway between Marlow and Penhaven will stay closed until Friday, the"
        " operator said on Monday, because of the damage. Nobody was hurt."
    ),
    (
        "About 3,200 commuters use the line every day, and they will have to wait for a well-known"
        " bus. The council knows its well-known duty."
    ),
    "• Buses will replace the trains from Tuesday morning, they said,",
    "• and nobody knows for how long the buses will have to do that.",
]


def test_lines_become_paragraphs_also_over_the_end_of_a_page():
    assert pdf.read_text(made_pdf(STORY, REST)).split("\n\n") == PARAGRAPHS


def test_running_titles_and_page_numbers_are_left_out_and_told():
    pages = []
    for number, page in enumerate((STORY, REST), start=7):
        edge = paragraph(820, "The Marlow Herald"), paragraph(40, f"Page {number} of 9")
        pages.append([*edge[0], *page, *edge[1]])
    data = made_pdf(*pages)
    assert pdf.read_text(data).split("\n\n") == PARAGRAPHS
    assert pdf.left_out(data) == [
        "The Marlow Herald",
        "Page 7 of 9",
        "The Marlow Herald",
        "Page 8 of 9",
    ]


def test_what_cannot_be_read_says_why():
    whole = made_pdf(STORY)
    locked = PdfWriter(clone_from=PdfReader(io.BytesIO(whole)))
    locked.encrypt("x" * 8, algorithm="RC4-128")
    packed = io.BytesIO()
    locked.write(packed)
    for data, words in [
        (b"", "empty"),
        (b"%PDF-1.7\n%", "damaged"),
        (whole[:200], "damaged"),
        (made_pdf([]), "pictures of its pages"),
        (packed.getvalue(), "password"),
    ]:
        with pytest.raises(BadFile, match=words):
            pdf.read_text(data)


def test_a_pdf_is_imported_by_its_content_and_its_losses_are_told(db, rosa):
    french = "La ligne côtière reste fermée jusqu’à vendredi. Personne n’a été blessé.".encode()
    english = made_pdf(
        paragraph(780, "The coastal line stays closed until Friday.", "Nobody was hurt.")
    )
    plan = examine([in_memory("line.en.pdf", english), in_memory("line.fr.txt", french)], by=rosa)
    [told, _french] = plan.results
    assert "A PDF has lines, not paragraphs" in str(told.sentence)
    carry_out(plan, by=rosa)
    assert [row.source_text for row in Article.objects.get().segments.order_by("position")] == [
        "The coastal line stays closed until Friday.",
        "Nobody was hurt.",
    ]


def test_too_large_a_pdf_is_refused(monkeypatch):
    data = made_pdf(STORY, REST)
    for name, limit, words in (
        ("_LARGEST_FILE", 1000, "larger than"),
        ("_LARGEST_PAGES", 10, "larger than"),
        ("_MOST_PAGES", 1, "more than 1 pages"),
    ):
        with monkeypatch.context() as smaller:
            smaller.setattr(pdf, name, limit)
            with pytest.raises(BadFile, match=words):
                pdf.read_text(data)


def test_pages_in_several_streams_one_line_and_soft_hyphens_are_read():
    one = made_pdf(paragraph(780, "Nobody was hurt at all."))
    streams = one.replace(b"[0 0 595 842] /Contents 4 0 R", b"[0 0 59 84] /Contents [4 0 R]")
    assert streams != one
    for data in (one, streams):
        assert pdf.read_text(data) == "Nobody was hurt at all."
    divided = made_pdf(paragraph(780, "The storm did a lot of dam\u00ad", "age in the harbour."))
    assert pdf.read_text(divided) == "The storm did a lot of damage in the harbour."
