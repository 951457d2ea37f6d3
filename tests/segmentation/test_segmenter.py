"""Sentences of web text as it is, with exact spans."""

from hypothesis import given
from hypothesis import strategies as st

from articles.segmentation.boundaries import TOLD
from articles.segmentation.segmenter import fragments, join_fragments, split_sentences
from tests.cases import for_each

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
    ["She said no.", "Then No. 7 came, on p. 12."],
    ["It costs $2.5.", "The rest is free."],
    ["On Oct. 7 the U.S. auto agency wrote.", "It rained."],
    ["1. Peel the pears.", "2. Cut them.", "3. Boil them for 10 min."],
    ["Q: Who paid?", "A: We did.", "Nobody helped."],
    ["Mount Foster is 2,549 m high.", "It erupted in 1980 A.D. at 8 a.m.", "Nobody died."],
    ["Standings: 1. Harbour United 34 pts.", "2. Northfield 31 pts."],
    ["(a) The plant closes by Jan. 15.", "(b) The operator pays, i.e. all of it."],
    ["Monday: sunny, 22°C.", "Tuesday: rain, max. 3 °C.", "Nobody swims."],
    ["Add 1 tsp. of salt.", "Stir."],
    ["Temp. will drop to max. 5 degrees.", "The jump was 8 m.", "Nobody jumped farther."],
    ["See https://example.org/a.b?c=1. was the answer.", "Nobody did."],
    ["8 p.m. The doors open.", "They close at 11 p.m.", "The bus leaves then."],
]
FRENCH = [
    ["M. Dupont arrive à 15 h 30.", "Il est tard."],
    ["Voyez l’art. 5 de la loi.", "Il est clair."],
    ["« Venez.", "Il fait froid. »", "Elle sortit."],
    ["Mme Roy et J.-P. Blanc ont signé.", "Le maire aussi."],
    ["Qu’est-ce que c’est ?", "Rien…", "Vraiment !"],
    ["Il viendra en sept. prochain, etc.", "Elle reste."],
    ["« Oui ! » dit-il.", "« Non. »"],
    ["Il culmine à 2 549 m.", "Il est né en 44 av. J.-C. à Rome.", "J’ai dit non."],
    ["a) L’usine ferme le 15 janv.", "b) L’exploitant paie."],
    ["La temp. tombera à max. 15 degrés.", "Il arrive à 15 h.", "Dupont attend."],
    ["R : Oui.", "Non.", "C. P. Roche est parti, p. ex. hier."],
]


@for_each(("language", "sentences"), [("en", s) for s in ENGLISH] + [("fr", s) for s in FRENCH])
def test_sentences(language, sentences):
    assert [each.text for each in split_sentences(" ".join(sentences), language)] == sentences


