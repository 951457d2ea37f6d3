"""Messages that are written in one place and translated where they are shown.

What the worker finds out is stored for whoever reads it later, in a language that is not known
yet: as a message with its values, not as a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


def gettext_noop(message: str) -> str:
    """Mark a message for translation and return it unchanged; this package imports no Django."""
    return message


@dataclass(frozen=True)
class Message:
    """A text to translate, and the values of its named places.

    Values may be messages themselves. ``plural`` is the text for another ``count`` than one.
    ``language`` is the code of a language whose name is meant; ``text`` is "" then.
    ``is_sentence`` says that it begins with a capital where it is shown.
    """

    text: str = ""
    plural: str = ""
    count: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    is_sentence: bool = False

    def __mod__(self, values: Mapping[str, Any]) -> Message:
        """Return the message with its values."""
        return replace(self, values=dict(values))

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON holds it, without what is empty."""
        result: dict[str, Any] = {}
        for name in ("text", "plural", "count", "language", "is_sentence"):
            value = getattr(self, name)
            if value:
                result[name] = value
        if self.values:
            result["values"] = {name: _as_json(value) for name, value in self.values.items()}
        return result


def _as_json(value: Any) -> Any:
    if isinstance(value, Message):
        return value.as_json()
    return value if isinstance(value, int) else str(value)


def message_from_json(stored: Mapping[str, Any]) -> Message:
    """Return the message that ``as_json`` made."""
    values: dict[str, Any] = {}
    for name, value in stored.get("values", {}).items():
        values[name] = message_from_json(value) if isinstance(value, dict) else value
    fields = {name: value for name, value in stored.items() if name != "values"}
    return Message(values=values, **fields)


def gettext(text: str) -> Message:
    """Return the message of a text that is marked for translation by this call."""
    return Message(text)


def ngettext(text: str, plural: str, count: int) -> Message:
    """Return the message of a text with its plural, both marked for translation by this call."""
    return Message(text, plural, count)


def join(messages: Iterable[Message]) -> Message:
    """Return one message that says the others, one after the other; empty ones are left out."""
    said = [each for each in messages if each != Message()]
    values = {f"part{place}": each for place, each in enumerate(said)}
    return Message(" ".join(f"%({name})s" for name in values), values=values)
