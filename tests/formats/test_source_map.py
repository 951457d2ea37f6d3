"""A repair over several paragraphs is divided among them as a reader would divide it."""

from articles.formats.interchange import Article, Correction, Segment
from articles.formats.source_map import divide_lines
from articles.formats.web import html
from articles.text.document import Span
from tests.cases import for_each

LINES = [
    "Le pont est fermé. La ville cherche une solution.",
    "Les habitants attendent depuis mardi.",
]


@for_each(
    ("after", "expected"),
    [
        # sentences that were kept say where the cut is
        (
            "Le pont est fermé. La mairie cherche une issue. Les habitants attendent depuis lundi.",
            [
                "Le pont est fermé. La mairie cherche une issue.",
                "Les habitants attendent depuis lundi.",
            ],
        ),
        # its own line ends, as many
        ("Tout est clos.\nOn attend.", ["Tout est clos.", "On attend."]),
        # nothing kept: by sentences, in proportion
        (
            "Circulation interdite partout. Aucune issue trouvée ici. On patiente dès lundi, dit-on.",
            [
                "Circulation interdite partout. Aucune issue trouvée ici.",
                "On patiente dès lundi, dit-on.",
            ],
        ),
        # the second paragraph is gone
        ("Le pont est fermé. La ville cherche une solution.", [LINES[0], ""]),
        # and the first
        ("Les habitants attendent depuis mardi.", ["", LINES[1]]),
        ("", ["", ""]),
        # one sentence made of two
        (
            "Le pont est fermé, la ville cherche une solution et les habitants attendent depuis mardi.",
            [
                "Le pont est fermé, la ville cherche une solution et",
                "les habitants attendent depuis mardi.",
            ],
        ),
    ],
)
def test_a_repair_is_divided_among_paragraphs(after, expected):
    assert divide_lines(LINES, after, "fr") == expected


def test_three_paragraphs_and_more_lines_than_there_were():
    lines = ["Un chat dort.", "Deux chiens courent.", "Trois souris mangent."]
    after = "Un chat dort.\nDeux chiens\ncourent vite.\nTrois souris mangent."
    assert divide_lines(lines, after, "fr") == [
        "Un chat dort.",
        "Deux chiens\ncourent vite.",
        "Trois souris mangent.",
    ]


def test_each_paragraph_of_a_page_gets_its_part():
    page = "<h2>Un <i>titre</i></h2><p>Le <b>chat</b> dort. Il rêve.</p>\n<ul><li>Fin du texte.</li></ul>"
    text = html.read_text(page.encode(), name="a.html")
    after = "Un grand titre\nLe chat ronfle. Il rêve encore.\nFin de ce texte."
    repair = Segment(
        "x",
        text,
        target_span=Span(0, len(text)),
        corrections=(Correction(text, after, "approved"),),
    )
    for words in (after, after.replace("\n", " ")):
        one = Segment(
            "x",
            text,
            target_span=repair.target_span,
            corrections=(Correction(text, words, "approved"),),
        )
        written = html.write_page(
            page.encode(), Article("t", "en", "fr", target=text, segments=(one,))
        ).decode()
        assert written == (
            "<h2>Un grand <i>titre</i></h2><p>Le <b>chat</b> ronfle. Il rêve encore.</p>\n"
            "<ul><li>Fin de ce texte.</li></ul>"
        )
