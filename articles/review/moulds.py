"""Templates that are rendered once for all that looks alike, with places for what differs.

A desk shows hundreds of cards, notes and marks, and most differ in a few words and numbers. So a template is rendered
once for each standing (all that it asks about: the language, a status, what may be done) with stand-ins in its places.
Filling the places of such a mould takes a hundredth of the time of rendering the template.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape  # Django's own calls this, and takes ten times as long
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 2000
"""Moulds that one process keeps, of about 1 KB each; when there are more, it begins anew."""

_SAFE = (int, SafeString)

_moulds: dict[tuple[Any, ...], str] = {}


def cast(template: str, places: Mapping[str, int | str], **standing: Any) -> SafeString:
    """The template with ``standing`` and ``places`` in it.

    The template may ask anything about its ``standing``, which is hashable. It may print its ``places``, and take
    those that are numbers into an address; it does not ask about them, because all values share one mould.
    """
    key = (template, get_language(), *standing.items())
    mould = _moulds.get(key)
    if mould is None:
        if len(_moulds) >= MOST:
            _moulds.clear()
        mould = _moulds[key] = _mould(template, places, standing)
    filled = {
        name: value if type(value) in _SAFE else escape(str(value))
        for name, value in places.items()
    }
    return SafeString(mould % filled)


def _mould(template: str, places: Mapping[str, int | str], standing: dict[str, Any]) -> str:
    """The rendered template as a format for ``%``."""
    stand_ins: dict[str, int | str] = {
        # Numbers, and words in Unicode's area for private use, such as no template has.
        name: 901_190_119 + 1_010_101 * number
        if isinstance(value, int)
        else f"\ue000{number}\ue001"
        for number, (name, value) in enumerate(places.items())
    }
    html = render_to_string(template, standing | stand_ins).replace("%", "%%")
    for name, stand_in in stand_ins.items():
        html = html.replace(str(stand_in), f"%({name})s")
    return html
