"""A known word in the place of one of another set: "motorway", *voie ferrée*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from articles.checks.counterparts import are_in_one_place
from articles.checks.registry import Pair
from articles.checks.word_sets import Meaning, Use
from articles.text.spelling import common_beginning

THINGS = frozenset(
    "account,age,aircraft,animal,animal group,art,ballot,bird part,body fluid,body_politic"
    ",book role,building,case role,ceremony,chamber,cleric,clothes,company office"
    ",company role,computing,counsel,court,court step,creditor,crime,crop,currency,device,diploma"
    ",diplomatic act,disaster,disease,dismissal,drink,economy,employer,energy,ensemble,era,event"
    ",family,film genre,film role,flower,food,force,friend,fruit,furniture,gas,gem,germ,goods"
    ",hair colour,holy book,household,ideology,indicator,industrial action,injury"
    ",instrument,jewel,kitchenware,language,learning,marital,marital status,meal,medical act"
    ",medium,message,metal,military unit,mishap,molecule,music,musical key,nature,nest"
    ",newspaper part,organisation,origin of energy,parent,part of plant,pay,payment,people"
    ",pipeline,planet,plant product,political system,pollution,post,prosecution,public"
    ",punishment,pupil,race,range,relief,religion,remedy,rights,road surface,road user,room"
    ",school act,school level,sector,security,sender,sense,set piece,settlement,skiing,sky"
    ",social relation,spacecraft,spending,sport,state body,state of matter,stroke,subject"
    ",subject_field,surface,symptom,team role,tenant,thing,tool,trade actor,trade partner,tree"
    ",tumour,utensil,vegetable,vehicle,vehicle part,vessel,victim,visa or asylum,war act,water,way"
    ",weapon,weather,work,worker kind".split(",")
)
"""Sets of people and things, of which nearly all French words are known. What is a colour, an
amount, a time or an act may be said by another such word."""
_MOST = 12
"""The most words of a text without counterpart that are looked at."""
_ONE_FAMILY = 4
"""The letters with which words of one family begin: attacker, *attaquant*."""


def replaced_by_others(
    pair: Pair, source: Sequence[Use], target: Sequence[Use]
) -> Iterator[tuple[Use, Use]]:
    """Yield the words of the source that are linked to a word of another set.

    Neither has a counterpart of its own in the other text, in any set.
    """
    lost = _without_counterpart(source, target)
    gained = _without_counterpart(target, source)
    for old, new in product(lost[:_MOST], gained[:_MOST]):
        if _groups(old) == _groups(new):
            continue
        source_words = old.span.of(pair.source).lower()
        target_words = new.span.of(pair.target).lower()
        if common_beginning(source_words, target_words) >= _ONE_FAMILY:
            continue
        if are_in_one_place(pair, old.span, new.span):
            yield old, new


def _without_counterpart(here: Sequence[Use], there: Sequence[Use]) -> list[Use]:
    """Return the words of these sets that no word of the other text stands for."""
    meanings: set[Meaning] = set()
    for use in there:
        meanings |= use.meanings
    translated = set()
    for use in here:
        if use.meanings & meanings:
            translated.add(use.span.start)
    found = []
    for use in here:
        if use.span.start in translated:
            continue
        if _groups(use) <= THINGS and not _is_loose(use):
            found.append(use)
    return found


def _groups(use: Use) -> set[str]:
    return {meaning.group for meaning in use.meanings}


def _is_loose(use: Use) -> bool:
    return all(meaning.is_loose for meaning in use.meanings)
