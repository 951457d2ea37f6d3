"""Render messages in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as translate
from django.utils.translation import ngettext as translate_plural

from articles.text.messages import Message


def language_name(code: str) -> str:
    """Return the language's name for the reader, such as “French”."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def render_text(message: Message) -> str:
    """Return the message in the reader's language, with its values."""
    if message.language:
        return language_name(message.language)
    if not message.text:
        return ""
    if message.plural:
        text = translate_plural(message.text, message.plural, message.count)
    else:
        text = translate(message.text)
    if message.values:
        # Without values a per cent sign stands for itself.
        text = text % {name: _render_value(value) for name, value in message.values.items()}
    if message.is_sentence:
        text = text[:1].upper() + text[1:]
    return text


def _render_value(value: Any) -> Any:
    return render_text(value) if isinstance(value, Message) else value
