"""A filter that names the browser and the system of a session."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
"""What a browser says of itself → its name. Most name others, too: the first one here counts."""
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


@register.filter
def device_name(agent: str) -> str:
    """Return the browser and the system that a header ``User-Agent`` names: "Firefox · Windows".

    Where it names none that is known, it is returned as it is.
    """
    names = [_first_named(agent, _BROWSERS), _first_named(agent, _SYSTEMS)]
    known = " · ".join(filter(None, names))
    if known:
        return known
    return agent or _("Unknown browser")


def _first_named(agent: str, names: dict[str, str]) -> str:
    for sign, name in names.items():
        if sign in agent:
            return name
    return ""
