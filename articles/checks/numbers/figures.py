"""The remedy of a wrong number: the figures of the source as the target's language writes them."""

from __future__ import annotations

import re

from articles.checks.numbers.quantities import Quantity
from articles.checks.registry import Remedy

_FRENCH_FIGURES = re.compile(r"\d[\d\s,]*")
_ENGLISH_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+")
_FRENCH_MILLIONS = re.compile(r"\d[\d\s,]*?(?P<blank>\s)(?P<scale>million|milliard)s?")
_ENGLISH_MILLIONS = re.compile(r"(?P<figures>\d{1,3}(?:\.\d+)?) ?(?P<scale>m|million|bn|billion)")
_FRENCH_PLURAL = 2
"""From so many on French writes a plural: *1,9 million*, *2 millions*."""
_SCALES = {"m": "million", "million": "million", "bn": "milliard", "billion": "milliard"}


def in_french(figures: str) -> str:
    """Return figures as French writes them: 1,200.5 as 1 200,5 with a no-break space."""
    return figures.replace(",", "\u00a0").replace(".", ",")


def figures_as_in_source(left: Quantity, right: Quantity, language: str) -> Remedy:
    """Return the source's figures, where both numbers are figures alone or figures of millions."""
    if language != "fr":
        return ()
    if left.unit != right.unit:
        return ()
    if not _FRENCH_FIGURES.fullmatch(right.words):
        return _millions_as_in_source(left, right)
    if not _ENGLISH_FIGURES.fullmatch(left.words):
        return ()
    return ((right.span, in_french(left.words)),)


def _millions_as_in_source(left: Quantity, right: Quantity) -> Remedy:
    """Return *186 millions* for *168 millions* where the source has "186m" or "186 million"."""
    said = _ENGLISH_MILLIONS.fullmatch(left.words)
    told = _FRENCH_MILLIONS.fullmatch(right.words)
    if said is None or told is None:
        return ()
    scale = _SCALES[said["scale"]]
    if scale != told["scale"]:
        return ()
    ending = "s" if float(said["figures"]) >= _FRENCH_PLURAL else ""
    words = in_french(said["figures"]) + told["blank"] + scale + ending
    return ((right.span, words),)
