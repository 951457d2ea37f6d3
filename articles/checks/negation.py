"""Negations that the translation loses or gains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from articles.checks.counterparts import (
    are_in_one_place,
    content_words_after,
    content_words_before,
    is_translated,
    linked_places,
    linked_sources,
    nearest_place,
    start_of,
)
from articles.checks.french.verb_groups import verb_group_at
from articles.checks.french.words import words
from articles.checks.registry import FROM_ENGLISH, ArticleFacts, Finding, Pair, check
from articles.checks.word_sets import Meaning, uses
from articles.text.document import Span
from articles.text.messages import gettext_noop as _
from articles.text.tokens import Token

_AUXILIARY_EN = r"(?:will|would|has|have|had|is|are|was|were|can|could|should)"
_AUXILIARY = re.compile(rf"\b{_AUXILIARY_EN}\b")
_NOT = re.compile(
    r"\b(?:not|never|cannot|nobody|nothing|nowhere|neither|none|no one|unless)\b|\b\w+n[’']t\b"
    r"|(?:^|(?<=[.!?:,] )|(?<=[“\"«])|(?<=\bthat )|(?<=\bsaid )|(?<=\bsays ))"
    rf"no(?= (?:[a-z]+ ){{0,2}}(?P<noun>(?!that|who|which|it)[a-z]+) {_AUXILIARY_EN}\b)",
    re.I,
)
"""Also the "No" of a subject: "No flights were cancelled"."""
# Negations in form only: not only, why not, if not, isn't it?, no/none/not … but.
_NOT_REALLY = re.compile(
    r"\bnot (?:only|just|merely|simply|so much|to mention|least|surprisingly"
    r"|un(?!der|ion|it|if|iv|veil|load|lock|pack)\w+|until|far|long"
    r"|in(?:frequent|significant|considerable|conceivable|different|consistent|compatible"
    r"|appropriate|sensitive|substantial|expensive|accurate|capable|evitable|visible|effective"
    r"|correct|definite|fallible|dispensable)(?:ly)?)\b"
    r"|\bwhy not\b|\b(?:if|or|whether or|as often as|more often than) not\b"
    r"|\b(?:\w+n[’']t) (?:just|only|merely|until|simply)\b"
    r"|\b(?:is|are|was|were|do|does|did|has|have|would|could|ca|wo)n[’']t "
    r"(?:he|she|it|they|we|you|i)\b"
    r"|\bnot? (?:\w+ )?but\b"
    r"|(?<!by )\bno (?:doubt|matter|wonder|sooner|time|stranger|secret|coincidence|surprise"
    r"|more|less|fewer|later|earlier|better|worse|bigger|smaller|man|means|fan|friend|longer|way"
    r"|win|problem|good|use|fewer)\b"
    r"|\bnone other\b|\bnothing (?:but|short|less)\b|\bnever(?:theless| before| mind)\b"
    r"|\bcan(?:not|[’']t) (?:but|help|wait)\b"
    r"|\bnotwithstanding\b",
    re.I,
)
_NE = (
    r"(?:\bne |\bn[’'])"
    r"(?:[lymts][’']|(?:me|te|se|le|la|les|lui|leur|nous|vous|en|y) )*"
    r"(?:[^\W\d_]+(?:-t)?(?:-(?:il|elle|on|ce|je|tu|nous|vous|ils|elles))?)[ ,]+(?:\w+ ){0,2}?"
)
_GAINED = re.compile(
    rf"{_NE}(?P<pas>pas|jamais|rien|aucune?|personne)\b"
    r"(?! (?:seulement|que|uniquement|moins|mal|loin))",
    re.I,
)

_NE_ALONE = re.compile(r"\bn(?:e |[’'])(?!(?:p[eo]u|saur|sai|cess|os|import|fût|eût))", re.I)
_COMPLETES_NE = re.compile(r"\bqu(?:e\b|[’'])|\b(?:point|plus|goutte|mot)\b", re.I)

# Words that may carry the negation of the other language: with one of them nothing is reported.
_NEGATIVE_FR = re.compile(
    r"\bn[’']|\b(?:ne|pas|jamais|rien|aucune?s?|aucunement"
    r"|nullement|(?<!une )(?<!la )(?<!cette )personne|nul(?:le)?|guère|ni|sans|non|peu|rares?"
    r"|rarement|sauf|hors|loin|faute|à peine|moins|plutôt|toujours|vain|tort|faux|fausse|zéro"
    r"|contre|contraire(?:ment)?|anti\w*|malgré|difficil\w+|absen\w+|manqu\w+|refus\w+|échou\w+"
    r"|échec|échapp\w+|évit\w+|empêch\w+|ignor\w+|nie[rs]?|nié\w*|niai\w*|dément\w*|rejet\w*"
    r"|exclu\w*|interdi\w+|cess\w+|abst\w+|prive[rs]?|privé\w* d\w+|perd\w+|oubli\w+|renonc\w+"
    r"|omis|omet\w*|dépourvu\w*|dénué\w*|oppos\w+|abandon\w+"
    r"|dés(?:accord|avantage|approuv|intér|obé)\w*|doute\w*|méconn\w+|mal|défa[iu]\w+"
    r"|pourquoi|(?:im|in|ir|il)\w+[ai]bles?"
    r"|in(?:connu|compl|correct|égal|exact|justif|justice|suffis|util|adapt|actif|activ|tact|exist"
    r"|habit|occup|aper|valid|visib|signifi|attendu|espér|usit|touch|vari|édit|interr)\w*|impay\w*"
    r"|imposs\w+|incap\w+|impun\w*|inquiét\w*"
    r"|intol\w+|incert\w+|inchang\w+|illég\w+|irrég\w+|illis\w+)\b",
    re.I,
)
_GRAMMAR_FR = re.compile(r"ne?[’']?|pas|jamais|rien|aucune?|personne|nul(?:le)?|ni|sans|non", re.I)
"""Negative words that may stand for a negation, whatever else they are linked to."""
_NEGATIVE_EN = re.compile(
    r"\b(?:no|not|non|never|nor|neither|none|nobody|nothing|nowhere|cannot|without|hardly|barely"
    r"|scarcely|rarely|seldom|few|fewer|little|less|least|only|until|unless|rather|instead|far|free"
    r"|against|too|yet|wrong|false\w*|beyond|elsewhere|outside|away|any\w*|ever"
    r"|un(?!der|it|ion|iver|ique|til|iform|anim|cles?\b)\w{3,}"
    r"|(?:in|im|ir|il)\w+(?:able|ible|ibly|ably|ility|ect|ess|quate|lar|legal)"
    r"|dis(?!cuss|trict|tance|play|cover|tribut|pute|ease|aster|count|course|cipl)\w{3,}"
    r"|\w{3,}less(?:ly|ness)?"
    r"|fail\w*|refus\w*|den(?:y|ie\w*|ial)|lack\w*|absen\w+|avoid\w*|prevent\w*|stop\w*|bans?"
    r"|banned|except\w*|reject\w*|declin\w*|forbid\w*|forbad\w*|exclud\w*|ignor\w+|neglect\w*"
    r"|miss(?:ed|es|ing)?|lost|los(?:e|es|ing|s)|out of|short of|hard|difficult\w*|doubt\w*|ceas\w*"
    r"|quit|anti\w*|abstain\w*|withh\w+|oppo[ns]\w+|contrary|spar(?:e|ed|ing)|resist\w*|impossib\w+"
    r"|stranger\w*|intoler\w+|insecur\w+|inclement)\b"
    r"|\b\w+n[’']t\b|\b(?:do|does|did|is|was|were|are|wo|ca|have|has)nt\b",
    re.I,
)


_DENYING = tuple(
    (re.compile(rf"\b(?:{english})\b", re.I), re.compile(rf"\b(?:{french})\w*", re.I))
    for english, french in (
        (r"rul(?:e|ed|es|ing) (?:\w+ )?out|exclude[ds]?", "exclu|écart"),
        (r"den(?:y|ied|ies)", "nie|nié|nia|dément|contest"),
        (r"refuse[ds]?", "refus"),
        (r"reject(?:ed|s)?", "rejet|refus"),
        (r"oppos(?:e|ed|es)", "oppos"),
        (r"ignor(?:e|ed|es)", "ignor"),
        (r"forg[eo]t(?:ten|s)?", "oubli"),
        (r"prevent(?:ed|s)?", "empêch"),
        (r"fail(?:ed|s)?", "échou"),
        (r"avoid(?:ed|s)?", "évit"),
        (r"ban(?:ned|s)?|forbid|prohibit(?:ed|s)?", "interdi"),
        (r"abandon(?:ed|s)?|give up", "abandon|renonc"),
    )
)
"""Verbs that deny by themselves, and how French says them: negated they need two negatives."""
_NEGATIVE_SET = "negative"
"""The set of the negative words of a language, in its file of word sets."""
_GAINED_SCORE = 0.45
_DENIAL_SCORE = 0.7
_VOTES_AGAINST = re.compile(r"\bvoix contre\b")
"""Votes on both sides, which deny nothing: "by four votes to one", *par quatre voix contre une*."""
_FAR = 60
"""Letters between two words of one clause at most."""
_IF = re.compile(r"\bsi\b|\bs[’'](?=ils?\b)", re.I)
"""What "unless" becomes where its negation is lost."""
_BETWEEN = 4
"""Words of content among which the counterpart of a verb is looked for that is linked to none."""
_REACH = 40
"""Letters after a negation among which the verb that it negates stands."""
_MODAL = re.compile(r"\b(can|could|may|must|should)\s*\Z", re.I)
_MODAL_FR = re.compile(r"\b(?:peu[txv]|pouv|pourr|pu\b|doi[st]|doiv|dev[ar]|dû)\w*", re.I)
_AUXILIARY_FR = re.compile(
    r"(?:ai|as|a|avons|avez|ont|av(?:ais|ait|ions|iez|aient)|aur\w+|e?s|est|suis|sommes|êtes|sont"
    r"|ét(?:ais|ait|ions|iez|aient)|ser\w+|soit|soient|ait|aient|eût|fut|furent|peu[txv]\w*"
    r"|pouv\w+|pourr\w+|v[ae]ux?|vont|doit|doivent|dev\w+|fa[iu]\w+)(?:-\w+)*"
)


@check(
    id="negation",
    type="Mistranslation",
    severity="major",
    title=_("Negation lost or gained"),
    help=_(
        "The source says “not”, “never” or “nothing” and the translation has no negative word at "
        "all, though it translates the word that is negated; or the other way round."
    ),
    languages=FROM_ENGLISH,
    examples=(
        ("He did not sign the deal.", "Il a signé l’accord.", "“not”: negation lost?"),
        ("He failed to sign.", "Il n’a pas signé.", ""),
    ),
)
def negation(pair: Pair, article: ArticleFacts) -> Iterable[Finding]:
    """Report a clear negation on one side when the other has no word of the wide list.

    The negated word must be translated: "remained high" may well become "n'a pas faibli".
    """
    lost = _lost(pair)
    if lost:
        message = _("“%(source)s”: negation lost?")
        values = {"source": lost.group()}
        source = (Span(*lost.span()),)
        verb = _affirmed(pair, lost)
        yield Finding("negation", "Mistranslation", "major", 0.8, message, values, source, verb)
    gained = _gained(pair)
    if gained:
        message = _("“%(target)s”: negation added?")
        values = {"target": gained.group()}
        span = Span(*gained.span())
        score = _DENIAL_SCORE if _denies_a_denial(pair, gained) else _GAINED_SCORE
        yield Finding("negation", "Mistranslation", "major", score, message, values, (), (span,))


def _lost(pair: Pair) -> re.Match[str] | None:
    """Return the negation of the source that the target lacks, None where it has a negative word.

    One of the two words after the negation must be translated.
    """
    found = _negation_in(pair.source)
    if not found or not pair.target:
        return None
    denied = _denied_in_french(pair.source, found) if pair.target_language == "fr" else None
    if denied is not None:
        return found if _says_only_what_is_denied(pair, found, denied) else None
    if _has_negative(pair, found):
        return None
    negated = content_words_after(pair.source_tokens, _end_before_verb(pair.source, found), 2)
    if any(is_translated(pair, word, axis=0) for word in negated):
        return found
    return found if _keeps_modal(pair, found.start()) else None


def _end_before_verb(source: str, negation: re.Match[str]) -> int:
    """Return where the negation ends; for a "No" with its noun, where its auxiliary does."""
    if negation.group().lower() != "no":
        return negation.end()
    auxiliary = _AUXILIARY.search(source, negation.end())
    return auxiliary.end() if auxiliary else negation.end()


def _keeps_modal(pair: Pair, end: int) -> bool:
    """Return whether the "can" or "must" before the negation at ``end`` is one in a French target.

    "could not be put off any longer" is not *pouvait être différée*.
    """
    modal = _MODAL.search(pair.source, max(0, end - _REACH), end)
    if not modal:
        return False
    place = Span(*modal.span(1))
    found = _MODAL_FR.finditer(pair.target)
    return any(are_in_one_place(pair, place, Span(*match.span())) for match in found)


def _affirmed(pair: Pair, negation: re.Match[str]) -> tuple[Span, ...]:
    """Return where the French says what the source negates, with its auxiliary; () if unknown.

    The missing negation belongs there: *a exclu*, *avaient décidé*.
    """
    if pair.target_language != "fr":
        return ()
    if negation.group().lower() == "unless":
        condition = _IF.search(pair.target)
        return (Span(*condition.span()),) if condition else ()
    sentence = words(pair.target_tokens)
    return verb_group_at(sentence, _affirmed_places(pair, negation))


def _affirmed_places(pair: Pair, negation: re.Match[str]) -> set[int]:
    """Return where the words begin that translate the negated verb, or its "can" or "must"."""
    denied = _denied_in_french(pair.source, negation)
    if denied is not None:
        return {match.start() for match in denied.finditer(pair.target)}
    end = _end_before_verb(pair.source, negation)
    verbs = content_words_after(pair.source_tokens, end, 2)
    starts = list(map(start_of, verbs[:1]))
    modal = _MODAL.search(pair.source, max(0, negation.start() - _REACH), negation.start())
    if modal:
        starts.insert(0, modal.start(1))
    for start in starts:
        places = linked_places(pair, {start})
        if places:
            return places
    return _places_between(pair, negation.start(), verbs[1:])


def _places_between(pair: Pair, start: int, following: Sequence[Token]) -> set[int]:
    """Return where the words of content begin that stand in the verb's place in the target.

    They stand between the counterpart of the word before the negation at ``start`` and that of the
    word ``following`` the verb, and translate no word outside: *prolongerait* may be linked to
    the "would" of "would not extend".
    """
    before = content_words_before(pair.source_tokens, start, 1)
    first = linked_places(pair, set(map(start_of, before)))
    last = linked_places(pair, set(map(start_of, following)))
    if not first or not last:
        return set()
    between = content_words_after(pair.target_tokens, min(first) + 1, _BETWEEN)
    inside = range(before[0].start + 1, following[0].start)
    found: set[int] = set()
    for word in between:
        sources = linked_sources(pair, {word.start})
        if word.start < max(last) and sources.issubset(inside):
            found.add(word.start)
    return found


def _has_negative(pair: Pair, negation: re.Match[str]) -> bool:
    """Return whether the target has a word that may carry this negation of the source."""
    if pair.target_language == "fr":
        return _may_be_in(_without_half(pair.target), pair, negation)
    found = uses(pair.target, pair.target_language)
    return any(_NEGATIVE_SET in map(_group, each.meanings) for each in found)


def _group(meaning: Meaning) -> str:
    return meaning.group


def _denied_in_french(source: str, negation: re.Match[str]) -> re.Pattern[str] | None:
    """Return how French says the denying verb that is itself negated, None without one."""
    following = source[negation.end() : negation.end() + _REACH].lstrip()
    for english, french in _DENYING:
        if english.match(following):
            return french
    return None


def _says_only_what_is_denied(pair: Pair, negation: re.Match[str], denied: re.Pattern[str]) -> bool:
    """Return whether the target has the denying verb and no other word for its negation.

    "did not rule out" is "n'a pas exclu": *exclu* alone loses the negation, and "did not deny" may
    be *a reconnu*.
    """
    rest, count = denied.subn(_blanks, pair.target)
    return count > 0 and not _may_be_in(rest, pair, negation)


def _may_be_in(target: str, pair: Pair, negation: re.Match[str]) -> bool:
    """Return whether ``target``, the French with some words blanked, may hold the negation.

    Each negative word of it may, but for a word with a meaning of its own that is the
    counterpart of another one: *inacceptable* beside "unacceptable".
    """
    others = set()
    for other in _NEGATIVE_EN.finditer(pair.source):
        if not negation.start() <= other.start() < negation.end() + _REACH:
            others.add(other.start())
    taken = linked_places(pair, others)
    for found in _NEGATIVE_FR.finditer(_VOTES_AGAINST.sub(_blanks, target)):
        if _GRAMMAR_FR.fullmatch(found.group()):
            return True
        is_elsewhere = _is_said_elsewhere(pair, found, negation)
        if found.start() not in taken and not is_elsewhere:
            return True
    return False


def _is_said_elsewhere(pair: Pair, word: re.Match[str], negation: re.Match[str]) -> bool:
    """Return whether the word of the target stands far from what the source negates.

    "Sent off, a decision that he did not dispute" is *exclu, une décision qu’il a contestée*.
    """
    end = _end_before_verb(pair.source, negation)
    verbs = content_words_after(pair.source_tokens, end, 1)
    place = nearest_place(pair, verbs[0]) if verbs else None
    return place is not None and abs(place - word.start()) > _FAR


def _blanks(found: re.Match[str]) -> str:
    """Return as many blanks as the match has letters, so that offsets stay."""
    return " " * len(found.group())


def _without_half(target: str) -> str:
    """Return the French with blanks for a "ne" that no "pas" or other word completes.

    Some verbs are negated by "ne" alone: ne peut, ne saurait, ne cesse, n’ose.
    """
    return target if _COMPLETES_NE.search(target) else _NE_ALONE.sub(_blanks, target)


def _gained(pair: Pair) -> re.Match[str] | None:
    """Return the negation of the target that the source lacks, None where it has a negative
    word."""
    if pair.target_language != "fr":
        return None
    found = _GAINED.search(pair.target)
    if not found or not pair.source:
        return None
    if _denies_a_denial(pair, found):
        return found
    if _NEGATIVE_EN.search(pair.source):
        return None
    negated = _negated_in_french(pair.target_tokens, found)
    return found if any(is_translated(pair, word, axis=1) for word in negated) else None


def _denies_a_denial(pair: Pair, negation: re.Match[str]) -> bool:
    """Return whether the target negates the denying verb that the source has without a negation.

    "refused to comment" is *n’a pas voulu commenter*; *n’a pas refusé* says the opposite.
    """
    following = pair.target[negation.start() : negation.end() + _REACH]
    for english, french in _DENYING:
        if not french.search(following):
            continue
        rest, count = english.subn("", pair.source)
        if count and not _NEGATIVE_EN.search(rest):
            return True
    return False


def _negation_in(source: str) -> re.Match[str] | None:
    """Return the first negation of the English ``source`` that is meant as one."""
    formal = [match.span() for match in _NOT_REALLY.finditer(source)]
    for match in _NOT.finditer(source):
        if _is_in_title(source, match):
            continue
        if not any(start <= match.start() < end for start, end in formal):
            return match
    return None


def _is_in_title(source: str, match: re.Match[str]) -> bool:
    """Return whether the negation is part of a title, as in the song "Don't Go".

    The noun of a "No" tells: "No Russian planes were hit" is a sentence.
    """
    following = match["noun"] or source[match.end() : match.end() + 2]
    first = following.strip(" -")[:1]
    return match.group()[0].isupper() and first.isupper()


def _negated_in_french(tokens: Sequence[Token], gained: re.Match[str]) -> list[Token]:
    """Return the verb of "ne … pas": before "pas", or after it in a compound tense."""
    start = gained.start()
    end = gained.start("pas")
    inside = [word for word in tokens if start <= word.start < end]
    if not inside:
        return []
    if _AUXILIARY_FR.fullmatch(inside[-1].text.lower()):
        return content_words_after(tokens, gained.end(), 1)
    return inside[-1:]
