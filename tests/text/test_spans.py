"""Marked words are found again by their quote, or said to be lost; they never slide onto other words."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text.document import Span
from articles.text.spans import (
    changes_marked_text,
    excerpt_of_change,
    locate,
    map_offset,
    reanchor,
)

texts = st.lists(
    st.sampled_from(["le", "chat", "l’", "e\u0301", "👩\u200d💻", "שלום", "or", "nord", ",", "."])
).map(" ".join)


def test_the_nearest_occurrence_and_whole_words_first():
    text = "nord, or, chat, or"
    assert locate("or", text, near=0) == (6, 8)
    assert locate("or", text, near=17) == (16, 18)
    assert locate("or", "nord", near=0) == (1, 3)
    assert locate("ours", text, near=0) is None
    assert locate("", text, near=0) is None


def test_words_are_found_after_an_edit_before_them():
    before, after = "le chat et le chat", "Hier, le gros chat et le chat"
    assert reanchor(Span(14, 18), before, after) == (25, 29)
    assert reanchor(Span(3, 7), before, after) == (14, 18)
    assert reanchor(Span(3, 7), before, "le chien") is None


def test_a_place_moves_with_the_words_around_it():
    assert map_offset(3, "le chat", "Hier, le chat") == 9
    assert map_offset(7, "le chat", "le chat noir") == 7
    assert map_offset(5, "le chat noir", "le chien noir") == 3
    assert map_offset(8, "le chat noir", "le chien noir") == 9


@given(texts, texts, st.integers(0, 40), st.integers(0, 10))
def test_what_is_found_is_the_quote(before, after, start, length):
    span = Span(min(start, len(before)), min(start + length, len(before)))
    found = reanchor(span, before, after)
    assert found is None or found.of(after) == span.of(before)
    assert 0 <= map_offset(span.start, before, after) <= len(after)


def test_missing_words_may_be_put_in_at_another_place_than_the_caret():
    before = "Il réprouvait le théâtre et, dit-on, les trois œuvres antérieures furent brûlées hier soir."
    near = before.replace("Il réprouvait", "Selon des lettres, il réprouvait")
    far = before.replace("hier soir.", "hier soir, selon des lettres.")
    for after in (near, far):
        assert changes_marked_text(before, after, span=None, caret=3)
    for after in (before, before.replace("brûlées", "détruites"), before.replace(" hier soir", "")):
        assert not changes_marked_text(before, after, span=None, caret=3)


def test_marks_that_are_added_are_no_missing_words():
    before = "Il réprouvait le théâtre et, dit-on, les trois œuvres antérieures furent brûlées hier soir."
    quoted = before.replace("trois œuvres", "trois « œuvres »")
    dashed = before.replace("hier soir", "– hier soir –")
    comma = before.replace("brûlées hier", "brûlées, hier")
    for after in (quoted, dashed, comma):
        assert not changes_marked_text(before, after, span=None, caret=3)
    near = before.replace("Il réprouvait", "Il, réprouvait")
    assert changes_marked_text(before, near, span=None, caret=3)
    assert not changes_marked_text(before, near, span=None, caret=3, lacks_words=True)
    words = before.replace("Il réprouvait", "Il, selon eux, réprouvait")
    assert changes_marked_text(before, words, span=None, caret=3, lacks_words=True)


def test_an_excerpt_begins_a_few_words_before_the_first_change() -> None:
    lead = "Le matin du mardi 3 mars, Helen Marsh a tourné une clé dans la porte de la station"
    assert excerpt_of_change(f"{lead}.", f"{lead}, sur Quay Street.") == (
        "… tourné une clé dans la porte de la station, sur Quay Street."
    )
    assert excerpt_of_change("Il part.", "Elle part.") == "Elle part."
    assert excerpt_of_change("", "Elle part.") == "Elle part."
    assert excerpt_of_change(lead, lead).endswith("la station")
