"""How often the French grammar checks doubt good sentences, and how many planted faults they find.

    python bench/french_grammar.py good-sentences.txt [--show] [--missed]

The file holds good French sentences, one a line. Every sentence is first checked as it is (the
share with a finding is the false-alarm rate, unless the sentence is faulty after all: look with
--show). Then one fault of each kind is planted where the sentence allows it, always at the same
place for the same file, and a fault counts as found when a finding covers a word that was changed.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.checks.french import lexicon
from articles.checks.french.words import Word, words
from articles.checks.registry import CHECKS, Finding, Pair, load_all, run_checks
from articles.text.tokens import tokens

Change = tuple[int, int, str]
"""Replace ``text[start:end]`` by the words."""
Plant = Callable[[tuple[Word, ...], int], Change | None]
"""Where a fault of one kind can be planted in a sentence: at a place, or not."""


@cache
def by_lemma() -> dict[tuple[str, str], list[tuple[str, lexicon.Reading]]]:
    """All forms of the participles, adjectives, nouns and verbs, by lemma and kind."""
    found: dict[tuple[str, str], list[tuple[str, lexicon.Reading]]] = defaultdict(list)
    for line in lexicon._dictionary().splitlines():
        form = line.decode().partition(",")[0]
        for reading in lexicon._parse_line(line.decode()) if form else []:
            found[reading.lemma, reading.kind].append((form, reading))
    return found


def others(word: Word, fits: Callable[[lexicon.Reading], bool]) -> list[str]:
    """Other forms of the word's lemma with the same tense that ``fits`` accepts."""
    wanted = [each for each in word.readings if fits(each)]
    return [
        form
        for reading in wanted
        for form, other in by_lemma().get((reading.lemma, reading.kind), [])
        if other.tense == reading.tense
        and other.person == reading.person
        and form != word.lowered
        and (other.gender, other.number) != (reading.gender, reading.number)
        and fits(other)
    ]


def replaced(sentence: tuple[Word, ...], at: int, forms: list[str]) -> Change | None:
    token = sentence[at].token
    return (
        (token.start, token.end, random.choice(sorted(forms)))
        if forms and token.text == token.text.lower()
        else None
    )


def participle_after_noun(sentence: tuple[Word, ...], at: int) -> Change | None:
    word = sentence[at]
    if not at or not word.participles or word.is_finite or not sentence[at - 1].is_only_noun:
        return None
    return replaced(sentence, at, others(word, lambda reading: reading.is_participle))


def participle_after_be(sentence: tuple[Word, ...], at: int) -> Change | None:
    word = sentence[at]
    known = (
        at
        and (sentence[at - 1].lowered == "été" or sentence[at - 1].lemmas == {"être"})
        and sentence[at - 1].third_person_numbers | {"été"}
    )
    if not known or not word.participles or word.is_finite:
        return None
    return replaced(sentence, at, others(word, lambda reading: reading.is_participle))


def adjective_after_noun(sentence: tuple[Word, ...], at: int) -> Change | None:
    word = sentence[at]
    if (
        not at
        or {each.kind for each in word.readings} != {"A"}
        or not sentence[at - 1].is_only_noun
    ):
        return None
    return replaced(sentence, at, others(word, lambda reading: reading.kind == "A"))


def noun_number(sentence: tuple[Word, ...], at: int) -> Change | None:
    word = sentence[at]
    if not at or not word.is_only_noun or not sentence[at - 1].determiner:
        return None
    same = {each.gender for each in word.readings}
    return replaced(
        sentence, at, others(word, lambda reading: reading.kind == "N" and reading.gender in same)
    )


def article_gender(sentence: tuple[Word, ...], at: int) -> Change | None:
    swap = {
        "le": "la",
        "la": "le",
        "un": "une",
        "une": "un",
        "cette": "ce",
        "du": "de la",
        "au": "à la",
    }
    word = sentence[at]
    if word.lowered not in swap or at + 1 == len(sentence) or not sentence[at + 1].is_only_noun:
        return None
    return (word.token.start, word.token.end, swap[word.lowered])


def verb_number(sentence: tuple[Word, ...], at: int) -> Change | None:
    word = sentence[at]
    if (
        not at
        or {each.kind for each in word.readings} != {"V"}
        or len(word.third_person_numbers) != 1
        or not sentence[at - 1].nouns
    ):
        return None
    return replaced(
        sentence, at, others(word, lambda reading: reading.is_finite and reading.person == "3")
    )


