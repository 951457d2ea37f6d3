"""The keyboard shortcuts of the desk: the `?` sheet prints them, and the script reads the sheet.

``act`` names the element that the key presses: the one with that ``data-act`` in the bar, in the
current card or on the page. The acts that only move the cursor are the script's own.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Shortcut(NamedTuple):
    """One key, the act it stands for, and its line in the sheet."""

    key: str
    act: str
    label: object


SHORTCUTS: dict[object, list[Shortcut]] = {
    _("Move"): [
        Shortcut("j", "next", _("Next segment")),
        Shortcut("k", "previous", _("Previous segment")),
        Shortcut("n", "next-open", _("Next segment to review")),
        Shortcut("p", "next-finding", _("Next finding")),
        Shortcut("i", "next-omission", _("Next words that are possibly missing")),
        Shortcut("d", "next-waiting", _("Next correction to decide on")),
        Shortcut("g", "jump", _("Go to a number")),
        Shortcut("/", "search", _("Search in both languages")),
    ],
    _("Mark"): [
        Shortcut("Enter", "take", _("Make the finding a flag")),
        Shortcut("Shift+Enter", "take-edit", _("Make it a flag and repair it")),
        Shortcut("x", "dismiss", _("Dismiss the finding")),
        Shortcut("f", "flag", _("Flag what is wrong")),
        Shortcut("q", "talk", _("Answer a flag, keep it, settle it")),
        Shortcut("w", "mark-source", _("Choose words in the source")),
        Shortcut("t", "mark-target", _("Choose words in the translation")),
    ],
    _("Repair"): [
        Shortcut("e", "edit", _("Correct the text")),
        Shortcut(".", "remedy", _("Correct it as the finding proposes")),
        Shortcut("Ctrl+Z", "undo-typing", _("Undo what was typed, even before a reload")),
        Shortcut("c", "confirm", _("Nothing wrong here")),
        Shortcut("u", "undo", _("Undo")),
    ],
    _("Decide"): [
        Shortcut("a", "approve", _("Approve")),
        Shortcut("l", "alike", _("Approve all with the same change")),
        Shortcut("b", "reject", _("Send back")),
    ],
    _("Pairing"): [
        Shortcut("m", "pairing-merge", _("Join with the next segment")),
        Shortcut("s", "pairing-split", _("Split, at the words chosen")),
        Shortcut("[", "pairing-target-up", _("First sentence of the translation up")),
        Shortcut("]", "pairing-target-down", _("Last sentence of the translation down")),
        Shortcut("{", "pairing-source-up", _("First sentence of the source up")),
        Shortcut("}", "pairing-source-down", _("Last sentence of the source down")),
        Shortcut("r", "pairing-again", _("Pair again from here")),
    ],
    _("Everywhere"): [
        Shortcut("h", "history", _("History of the segment")),
        Shortcut("v", "view", _("Changes, clean text, machine text")),
        Shortcut("o", "doubts", _("Read with or without findings")),
        Shortcut("y", "density", _("Compact rows or the usual size")),
        Shortcut("Ctrl+Enter", "submit", _("Send the open form")),
        Shortcut("Escape", "close", _("Close the open form")),
        Shortcut("?", "help", _("This list")),
    ],
}
COMPARISON_SHORTCUTS: dict[object, list[Shortcut]] = {
    _("Move"): [
        Shortcut("j", "next", _("Next segment")),
        Shortcut("k", "previous", _("Previous segment")),
        Shortcut("n", "next-open", _("Next segment to decide on")),
    ],
    _("Decide"): [
        Shortcut("a", "approve", _("Keep what was marked")),
        Shortcut("1", "keep-first", _("Keep the first reader’s mark")),
        Shortcut("2", "keep-second", _("Keep the second reader’s mark")),
        Shortcut("x", "dismiss", _("Drop what was marked")),
        Shortcut("u", "undo", _("Undo")),
        Shortcut("h", "hand-on", _("Hand the article on")),
    ],
    _("Everywhere"): [Shortcut("?", "help", _("This list"))],
}
"""The shortcuts of the page that compares two blind reviews."""
SHEETS = {"desk": SHORTCUTS, "comparing": COMPARISON_SHORTCUTS}
KEYS = {shortcut.act: shortcut.key for group in SHORTCUTS.values() for shortcut in group}
"""Act → its key."""
