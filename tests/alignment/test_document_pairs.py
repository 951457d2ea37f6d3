"""Which documents belong together, by what they say."""

from articles.alignment import document_pairs
from articles.alignment.document_pairs import pair_documents
from articles.text.document import Document

ABOUT = {
    "bridge": (
        "The bridge was closed on Monday. Engineers found cracks in 1987 and again in 2012.",
        "Le pont a été fermé lundi. Des ingénieurs ont trouvé des fissures en 1987 puis en 2012.",
    ),
    "baker": (
        "The baker Ana Pirro has lost half of her customers. She sells bread in Lugo.",
        "La boulangère Ana Pirro a perdu la moitié de ses clients. Elle vend du pain à Lugo.",
    ),
    "snow": (
        "Snow is expected tonight. The trains will be late.",
        "De la neige est attendue cette nuit. Les trains auront du retard.",
    ),
}


def documents(*names, side):
    return [Document(f"{name}-{side}", ("en", "fr")[side], ABOUT[name][side]) for name in names]


def names(found):
    return {(pair.source.name, pair.target.name) for pair in found.pairs}


def test_partners_are_found_and_those_alone_are_named():
    found = pair_documents(
        [*documents("snow", "bridge", side=1), *documents("bridge", "baker", "snow", side=0)]
    )
    assert names(found) == {("bridge-0", "bridge-1"), ("snow-0", "snow-1")}
    assert [document.name for document in found.unpaired] == ["baker-0"]
    assert all(0.4 < pair.score <= 1 for pair in found.pairs)


def test_a_translation_whose_source_is_not_there_is_alone():
    found = pair_documents([*documents("bridge", side=1), *documents("snow", side=0)])
    assert (found.pairs, len(found.unpaired)) == ([], 2)


def test_two_translations_of_one_article():
    other = Document(
        "other",
        "fr",
        "Lundi, on a fermé le pont. Des fissures y furent vues en 1987 et encore en 2012.",
    )
    spanish = Document(
        "es",
        "es",
        "El puente se cerró el lunes. Los ingenieros hallaron grietas en 1987 y en 2012.",
    )
    found = pair_documents(
        [*documents("bridge", side=0), other, *documents("bridge", side=1), spanish]
    )
    assert names(found) == {("bridge-0", "other"), ("bridge-0", "bridge-1"), ("bridge-0", "es")}
    assert found.unpaired == []


def test_many_documents_of_one_kind():
    towns = [f"Town{letter}" for letter in "abcdefghijklmnopqrstu"]
    english = [
        Document(f"{town}-0", "en", f"The mayor of {town} opened a school. It has nine rooms.")
        for town in towns
    ]
    french = [
        Document(f"{town}-1", "fr", f"Le maire de {town} a inauguré une école. Elle a neuf salles.")
        for town in towns
    ]
    found = pair_documents(
        [*english, *reversed(french), *documents("snow", side=1), Document("empty", "en", "")]
    )
    assert names(found) == {(f"{town}-0", f"{town}-1") for town in towns}
    assert {document.name for document in found.unpaired} == {"snow-1", "empty"}


def test_without_an_encoder_numbers_and_names_tell(monkeypatch):
    monkeypatch.setattr(document_pairs, "load_encoder", lambda: None)
    found = pair_documents(
        [*documents("bridge", "baker", side=1), *documents("snow", "baker", "bridge", side=0)]
    )
    assert names(found) == {("bridge-0", "bridge-1"), ("baker-0", "baker-1")}
    assert pair_documents([]).pairs == []
