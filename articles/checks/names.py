"""Names that are missing or spelt differently, judged over the whole article."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from simplemma import is_known
from wordfreq import zipf_frequency

from articles.checks.registry import ArticleFacts, Finding, Pair, check
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token

# English names that French writes another way (or translates); a name in this list is never asked for.
_EXONYMS = set(
    "london londoner edinburgh wales cornwall britain england scotland ireland dover america american germany spain "
    "italy rome "
    "venice florence genoa naples turin milan sicily brussels antwerp ghent bruges geneva basel vienna warsaw cracow "
    "moscow russia athens greece crete cyprus turkey egypt cairo alexandria algiers algeria morocco tunis tunisia "
    "libya "
    "syria damascus lebanon beirut jordan jerusalem saudi arabia mecca iran tehran iraq baghdad india delhi china "
    "beijing peking japan "
    "korea vietnam burma thailand cambodia philippines australia zealand brazil argentina chile peru mexico havana "
    "cuba "
    "haiti jamaica orleans philadelphia pennsylvania california florida louisiana carolina virginia dakota hawaii "
    "quebec "
    "montreal lisbon copenhagen denmark norway sweden stockholm finland helsinki iceland poland hungary bulgaria "
    "romania "
    "serbia croatia slovenia slovakia albania macedonia armenia azerbaijan georgia ukraine kiev kyiv crimea belarus "
    "estonia latvia "
    "lithuania ethiopia somalia kenya uganda cameroon chad niger senegal mauritania mauritius sudan africa asia europe "
    "oceania atlantic pacific mediterranean baltic danube rhine thames nile alps andes himalayas pyrenees himalaya "
    "seoul hamburg munich "
    "cologne frankfurt dresden hanover bavaria saxony prussia prague bohemia netherlands holland hague belgium "
    "luxembourg "
    "switzerland austria portugal malta singapore malaysia indonesia jakarta taiwan afghanistan kabul pakistan nepal "
    "bangladesh lanka "
    "yemen oman kuwait qatar bahrain emirates dubai abu palestine gaza israel colombia bolivia ecuador venezuela "
    "paraguay "
    "uruguay guyana trinidad barbados dominica bahamas salvador guatemala honduras nicaragua rica panama aristotle "
    "plato "
    "homer virgil horace ovid livy cicero caesar augustus nero hadrian justinian charlemagne columbus magellan "
    "michelangelo "
    "raphael titian luther calvin copernicus petrarch machiavelli confucius mohammed muhammad jesus christ moses noah "
    "pope francis john paul mary joseph peter benedict pius leo charles henry george william louis philip elizabeth "
    "stephen "
    "gorbachev yeltsin putin khrushchev brezhnev stalin lenin trotsky tolstoy dostoevsky chekhov tchaikovsky "
    "solzhenitsyn "
    "medvedev zelensky zelenskyy lukashenko navalny bolshevik nazi taliban kremlin vatican bible koran quran ramadan "
    "easter christmas "
    "halloween olympics al-qaeda nobel unesco nato who imf opec eu un uk us usa uae gdp hiv aids dna fbi cia".split()
)
_NAME = re.compile(r"[A-Z][^\W\d_]*(?:[A-Z][^\W\d_]*)*(?:[-’'][A-Z][^\W\d_]+)*$")


@check(
    id="names",
    type="Mistranslation",
    severity="major",
    title=_("Name missing or misspelt"),
    help=_(
        "A proper name of the source that the translation spells differently or leaves out. A missing name is "
        "reported when "
        "the article’s other segments keep it. Countries, cities and people with a French name of their own are left "
        "alone."
    ),
    languages=(("en", "fr"), ("fr", "en")),
    examples=(
        (
            "He met Altman there.",
            "Il y a rencontré Altmann.",
            "Possible misspelt name: “Altman” became “Altmann”.",
        ),
        ("He met the Londoners in London.", "Il a rencontré les Londoniens à Londres.", ""),
    ),
)
def names(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Names of the source without their like in the target: spelt differently, or missing although the article
    keeps them."""
    theirs = {_plain(word.text): word for word in pair.target_tokens if word.is_word}
    ours = {_plain(word.text) for word in pair.source_tokens}
    seen: set[str] = set()
    missing: list[Token] = []
    for word in _names(pair.source_tokens):
        name = _plain(word.text)
        if name in seen or _stands_in(name, theirs):
            continue
        seen.add(name)
        keeps = _keeps_its_form(name, pair)
        twin = _twin(name, theirs, ours)
        if twin and not _is_good_form(twin.text, name, pair.target_language, keeps=keeps):
            yield _misspelt(word, twin, _habit(word.text, twin.text, article.pairs))
        elif keeps and not twin:
            missing.append(word)
    yield from _missing(missing, pair, article)


