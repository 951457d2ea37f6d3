"""Tags for the pages of the glossary."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from articles.models.messages import language_name

register = template.Library()


@register.filter
def alternatives(target: str) -> str:
    """Return the translations of a term with " / " between them."""
    return " / ".join(each.strip() for each in target.split("|"))


@register.simple_tag
def language_pair(source: str, target: str) -> str:
    """Return the names of two languages with an arrow between them; "" is any language."""
    names = [language_name(code) if code else _("any language") for code in (source, target)]
    return " → ".join(names)
