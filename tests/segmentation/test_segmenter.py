"""Sentences of web text as it is, with exact spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.segmentation.segmenter import fragments, join_fragments, split_sentences

# One sentence an item; the text is the items joined by a blank.
ENGLISH = [
    ["Mr. Reed met Dr. Lane in L.A. on Monday.", "It rained."],
    ["The U.S. Senate voted.", "Nobody spoke."],
    ["He lives in the U.S.", "The town is small."],
    ["She works for Acme Inc.", "They make bells."],
    ["See p. 12, fig. 3, etc. for more.", "Then go on."],
    ["It cost $4.5 million.", "5 people paid."],
    ["“Stop!” he said.", "“We are lost.”", "No one moved."],
    ["J. K. Lane wrote it.", "I read it."],
    ["the light went out.", "nobody saw it.", "it was late."],
    ["Well ... maybe so.", "He said: wait..."],
    ["What now?", "(Nothing.)", "Go!"],
    ["Plan B.", "The next one."],
    ["Take version 2.5 of it.", "Send a mail to a.b@c.org."],
    ['He said " no. "', 'Then " yes. " was heard.'],
]
FRENCH = [
    ["M. Dupont arrive à 15 h 30.", "Il est tard."],
    ["« Venez.", "Il fait froid. »", "Elle sortit."],
    ["Mme Roy et J.-P. Blanc ont signé.", "Le maire aussi."],
    ["Qu’est-ce que c’est ?", "Rien…", "Vraiment !"],
    ["Il viendra en sept. prochain, etc.", "Elle reste."],
    ["« Oui ! » dit-il.", "« Non. »"],
]


@pytest.mark.parametrize(
    ("language", "sentences"), [("en", s) for s in ENGLISH] + [("fr", s) for s in FRENCH]
)
def test_sentences(language, sentences):
    assert [each.text for each in split_sentences(" ".join(sentences), language)] == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("es", ["El Sr. Ruiz llegó a las 15.30 h.", "¿Quién es?", "¡Nadie!"]),
        ("de", ["Am 3. Mai kam Dr. Klein, z.B. mit dem Zug.", "Die Bahn war leer."]),
        ("xx", ["Ab cd.", "Ef gh."]),
    ],
)
def test_other_languages(language, sentences):
    assert [each.text for each in split_sentences(" ".join(sentences), language)] == sentences


def test_every_line_begins_a_sentence_and_blank_lines_count_for_nothing():
    found = split_sentences("A heading\n\n \nOne. Two.\r\nThree", "en")
    assert [(each.text, each.paragraph) for each in found] == [
        ("A heading", 0),
        ("One.", 1),
        ("Two.", 1),
        ("Three", 2),
    ]


def test_a_line_that_ends_in_a_quotation_mark_or_blanks():
    assert [each.text for each in split_sentences('We go. He said " yes. "', "en")] == [
        "We go.",
        'He said " yes. "',
    ]
    assert [each.text for each in split_sentences('He said " yes. "  ', "en")] == [
        'He said " yes. "'
    ]


def test_a_lost_space_after_a_quotation():
    assert [each.text for each in split_sentences("« Il part. »Elle reste.", "fr")] == [
        "« Il part. »",
        "Elle reste.",
    ]


def pieces(text, language):
    """The fragments, the doubtful ones in brackets."""
    return [
        each.text if certain >= 0.5 else f"[{each.text}]"
        for each, certain in zip(*fragments(text, language), strict=True)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "They left the harbour The wind rose.",
            ["They left the harbour", "[The wind rose.]"],
        ),
        ("en", "It was late and I slept.", ["It was late and I slept."]),
        ("en", "On trains: The long way", ["On trains:", "[The long way]"]),
        (
            "en",
            "He slept. Then he woke.Then he ate.",
            ["He slept.", "Then he woke.", "[Then he ate.]"],
        ),
        ("en", 'He wrote "a b" "C d" today', ['He wrote "a b"', '["C d" today]']),
        ("en", 'He wrote a " The end', ["He wrote a", '[" The end]']),
        (
            "fr",
            "Elle part à 7 h 30 Marseille attend.",
            ["Elle part à 7 h 30", "[Marseille attend.]"],
        ),
        ("fr", "Hélas ! dit-il.", ["Hélas !", "[dit-il.]"]),
        ("fr", "Fermé le dim. Marie le sait.", ["Fermé le dim.", "[Marie le sait.]"]),
    ],
)
def test_places_where_a_stop_may_have_been_lost_are_left_to_the_aligner(language, text, expected):
    assert pieces(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Publicité Le train part.", ["Publicité", "Le train part."]),
        (
            "en",
            "The train left Read more: The trains",
            ["The train left", "[Read more:]", "[The trains]"],
        ),
        ("en", "Stock photo. All rights reserved.", ["Stock photo.", "[All rights reserved.]"]),
        ("en", "Advertisement for soap", ["Advertisement for soap"]),
        ("de", "Anzeige Der Zug fährt.", ["Anzeige", "Der Zug fährt."]),
    ],
)
def test_page_furniture_in_a_line(language, text, expected):
    assert pieces(text, language) == expected


def test_joining_gives_the_words_between_too():
    text = "One.  Two. Three."
    units, _ = fragments(text, "en")
    assert [each.text for each in join_fragments(text, units, [True, True, False])] == [
        "One.  Two.",
        "Three.",
    ]


TEXT = st.text(
    alphabet=st.sampled_from("aB1.!?… \n\t\u00a0\u2028\"'«»“”()—:,éÉ中\x85\ud800")
    | st.characters(),
    max_size=80,
)


@given(TEXT, st.sampled_from(["en", "fr", "es", "de", "xx"]))
def test_spans_are_lossless_and_in_order_on_any_text(text, language):
    for sentences in (split_sentences(text, language), fragments(text, language)[0]):
        at = 0
        for each in sentences:
            assert each.text == text[each.start : each.end] == each.text.strip() != ""
            assert not text[at : each.start].strip()
            at = each.end
        assert not text[at:].strip()
