"""A text to paste has the paragraphs, headings and lists of the article, with its corrections."""

import pytest

from articles.formats.interchange import Article, Correction, Segment
from articles.formats.text.laid_out import lay_out
from articles.text.blocks import HEADING, ITEM, NUMBERED, join_lines
from articles.text.document import Span
from tests.cases import for_each

LINES = [
    ("Le train de nuit", HEADING),
    ("Il revient. Les gares rouvrent.", ""),
    ("Trois villes gagnent :", ""),
    ("Nantes ;", ITEM),
    ("Brest.", ITEM),
    ("Et après ?", HEADING),
    ("Rien n’est décidé.", ""),
]


def laid_out(lines, *changes):
    """Return the text of the lines, with each (words, new words) as an approved correction."""
    text, blocks = join_lines(lines)
    segments = []
    for before, after in changes:
        start = text.index(before)
        corrections = (Correction(before, after, "approved"),)
        span = Span(start, start + len(before))
        segments.append(Segment("", before, target_span=span, corrections=corrections))
    article = Article("t", "en", "fr", target=text, segments=segments, blocks=tuple(blocks))
    return lay_out(article)


def test_paragraphs_and_headings_stand_apart_and_items_have_a_mark():
    assert laid_out(LINES) == (
        "Le train de nuit\n\nIl revient. Les gares rouvrent.\n\nTrois villes gagnent :\n\n"
        "- Nantes ;\n- Brest.\n\nEt après ?\n\nRien n’est décidé."
    )


@for_each(
    ("changes", "expected"),
    [
        ([("Il revient.", "Le train revient.")], "Le train revient. Les gares rouvrent.\n\nTrois"),
        ([("Nantes ;", "Rennes ;")], "gagnent :\n\n- Rennes ;\n- Brest."),
        ([("Nantes ;", "Nantes ;\nRennes ;")], "\n\n- Nantes ;\n- Rennes ;\n- Brest.\n\nEt"),
        ([("Brest.", "")], "gagnent :\n\n- Nantes ;\n\nEt après ?\n\n"),
        ([("Nantes ;", "")], "gagnent :\n\n- Brest.\n\nEt après ?\n\n"),
        ([("Nantes ;\nBrest.", "")], "gagnent :\n\nEt après ?\n\n"),
        ([("Il revient. Les gares rouvrent.", "")], "de nuit\n\nTrois villes"),
        ([("Il revient.", "Il revient.\nEnfin.")], "revient.\n\nEnfin. Les gares rouvrent.\n\nT"),
        ([("Nantes ;\nBrest.", "Rennes ;\nMetz.")], "- Rennes ;\n- Metz.\n\nEt"),
        ([("Rien n’est décidé.", "")], "Et après ?"),
    ],
)
def test_corrections_stand_in_the_form_of_their_line(changes, expected):
    found = laid_out(LINES, *changes)
    assert expected in found
    assert "\n\n\n" not in found
    assert "\x1e" not in found


def test_empty_lines_at_any_place_make_one_blank_line():
    lines = [("", ""), ("", ""), ("Un.", ""), (" ", ""), ("", ""), ("Deux.", ""), ("", "")]
    assert laid_out(lines) == "Un.\n\nDeux."
    assert laid_out(lines, ("Un.", "Une.")) == "Une.\n\nDeux."


def test_a_break_inside_an_item_or_a_heading_ends_neither():
    lines = [("Un train\nde nuit", HEADING), ("Nantes\n(le soir) ;", ITEM), ("Brest.", ITEM)]
    assert laid_out(lines) == "Un train\nde nuit\n\n- Nantes\n  (le soir) ;\n- Brest."


def test_words_that_stood_nowhere_find_their_line():
    text = "Un.\nDeux."
    gap = Segment(
        "", "", target_span=Span(3, 3), corrections=(Correction("", "Et un.", "approved"),)
    )
    article = Article("t", "en", "fr", target=text, segments=[gap], blocks=())
    assert lay_out(article) == "Un. Et un.\n\nDeux."


def test_overlapping_corrections_are_refused():
    with pytest.raises(ValueError, match="overlaps"):
        laid_out(LINES, ("Il revient.", "Un."), ("Il revient. Les", "Deux"))


def test_items_have_their_numbers_which_begin_anew_in_each_list():
    lines = [
        ("Un.", NUMBERED), ("Deux\n(bis).", NUMBERED), ("Trois.", NUMBERED), ("Et.", ""),
        ("Un encore.", NUMBERED), ("Point.", ITEM),
    ]  # fmt: skip
    assert (
        laid_out(lines)
        == "1. Un.\n2. Deux\n  (bis).\n3. Trois.\n\nEt.\n\n1. Un encore.\n\n- Point."
    )
    assert laid_out(lines, ("Un.", "")).startswith("1. Deux\n  (bis).\n2. Trois.")
