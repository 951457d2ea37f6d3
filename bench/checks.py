"""How often does each check speak on good translations, and how often does it see a fault made on
purpose?

    python bench/checks.py < pairs.jsonl                 findings per 100 good pairs, each check
    python bench/checks.py --show numbers < pairs.jsonl  the same, and what the check said
    python bench/checks.py --spoil < pairs.jsonl   spoil each pair, count what is found

Each line of standard input is a JSON object with "source" and "target" (other names: --fields
en,fr), two texts that translate each other well. With --article NAME, neighbouring lines with the
same value of that field are one article. Needs no database.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from articles.checks.registry import CHECKS, ArticleFacts, Finding, Pair, load_all, run_checks
from articles.text.thresholds import SHOWN_SCORE

Texts = tuple[str, str]


def main() -> None:
    """Read pairs, run the checks, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--fields", default="source,target", help="the names of the two texts' fields"
    )
    parser.add_argument("--article", help="the field that says which lines are one article")
    parser.add_argument("--languages", default="en,fr")
    parser.add_argument("--show", metavar="CHECK", help="print what this check said")
    parser.add_argument(
        "--spoil", action="store_true", help="measure recall on pairs spoilt by program"
    )
    parser.add_argument("--only", help="run these checks alone: numbers,dates")
    asked = parser.parse_args()
    load_all()
    for name in set(CHECKS) - set(asked.only.split(",") if asked.only else CHECKS):
        del CHECKS[name]
    articles = _articles(sys.stdin.read().splitlines(), asked.fields.split(","), asked.article)
    if asked.spoil:
        _recall(articles, asked.languages.split(","), asked.show)
    else:
        _alarms(articles, asked.languages.split(","), asked.show)


def _articles(lines: list[str], fields: list[str], article: str | None) -> list[list[Texts]]:
    rows = [json.loads(line) for line in lines if line.strip()]
    groups = groupby(enumerate(rows), key=lambda item: item[1][article] if article else item[0])
    return [[(row[fields[0]], row[fields[1]]) for _, row in group] for _, group in groups]


def _pairs(texts: list[Texts], languages: list[str]) -> Iterator[Pair]:
    edge = ("", "")
    for before, (source, target), after in zip(
        [edge, *texts], texts, [*texts[1:], edge], strict=False
    ):
        yield Pair(
            source,
            target,
            source_language=languages[0],
            target_language=languages[1],
            previous=before,
            following=after,
        )


def _facts(texts: list[Texts]) -> ArticleFacts:
    return ArticleFacts(pairs=texts if len(texts) > 1 else ())


def _alarms(articles: list[list[Texts]], languages: list[str], show: str | None) -> None:
    shown: Counter[str] = Counter()
    unlikely: Counter[str] = Counter()
    started, count = time.perf_counter(), 0
    for texts in articles:
        for pair in _pairs(texts, languages):
            count += 1
            for finding in run_checks(pair, _facts(texts), unlikely=True):
                (shown if finding.score >= SHOWN_SCORE else unlikely)[finding.check] += 1
                if finding.check == show:
                    print(
                        f"{finding.score:.2f} {finding.text}\n"
                        f"     {pair.source}\n     {pair.target}"
                    )
    taken = (time.perf_counter() - started) * 1000 / max(1, count)
    print(f"{count} pairs, {taken:.1f} ms each\n{'check':<16} shown per 100   kept back per 100")
    for name in CHECKS:
        print(
            f"{name:<16} {100 * shown[name] / count:>13.1f} {100 * unlikely[name] / count:>19.1f}"
        )
    print(
        f"{'all':<16} {100 * shown.total() / count:>13.1f} {100 * unlikely.total() / count:>19.1f}"
    )


def _recall(articles: list[list[Texts]], languages: list[str], show: str | None) -> None:
    chance = random.Random(11)
    print(f"{'fault':<18} {'made':>6} {'found':>7}   by the check meant, of the score shown")
    for name, (wanted, spoil) in SPOILERS.items():
        made = found = 0
        for texts in articles:
            for at, (source, target) in enumerate(texts):
                worse = spoil(source, target, chance)
                if worse is None or worse == target:
                    continue
                spoilt = [*texts[:at], (source, worse), *texts[at + 1 :]]
                pair = list(_pairs(spoilt, languages))[at]
                before = {
                    _what(each)
                    for each in run_checks(list(_pairs(texts, languages))[at], _facts(texts))
                }
                said = [each for each in run_checks(pair, _facts(spoilt)) if each.check in wanted]
                made += 1
                found += any(_what(each) not in before for each in said)
                if name == show and not said:
                    print(f"   {source}\n   {worse}")
        print(f"{name:<18} {made:>6} {100 * found / max(1, made):>6.0f}%   {', '.join(wanted)}")