def _names(words: Sequence[Token]) -> Iterator[Token]:
    """Words with a capital that is not only the sentence's own, and no abbreviation (U.S.)."""
    for at, word in enumerate(words):
        if word.kind != "word" or len(word.text) < 4 or not _NAME.match(word.text):
            continue
        starts = at == 0 or (
            words[at - 1].text in "“”«»\"'‘’.:!?…—–-("
            and (at == 1 or words[at - 1].text not in "-")
        )
        inner = any(letter.isupper() for letter in word.text[1:]) and not word.text.isupper()
        if not starts or inner or (at + 1 < len(words) and words[at + 1].text in ("’s", "'s")):
            yield word


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Lower case, without accents: Müller and Muller are one name."""
    bare = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _keeps_its_form(name: str, pair: Pair) -> bool:
    """Whether the word is a name in both languages: unknown to both, or no commoner at home than abroad."""
    if name in _EXONYMS or name.removesuffix("s") in _EXONYMS:
        return False
    home, abroad = (
        zipf_frequency(name, pair.source_language),
        zipf_frequency(name, pair.target_language),
    )
    return home < 2.2 or home - abroad < 0.9


def _stands_in(name: str, theirs: dict[str, Token]) -> bool:
    """The name itself, part of a compound (Bora-Bora), or made into a common word (hollywoodien, internationale)."""
    return name in theirs or any(
        name in re.split("[-‐‑]", plain)
        or (plain.startswith(name) and (word.text.islower() or len(plain) > len(name) + 2))
        for plain, word in theirs.items()
    )


def _twin(name: str, theirs: dict[str, Token], source: set[str]) -> Token | None:
    """The target's word that is ``name`` but for a letter or two: with a capital, and not itself in the source."""
    near = [
        word
        for plain, word in theirs.items()
        if word.text[0].isupper()
        and plain not in source
        and plain[0] == name[0]
        and _distance(name, plain) <= (1 if len(name) < 8 else 2)
    ]
    return near[0] if near else None


def _is_good_form(twin: str, name: str, language: str, *, keeps: bool) -> bool:
    """Whether ``twin`` is a word of the language (Supreme Court, Cour suprême) or its own form of a name (Flandre)."""
    use = zipf_frequency(twin, language)
    return is_known(twin.lower(), language) or use > (
        zipf_frequency(name, language) + 0.7 if keeps else 0
    )


def _distance(left: str, right: str) -> int:
    """Levenshtein's: letters to add, drop or change; 9 when the lengths alone differ by more than 2."""
    if abs(len(left) - len(right)) > 2:
        return 9
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def _habit(name: str, twin: str, pairs: Sequence[tuple[str, str]]) -> float:
    """Surer when the article elsewhere keeps the source's spelling; a spelling it always uses may be the French one."""
    used = Counter(
        _plain(word) for _source, target in pairs for word in re.findall(r"[^\W\d_]+", target)
    )
    if used[_plain(name)]:
        return 0.9
    return 0.35 if used[_plain(twin)] > 1 else 0.65


def _misspelt(word: Token, twin: Token, score: float) -> Finding:
    return Finding(
        "names",
        "Mistranslation",
        "major",
        score,
        _("Possible misspelt name: “%(source)s” became “%(target)s”."),
        {"source": word.text, "target": twin.text},
        (Span(word.start, word.end),),
        (Span(twin.start, twin.end),),
    )


def _missing(words: list[Token], pair: Pair, article: ArticleFacts) -> Iterator[Finding]:
    """Names left out: shown when another segment of the article keeps the name and no part of it stands here."""
    around = _plain(" ".join([pair.previous[1], pair.following[1]]))
    for word in words:
        name = _plain(word.text)
        kept = sum(
            name in _plain(source) and name in _plain(target) for source, target in article.pairs
        )
        alone = (
            0.05 if is_known(name, pair.source_language) else 0.1
        )  # a word of the dictionary may be translated
        score = 0.3 if name in around else 0.6 if kept > 1 else 0.5 if kept else alone
        if _rest_of_name_is_there(word, pair):
            score = min(score, 0.2)
        yield Finding(
            "names",
            "Omission",
            "minor",
            score,
            _("Possible missing name: “%(source)s” is not in the translation."),
            {"source": word.text},
            (Span(word.start, word.end),),
        )


def _rest_of_name_is_there(word: Token, pair: Pair) -> bool:
    """Sam Altman may become Altman: a neighbour with a capital stands in the target."""
    words = pair.source_tokens
    at = words.index(word)
    target = _plain(pair.target)
    beside = [words[i] for i in (at - 1, at + 1) if 0 <= i < len(words)]
    return any(each.text[0].isupper() and _plain(each.text) in target for each in beside)
