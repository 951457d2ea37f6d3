"""A corrected text is cut where the text it was made from is cut; nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text.document import Span
from articles.text.recut import transfer_parts
from tests.cases import for_each

TWO = ("Il a plu. Tous sont rentrés.", [Span(0, 9), Span(10, 28)])


@for_each(
    ("after", "expected"),
    [
        ("Il a plu. Tous sont rentrés.", ["Il a plu.", "Tous sont rentrés."]),
        ("Hier, il a plu. Tous sont vite rentrés.", ["Hier, il a plu.", "Tous sont vite rentrés."]),
        (
            "Il a plu. Et pas qu’un peu. Tous sont rentrés.",
            ["Il a plu.", "Et pas qu’un peu. Tous sont rentrés."],
        ),
        ("Il a plu,\ntous sont rentrés.", ["Il a plu,", "tous sont rentrés."]),
        ("Averse. Retour.", ["Averse.", "Retour."]),
        ("Rien", ["", "Rien"]),
        ("", ["", ""]),
    ],
)
def test_the_cut_is_at_the_gap_between_the_same_words(after, expected):
    assert [part.of(after) for part in transfer_parts(*TWO, after)] == expected


def test_without_that_gap_the_cut_is_at_the_blanks_there():
    before = "Il a plu.\n\nTous sont rentrés."
    parts = transfer_parts(before, [Span(0, 9), Span(11, 29)], "Il a plu. Tous sont rentrés.")
    assert [part.of("Il a plu. Tous sont rentrés.") for part in parts] == [
        "Il a plu.",
        "Tous sont rentrés.",
    ]


@for_each(
    ("parts", "after", "expected"),
    [
        (
            [Span(0, 9), Span(9, 9), Span(10, 28)],
            "Il a plu. Nul ne rit. Tous sont rentrés.",
            "Nul ne rit.",
        ),
        ([Span(0, 28), Span(28, 28)], "Il a plu. Tous sont rentrés. Nul ne rit.", "Nul ne rit."),
        (
            [Span(0, 28), Span(28, 28), Span(28, 28)],
            "Il a plu. Tous sont rentrés. Nul ne rit.",
            "Nul ne rit.",
        ),
        ([Span(0, 0), Span(0, 28)], "Nul ne rit. Il a plu. Tous sont rentrés.", "Nul ne rit."),
        ([Span(0, 28), Span(28, 28)], "Tous sont rentrés.", ""),
    ],
)
def test_an_empty_part_gets_what_was_put_in_there(parts, after, expected):
    empty = [
        new
        for old, new in zip(parts, transfer_parts(TWO[0], parts, after), strict=True)
        if old.start == old.end
    ]
    assert "".join(part.of(after) for part in empty).strip() == expected


WORDS = st.lists(st.sampled_from(["il", "a", "plu", "tous", ".", ", ", " ", " ", "\n"])).map(
    "".join
)


@given(WORDS, WORDS, st.lists(st.integers(0, 30), max_size=5))
def test_the_parts_are_in_order_and_leave_out_only_blanks_or_the_gaps(before, after, cuts):
    edges = sorted(min(cut, len(before)) for cut in cuts)
    parts = [Span(*both) for both in zip([0, *edges], [*edges, len(before)], strict=True)]
    found = transfer_parts(before, parts, after)
    joined = [found[0].start, *(place for part in found for place in part), found[-1].end]
    assert joined == sorted(joined)
    assert (found[0].start, found[-1].end) == (0, len(after))
    assert (
        "".join(part.of(after) for part in found).split() == after.split()
        or " " in after
        or "\n" in after
    )