def _what(finding: Finding) -> tuple[str, str]:
    return finding.check, finding.text


def _sub(
    pattern: str, new: str | Callable[[re.Match[str]], str]
) -> Callable[[str, str, random.Random], str | None]:
    """A spoiler that replaces the first match in the French, if there is one."""
    return lambda _source, target, _chance: (
        re.sub(pattern, new, target, count=1) if re.search(pattern, target) else None
    )


def _where(
    pattern: str, spoil: Callable[[str, str, random.Random], str | None]
) -> Callable[[str, str, random.Random], str | None]:
    """Return ``spoil`` for the pairs whose English has the pattern."""
    return lambda source, target, chance: (
        spoil(source, target, chance) if re.search(pattern, source) else None
    )


def _change_digit(_source: str, target: str, chance: random.Random) -> str | None:
    digits = list(re.finditer(r"(?<![A-Za-z\d])[1-9]", target))
    if not digits:
        return None
    at = chance.choice(digits).start()
    other = chance.choice([digit for digit in "123456789" if digit != target[at]])
    return target[:at] + other + target[at + 1 :]


def _change_speaker(source: str, target: str, _chance: random.Random) -> str | None:
    """Have a man say what a woman said, or the other way round, where both sides name them so."""
    said = re.search(r"\b(s?he) (?:said|asked|added|told|explained|continued)\b", source)
    if not said:
        return None
    here, there = ("elle", "il") if said[1] == "she" else ("il", "elle")
    inverted = re.compile(rf"(?<=-){here}\b")
    return inverted.sub(there, target, count=1) if inverted.search(target) else None


def _double_word(_source: str, target: str, chance: random.Random) -> str | None:
    words = list(re.finditer(r"\b[a-zàâçéèêëîïôûù]{4,}\b", target))
    if not words:
        return None
    word = chance.choice(words)
    return target[: word.end()] + " " + word.group() + target[word.end() :]


def _stop_in_the_middle(_source: str, target: str, chance: random.Random) -> str | None:
    gaps = list(re.finditer(r"(?<=[a-zé]{4}) (?=[a-zé]{3})", target))
    if not gaps:
        return None
    at = chance.choice(gaps).start()
    return target[:at] + "." + target[at:]


def _misspell_name(source: str, target: str, chance: random.Random) -> str | None:
    names = [
        m
        for m in re.finditer(r"(?<=[a-zé,] )[A-Z][a-z]{4,}\b", target)
        if re.search(rf"\b{m.group()}\b", source)
    ]
    if not names:
        return None
    name = chance.choice(names)
    at = name.start() + chance.randrange(2, len(name.group()) - 1)
    return target[:at] + target[at + 1 :]


def _drop_name(source: str, target: str, chance: random.Random) -> str | None:
    names = [
        m
        for m in re.finditer(r"(?<=[a-zé,]) [A-Z][a-z]{4,}\b", target)
        if re.search(rf"\b{m.group()[1:]}\b", source)
    ]
    if not names:
        return None
    name = chance.choice(names)
    return target[: name.start()] + target[name.end() :]


def _left_in_english(source: str, target: str, chance: random.Random) -> str | None:
    ours = list(re.finditer(r"(?<=[a-z] )[a-z]{5,}(?= [a-z])", source))
    theirs = list(re.finditer(r"(?<=[a-z] )[a-zéèê]{5,}(?= [a-z])", target))
    if not ours or not theirs:
        return None
    spot = chance.choice(theirs)
    return target[: spot.start()] + chance.choice(ours).group() + target[spot.end() :]


_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()


def _next(words: list[str]) -> Callable[[re.Match[str]], str]:
    return lambda match: words[(words.index(match.group()) + 1) % len(words)]


_NUMERALS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI".split()
_TITLES = {"M.": "Mme", "Mme": "M."}


def _other_numeral(match: re.Match[str]) -> str:
    """Put the next Roman number behind the name: Christian IV, Christian V."""
    at = _NUMERALS.index(match["numeral"])
    return match["name"] + _NUMERALS[(at + 1) % len(_NUMERALS)]


