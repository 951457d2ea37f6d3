"""Ordinary jobs of a newsroom: what belongs together in a text stays together in its segments."""

from articles.alignment.aligner import align_texts
from articles.alignment.sentence_encoder import load_encoder
from articles.formats.web import html
from articles.text.document import bead_spans

KINDS = {
    "minutes of a match": [
        (
            "Osman scored after 14 minutes and was sent off after 70 minutes.",
            "Osman a marqué après 14 minutes et a été expulsé après 70 minutes.",
        ),
        ("The game ended without a goal.", "Le match s’est terminé sans autre but."),
    ],
    "times of a live report": [
        (
            "16:20 The road is open again, the police said.",
            "16 h 20 La route est de nouveau ouverte, a indiqué la police.",
        ),
        ("4:45 p.m. Two schools stay closed.", "16 h 45 Deux écoles restent fermées."),
    ],
    "titles and initials": [
        (
            "Dr. Reed, 54, told J. K. Osman that he would go.",
            "Le Dr Reed, 54 ans, a dit à J. K. Osman qu’il partirait.",
        ),
        ("Mr. Lane of Reed Inc. said nothing.", "M. Lane, de Reed Inc., n’a rien dit."),
    ],
    "an interview": [
        ("Q: Who will pay for the roof?", "Q : Qui paiera le toit ?"),
        ("A: Nobody knows yet.", "R : Personne ne le sait encore."),
    ],
    "the steps of a recipe": [
        ("1. Wash the pears.", "1. Lavez les poires."),
        ("2. Cut them in four.", "2. Coupez-les en quatre."),
    ],
}


def segments_of(english, french):
    """The two texts of each segment."""
    aligned = align_texts(
        english, french, source_language="en", target_language="fr", encoder=load_encoder()
    )
    spans = bead_spans(aligned.source, aligned.target, aligned.beads)
    return [(source.of(english), target.of(french)) for source, target in spans]


def test_what_belongs_together_is_one_segment():
    found = {}
    for kind, pairs in KINDS.items():
        english, french = ("\n".join(side) for side in zip(*pairs, strict=True))
        found[kind] = segments_of(english, french)
    assert found == KINDS


def test_pages_keep_sentences_about_minutes():
    for pairs in KINDS.values():
        for side in zip(*pairs, strict=True):
            page = "".join(f"<p>{sentence}</p>\n" for sentence in side)
            page = f"<html><body><article><h1>News</h1>{page}</article></body></html>"
            assert html.read_text(page.encode(), name="a.html").split("\n")[1:] == list(side)
