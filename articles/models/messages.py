"""Render messages in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language_info, gettext_noop
from django.utils.translation import gettext as translate
from django.utils.translation import ngettext as translate_plural

from articles.text.messages import Message

PASTED_TEXTS = {
    "pasted-original.txt": gettext_noop("Pasted text (source)"),
    "pasted-translation.txt": gettext_noop("Pasted text (translation)"),
}
"""The file name of a text that was pasted → what the reader sees instead."""


def language_name(code: str) -> str:
    """Return the language's name for the reader, such as “French”; the code for one unknown."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def shown_file_name(name: str) -> str:
    """Return the name of a file for the reader: a pasted text came without one."""
    return translate(PASTED_TEXTS[name]) if name in PASTED_TEXTS else name


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
    if isinstance(value, Message):
        return render_text(value)
    return shown_file_name(value) if isinstance(value, str) else value