@for_each(
    ("language", "sentences"),
    [
        ("es", ["El Sr. Ruiz llegó a las 15.30 h.", "¿Quién es?", "¡Nadie!"]),
        ("de", ["Die Fa. Klein baut um.", "Das dauert."]),
        ("de", ["Am 3. Mai kam Dr. Klein, z.B. mit dem Zug.", "Die Bahn war leer."]),
        ("es", ["D. Luis vive en EE. UU. desde las 5 p. m. del lunes.", "El núm. 5.", "Fin."]),
        ("de", ["Im Jahr 1990.", "Die Stadt im 19. Jahrhundert.", "Ludwig XIV. kam."]),
        ("de", ["Es kostet z. B. 10 Mio. Euro, d. h. viel.", "Nr. 5 fehlt.", "Ende."]),
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


WRAPPED = """The mill by the weir has been sold to a family from
the next valley, the notary said on Tuesday. They want
to grind corn there again.

Nobody had lived in it since the flood
A new roof will cost 90,000 euros. The village has
promised to pay a third of it, if the old wheel can
turn again by spring.
"""


def test_a_hard_wrapped_text_is_read_by_paragraph():
    assert [each.text.replace("\n", " ") for each in split_sentences(WRAPPED, "en")] == [
        "The mill by the weir has been sold to a family from the next valley, the notary said on Tuesday.",
        "They want to grind corn there again.",
        "Nobody had lived in it since the flood",
        "A new roof will cost 90,000 euros.",
        "The village has promised to pay a third of it, if the old wheel can turn again by spring.",
    ]


@for_each(
    "lines",
    [
        # A list of headlines, a poem, a list of items, dialogue, paragraphs longer than any wrapping.
        [
            "Storm over the coast of the northern islands",
            "Mill sold",
            "New roof for the old town hall in March",
        ],
        [
            "the wind went over the hill and the weir",
            "and nobody heard it",
            "and nobody asked where it went",
        ],
        [
            "- two hundred grams of flour and some sugar",
            "- an egg from the neighbour",
            "- butter, if there is any left",
        ],
        [
            "— We are leaving for the mountains at seven.",
            "— Who is?",
            "— Everybody who has packed a bag.",
        ],
        [("word " * 60).strip(), ("more words " * 40).strip()],
    ],
)
def test_lines_of_other_texts_end_a_sentence(lines):
    assert [each.text for each in split_sentences("\n".join(lines), "en")] == lines


def test_headings_before_a_colon_where_several_lines_begin_with_one():
    lines = [
        "On the new roof: The village will pay a third.",
        "On the old wheel: It turns again.",
        "On the price of corn: Nobody knows it.",
    ]
    assert [each.text for each in split_sentences("\n".join(lines), "en")][::2] == [
        "On the new roof:",
        "On the old wheel:",
        "On the price of corn:",
    ]
    assert [each.text for each in split_sentences("\n".join(lines[:2]), "en")] == lines[:2]
    speakers = ["Mary Lane: The roof leaks.", "Ann Roche: It does not.", "Mary Lane: Look at it."]
    assert [each.text for each in split_sentences("\n".join(speakers), "en")] == speakers


def test_a_soft_break_within_a_sentence_is_no_boundary():
    text = "The mill\u2028was sold.\vNobody knew.\u2028Old houses\vAll the news"
    assert [each.text for each in split_sentences(text, "en")] == [
        "The mill\u2028was sold.",
        "Nobody knew.",
        "Old houses",
        "All the news",
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


@for_each(
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
        ("en", "VIENNA, Nov 29 - The door shut.", ["VIENNA, Nov 29 - The door shut."]),
        ("en", "RIO, Jan. 3 (AP) — The tide rose.", ["RIO, Jan. 3 (AP) — The tide rose."]),
        ("en", "U.N. (AP) - No one came.", ["U.N. (AP) - No one came."]),
        ("fr", "LE MANS, 9 nov. - Le train part.", ["LE MANS, 9 nov. - Le train part."]),
        (
            "en",
            "NEW HOPE, a novel. It is - The end",
            ["NEW HOPE, a novel.", "It is", "[- The end]"],
        ),
    ],
)
def test_places_where_a_stop_may_have_been_lost_are_left_to_the_aligner(language, text, expected):
    assert pieces(text, language) == expected


@for_each(
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


def test_a_stop_without_a_blank_ends_a_sentence_before_a_quotation():
    for text, sentences in (
        ("Il a dit oui.« Non », dit-elle.", ["Il a dit oui.", "« Non », dit-elle."]),
        (". Le pont est là.", [".", "Le pont est là."]),
    ):
        assert [each.text for each in split_sentences(text, "fr")] == sentences


def test_the_other_text_tells_where_stops_were_lost():
    first, second = "The old ship left the port of Singapore", "Some lenders stayed"
    line = f"{first} {second}\n"
    places = {number * len(line) + len(first) for number in range(3)}
    units, certainties = fragments(line * 3, "en", places)
    assert [each.text for each in units] == [first, second] * 3
    assert certainties == [1.0, TOLD] * 3