def noun_for_verb(sentence: tuple[Word, ...], at: int) -> Change | None:
    nouns = {
        "rapporter": "rapports",
        "noter": "notes",
        "annoncer": "annonces",
        "affirmer": "affirmations",
        "estimer": "estimations",
    }
    nouns |= {
        "déclarer": "déclarations",
        "espérer": "espoirs",
        "craindre": "craintes",
        "indiquer": "états",
        "dire": "états",
    }
    nouns |= {
        "signifier": "états",
        "suggérer": "suggestions",
        "préciser": "notes",
        "rappeler": "rapports",
        "penser": "espoirs",
    }
    word = sentence[at]
    lemma = next((each for each in word.lemmas if each in nouns), None)
    if (
        lemma is None
        or not word.third_person_numbers
        or at + 1 == len(sentence)
        or sentence[at + 1].lowered not in {"que", "qu’"}
    ):
        return None
    return (word.token.start, word.token.end, nouns[lemma])


def clash(sentence: tuple[Word, ...], at: int) -> Change | None:
    word = sentence[at]
    if (
        not at
        or word.lowered not in {"afin", "lorsque", "parce", "puisque"}
        or sentence[at - 1].lowered == ","
    ):
        return None
    return (
        word.token.start,
        word.token.end,
        random.choice(["dans ", "avec ", "sous ", "vers "]) + word.lowered,
    )


def unelided(sentence: tuple[Word, ...], at: int) -> Change | None:
    full = {"d’": "de", "qu’": "que", "n’": "ne", "s’": "se", "j’": "je"}
    word = sentence[at]
    if word.lowered not in full or at + 1 == len(sentence) or sentence[at + 1].is_capital:
        return None
    return (word.token.start, word.token.end, full[word.lowered] + " ")


def second_verb(sentence: tuple[Word, ...], at: int) -> Change | None:
    """*c’est* before the subject that opens the sentence: *C’est le client de messagerie est …*"""
    word = sentence[at]
    if (
        at
        or not word.determiner
        or word.lowered not in {"le", "la", "cette", "ce", "l’", "les", "un", "une"}
    ):
        return None
    verb = next(
        (
            i
            for i in range(1, len(sentence))
            if sentence[i].third_person_numbers and sentence[i].lemmas & {"être", "pouvoir"}
        ),
        0,
    )
    if (
        not 1 < verb < 7
        or any(each.is_mark for each in sentence[:verb])
        or "s" not in sentence[verb].third_person_numbers
    ):
        return None
    return (word.token.start, word.token.end, "C’est " + word.lowered)


KINDS: tuple[Plant, ...] = (
    participle_after_noun,
    participle_after_be,
    adjective_after_noun,
    noun_number,
    article_gender,
    verb_number,
    noun_for_verb,
    clash,
    unelided,
    second_verb,
)


def planted(text: str, kind: Plant) -> tuple[str, int, int] | None:
    """The text with one fault of the kind, and where its words now are; None where there is no
    place for one.
    """
    sentence = words(tokens(text))
    places = [change for at in range(len(sentence)) if (change := kind(sentence, at)) is not None]
    if not places:
        return None
    start, end, new = random.choice(places)
    return text[:start] + new + text[end:], start, start + len(new)


def found(text: str) -> list[Finding]:
    """What the French grammar checks doubt."""
    return run_checks(Pair("", text), only=[name for name in CHECKS if name.startswith("french-")])


def is_covered(text: str, start: int, end: int) -> bool:
    """Whether a finding touches ``text[start:end]``."""
    spans = [span for finding in found(text) for span in finding.target_spans]
    return any(span.start <= end and start <= span.end for span in spans)


def recall(good: list[str], kind: Plant, *, missed: bool) -> None:
    """Print how many faults of the kind are found."""
    spoilt = [each for text in good if not found(text) and (each := planted(text, kind))]
    lost = [each for each in spoilt if not is_covered(*each)]
    hits = len(spoilt) - len(lost)
    print(
        f"{kind.__name__:24} found {hits:4} of {len(spoilt):4} ({hits / max(1, len(spoilt)):.0%})"
    )
    for text, start, end in lost[: 12 * missed]:
        print(f"      [{text[start:end]}] {text}")


def main(path: str, *options: str) -> None:
    """Print the two figures."""
    random.seed(1)
    load_all()
    good = [
        line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    lexicon.is_available()
    start = time.perf_counter()
    doubted = [(text, findings) for text in good if (findings := found(text))]
    took = 1000 * (time.perf_counter() - start) / len(good)
    share = len(doubted) / len(good)
    print(
        f"good sentences doubted: {len(doubted)} of {len(good)} ({share:.2%}), {took:.2f} ms each"
    )
    for text, findings in doubted if "--show" in options else []:
        print(
            *(f"  {finding.check}: {finding.text}" for finding in findings), f"    {text}", sep="\n"
        )
    for kind in KINDS:
        recall(good, kind, missed="--missed" in options)


if __name__ == "__main__":
    main(*sys.argv[1:])
