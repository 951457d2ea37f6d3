"""French words with one wrong letter."""

from articles.checks.registry import ArticleFacts
from tests.cases import for_each
from tests.checks.table import shown


@for_each(
    ("source", "target", "meant"),
    [
        ("He spoke of the goverment.", "Il a parlé du gouvernemment.", "gouvernement"),
        ("An additional day.", "Une journée suplémentaire.", "supplémentaire"),
        ("The town grew.", "Le dévelopement de la ville.", "développement"),
        ("They were waiting.", "Ils étaient en attnete.", "attente"),
    ],
)
def test_one_wrong_letter_is_found_and_mended(source: str, target: str, meant: str) -> None:
    (finding,) = shown("french-spelling", source, target)
    assert [words for _place, words in finding.remedy] == [meant]


@for_each(
    ("source", "target"),
    [
        ("A blockchain is used.", "On utilise une blockchain."),
        ("He met the Valdorrans.", "Il a rencontré les Valdorrais."),
        ("A two-word term.", "Un sous-marin et un porte-avions."),
        ("Her successor.", "Sa successeure."),
        ("They ate.", "Ils mangèrent des gnocchis."),
    ],
)
def test_foreign_words_names_and_rare_words_are_left_alone(source: str, target: str) -> None:
    assert not shown("french-spelling", source, target)


def test_what_an_article_repeats_is_its_own_term() -> None:
    target = "Le granulomètre et le dépoussiérage."
    odd = "La maisonn est grande."
    assert shown("french-spelling", "The house is big.", odd)
    pairs = [("The house.", odd)] * 3
    assert not shown("french-spelling", "The house is big.", odd, ArticleFacts(pairs=pairs))
    assert not shown("french-spelling", "It is big.", target)
