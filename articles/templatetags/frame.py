"""The tags that make the frame of a page, out of moulds: who is signed in, the menu of an article, filters, keys."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.models import Article
from articles.review.moulds import cast
from articles.review.queries import FILTERS
from articles.review.shortcuts import SHEETS, Shortcut

register = template.Library()


@register.simple_tag(takes_context=True)
def person_menu(context: Any) -> SafeString:
    """What stands at the top of each page for whoever reads it: signed in or not, or (request None) beside an error."""
    request, person = context.get("request"), context.get("user")
    readable = request is not None and request.method == "GET"
    return cast(
        "shared/person.html",
        {
            "name": person.get_username() if person else "",
            "token": str(context.get("csrf_token", "")),
            "address": request.get_full_path() if readable else "",
        },
        signed_in=bool(person and person.is_authenticated),
        is_staff=bool(person and person.is_staff),
        may_return=readable,
    )


@register.simple_tag
def article_menu(article: Article) -> SafeString:
    """The way to an article's desk, downloads and history."""
    return cast("shared/article_menu.html", {"pk": article.pk, "title": article.title})


@register.simple_tag
def filter_links(article: Article, chosen: str, counts: dict[str, int]) -> SafeString:
    """The filters of a desk with their counts; that of disputes only where there are some."""
    links = (
        cast(
            "shared/filter.html",
            {"pk": article.pk, "count": counts[name]},
            name=name,
            chosen=chosen == name,
        )
        for name in FILTERS
        if name != "disputed" or counts[name] or chosen == name
    )
    return mark_safe("".join(links))  # noqa: S308 each link is safe


@register.simple_tag(takes_context=True)
def keys_sheet(context: Any, sheet: str) -> SafeString:
    """The sheet of keys, from which the script reads them, and what it says."""
    language = context["article"].target.language
    return cast(
        "shared/shortcuts.html", {"person": context["user"].pk}, sheet=sheet, language=language
    )


@register.filter
def keys_of(sheet: str) -> list[tuple[object, list[Shortcut]]]:
    """The keys on a sheet, by group."""
    return list(SHEETS[sheet].items())


@register.filter
def filter_name(name: str) -> str:
    """What a filter is called, in the reader's language."""
    return _(FILTERS[name])
