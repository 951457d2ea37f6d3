"""Names are claims: they pair files and tell the language of short texts; words decide else."""

import pytest

from articles.detection.files import find_partners, other_claim, read_document
from articles.detection.names import read_name
from articles.detection.two_languages import split_languages

ENGLISH = (
    "The harbour reopened late on Sunday night after two days of repairs, the mayor said. "
    "Nobody was hurt when the storm tore the roof off the old market, but forty boats sank."
)
FRENCH = (
    "Le port a rouvert tard dimanche soir après deux jours de travaux, a indiqué le maire. "
    "Personne n’a été blessé quand la tempête a arraché le toit du vieux marché."
)
OTHER = (
    "The bank raised its interest rates for the third time this year, and its shares fell by four "
    "per cent in London. Analysts had expected no change before the election in the spring at all."
)


def test_a_name_claims_a_language_and_belongs_to_others():
    for name, key, language in [
        ("brief.en.md", "brief.md", "en"),
        ("story.fr", "story", "fr"),
        ("page_FR.html", "page.html", "fr"),
        ("en/railway.txt", "railway.txt", "en"),
        ("sport/français/cup.docx", "sport/cup.docx", "fr"),
        ("notes.md", "notes.md", None),
        ("talk.csv", "talk.csv", None),
    ]:
        assert read_name(name) == (key, language), name


@pytest.mark.slow
def test_words_decide_where_there_are_enough():
    french = read_document("la-digue-en.txt", FRENCH)
    assert (french.language, other_claim(french)) == ("fr", "en")
    short = read_document("note.fr.md", "OK\n\nStop.")
    assert (short.language, other_claim(short)) == ("fr", "")
    assert read_document("x.txt", ENGLISH, language="de").language == "de"


def test_partners_are_found_with_their_direction():
    english = read_document("translation.en.txt", ENGLISH)
    french = read_document("original.fr.txt", FRENCH)
    assert find_partners([english, french]).pairs == [(french, english)]
    plain = read_document("a.txt", ENGLISH), read_document("b.txt", FRENCH)
    assert find_partners(plain).pairs == [plain]
    assert find_partners(plain, source_language="fr").pairs == [(plain[1], plain[0])]


def test_names_that_words_deny_are_doubtful():
    pair = read_document("x.en.txt", OTHER), read_document("x.fr.txt", FRENCH)
    found = find_partners(pair)
    assert (found.pairs, found.doubtful) == ([], [pair])
    assert list(found.alone) == list(pair)


def test_a_text_with_both_languages_is_two_texts():
    english = ["A title", *ENGLISH.split(". "), "The mayor will speak again on Monday."]
    french = ["Un titre", *FRENCH.split(". "), "Le maire parlera de nouveau lundi matin."]
    beside = "\n\n".join(each for both in zip(english, french, strict=True) for each in both)
    after = "\n\n".join([*english, *french])
    for text in (beside, after):
        parts = split_languages(text)
        assert parts is not None
        assert [part.language for part in parts] == ["en", "fr"]
        assert parts[1].text.startswith("Un titre")
        assert len(parts[0].text.split("\n\n")) == len(english)
    assert split_languages("\n\n".join(english)) is None
    assert split_languages("One line.") is None


def test_names_and_figures_make_no_second_language():
    text = """Harbour United gagne enfin
Harbour United a battu Northfield 3-2 (2-1) samedi. Buts : Okafor 12e, 45e+2, Lindqvist 78e.
Classement : 1. Harbour United 34 pts. 2. Northfield 31 pts. 3. St. Alban 29 pts.
« Il était temps », a déclaré l’entraîneur. Le prochain match a lieu dimanche contre St. Alban."""
    assert split_languages(text) is None


def test_a_short_text_has_the_language_that_its_name_claims():
    short = read_document("note.fr.md", "OK\n\nStop.")
    assert (short.language, other_claim(short)) == ("fr", "")


def test_without_an_english_text_the_first_one_is_the_original():
    pair = read_document("a.de.txt", "Ja, so."), read_document("a.fr.txt", "Oui, c’est ça.")
    assert find_partners(pair).pairs == [pair]


def test_two_languages_in_no_order_are_one_text():
    english = ["The old mill by the weir was sold.", "Nobody saw the ship leave the harbour."] * 2
    french = ["Le vieux moulin du barrage a été vendu.", "Personne n’a vu partir le navire du port."] * 2  # fmt: skip
    mixed = [*english[:2], *french[:2], *english[2:], *french[2:]]
    assert split_languages("\n\n".join(mixed)) is None