SPOILERS: dict[str, tuple[tuple[str, ...], Callable[[str, str, random.Random], str | None]]] = {
    "change a digit": (("numbers", "dates"), _change_digit),
    "drop a number": (("numbers", "dates"), _sub(r" (?<![A-Z]) ?\b\d[\d  .,]*\d\b", "")),
    "other currency": (
        ("units",),
        _sub(
            r"dollars|euros|\$|€",
            lambda m: {"dollars": "euros", "euros": "dollars", "$": "€", "€": "$"}[m.group()],
        ),
    ),
    "miles to km": (
        ("units",),
        _sub(
            r"(?<=\d )(?:miles|km|kilomètres)\b",
            lambda m: "km" if m.group() == "miles" else "miles",
        ),
    ),
    "lose the percent": (("units",), _sub(r"(?<=\d)[  ]?(?:%|pour cent)", "")),
    "million, milliard": (
        ("numbers",),
        _sub(
            r"\b(?:million|milliard)",
            lambda m: {"million": "milliard", "milliard": "million"}[m.group()],
        ),
    ),
    "other weekday": (("dates",), _sub(r"\b(?:" + "|".join(_DAYS) + r")\b", _next(_DAYS))),
    "other month": (("dates",), _sub(r"\b(?:" + "|".join(_MONTHS) + r")\b", _next(_MONTHS))),
    "lose the negation": (
        ("negation",),
        _sub(r"\b(?:ne |n[’'])(\w+(?: \w+)?) (?:pas|plus|jamais) ", r"\1 "),
    ),
    "gain a negation": (
        ("negation",),
        _sub(
            r"\b(est|a|sont|ont|était|avait) ",
            lambda m: ("n’" if m[1][0] in "eaoé" else "ne ") + m[1] + " pas ",
        ),
    ),
    "lose a quote": (("quotes",), _sub(r" ?[»”]|(?<=\w)\"", "")),
    "lose both quotes": (("quotes",), _sub(r"(?:« ?|“|(?<!\w)\")([^«»“”\"]+)(?: ?»|”|\")", r"\1")),
    "lose peut-être…": (
        ("hedges",),
        _sub(
            r"\b(?:peut-être|probablement|apparemment|prétendument|présumée?s?|soi-disant"
            r"|sans doute) ",
            "",
        ),
    ),
    "pourrait: peut": (
        ("hedges",),
        _sub(
            r"\b(?:pourraient|pourrait)\b",
            lambda m: {"pourrait": "va", "pourraient": "vont"}[m.group()],
        ),
    ),
    "nous: je": (("speaker",), _sub(r"\b[Nn]ous (?=\w+ons\b)", "je ")),
    "dit-elle: dit-il": (("speaker",), _change_speaker),
    "M.: Mme": (
        ("speaker",),
        _where(
            r"[”\"’'] s?he \w+ed\b|[”\"’'] s?he said\b",
            _sub(
                r"(?<=[»”\"] )(?P<said>[^.\n]{2,40}?)(?P<title>M\.|Mme)(?=\s[A-Z])",
                lambda m: m["said"] + _TITLES[m["title"]],
            ),
        ),
    ),
    "another speaker": (
        ("names",),
        _where(
            r"[”\"’'] (?:said [A-Z]|[A-Z]\w+ said)",
            _sub(
                r"\ba (dit|déclaré|ajouté|affirmé|expliqué) [A-Z]\w+(?=[.,;]|\s[a-zàéè])",
                r"a \1 Marchetti",
            ),
        ),
    ),
    "de 4 à 5: de 5 à 4": (
        ("numbers",),
        _where(
            r"\bfrom \d[^.]{0,30} to \d",
            _sub(r"\b([Dd]e) (\d[\d.,]*) à (\d[\d.,]*)\b", r"\1 \3 à \2"),
        ),
    ),
    "Louis IV: Louis V": (
        ("numbers",),
        _sub(
            rf"(?P<name>\b[A-Z][a-zéè]{{2,}} )(?P<numeral>{'|'.join(_NUMERALS)})\b", _other_numeral
        ),
    ),
    "deux mots: un mot": (
        ("numbers",),
        _sub(r"\b(?:les )?(?:deux|trois|quatre|cinq|six) ([a-zéèêîô]+)s\b", r"un \1"),
    ),
    "double a word": (("doubled",), _double_word),
    "stray full stop": (("broken",), _stop_in_the_middle),
    "lower-case start": (("lowercase",), lambda s, t, c: t[0].lower() + t[1:]),
    "cut the start": (("lowercase",), lambda s, t, c: t.split(" ", 2)[-1]),
    "misspell a name": (("names",), _misspell_name),
    "drop a name": (("names",), _drop_name),
    "English word": (("untranslated",), _left_in_english),
    "no space before :": (("typography",), _sub(r"[  \u202f](?=[:;?!])", "")),
}


if __name__ == "__main__":
    main()
