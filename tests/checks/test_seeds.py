"""What the news checks say of the seed article: every fault we know of, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.checks.registry import ArticleFacts, Pair, load_all, run_checks
from articles.omissions.word_encoder import load_word_encoder

load_all()
SEEDS = Path(__file__).parents[2] / "seeds"
CHECKS = (
    "numbers units dates doubled broken lowercase speaker terminology quotes negation hedges names untranslated typography"
).split()
# The beginnings of the segments, in order; "" where a segment has no partner.
STARTS = [
    ("A big, bright", "Une grande étoile"),
    ("In keeping", "Selon un nouveau"),
    ("Bloomberg reports", "Bloomberg rapports"),
    ("These discussions", "Ces discussions"),
    ("The report additionally", "le rapport note"),
    ("It doesn’t specify", "Il ne précise"),
    ("The particular", "Les détails"),
    ("An organization", "Un porte-parole"),
    ("“We stay up", "j’attends"),
    ("", "Lire la suite"),
    ("If OpenAI", "Si OpenAI"),
    ("Synthetic", "L’intelligence"),
    ("AI notably", "rôle pivot"),
    ("As for", "Quant à"),
    ("Final month", "Le mois dernier"),
    ("The movies", "Les vidéos"),
    ("On the time", "À l’époque"),
    ("Whereas", "Même si"),
    ("In earlier", "Dans le cadre"),
    ("It might appear", "La stratégie"),
    ("", "Une version"),
]
KNOWN = {
    ("doubled", "brillante et brillante"),
    ("lowercase", "le"),
    ("quotes", "»"),
    ("lowercase", "j’attends"),
    ("speaker", "j’"),
    ("quotes", ""),
    ("typography", ":"),
    ("broken", "inquiétudes. dans"),
    ("lowercase", "rôle"),
    ("doubled", "a perpétuellement a"),
}


def _cut(text: str, starts: list[str]) -> list[str]:
    places = [text.index(start) if start else -1 for start in starts]
    ends = [
        next((each for each in places[at + 1 :] if each >= 0), len(text))
        for at in range(len(places))
    ]
    return [
        text[place:end].strip() if place >= 0 else ""
        for place, end in zip(places, ends, strict=True)
    ]


def _pairs() -> Iterator[tuple[str, str]]:
    texts = sorted(
        (path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")),
        key=lambda text: "Selon" in text,
    )
    english, french = texts
    yield from zip(
        _cut(english, [source for source, _target in STARTS]),
        _cut(french, [target for _source, target in STARTS]),
        strict=True,
    )


def test_every_known_fault_of_the_seed_article_is_shown_and_nothing_else() -> None:
    pairs = list(_pairs())
    facts = ArticleFacts(pairs=pairs)
    edge = ("", "")
    said = [
        (each.check, each.target_spans[0].of(target) if each.target_spans else "")
        for before, (source, target), after in zip(
            [edge, *pairs], pairs, [*pairs[1:], edge], strict=False
        )
        for each in run_checks(
            Pair(source, target, previous=before, following=after), facts, only=CHECKS
        )
    ]
    assert set(said) == KNOWN
    assert len(said) == len(KNOWN)


@pytest.mark.skipif(load_word_encoder() is None, reason="the word encoder is not installed")
def test_the_three_dropped_beginnings_of_the_seed_article_are_shown_and_nothing_else() -> None:
    """Its English is worded oddly, so that many words lack their usual translations."""
    pairs = list(_pairs())
    facts = ArticleFacts(pairs=pairs)
    missing = []
    for source, target in pairs:
        for each in run_checks(Pair(source, target), facts, only=["dropped"]):
            missing.append(each.values["words"])
    assert missing == ["OpenAI", "We", "AI notably performed a"]
