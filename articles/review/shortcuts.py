"""The keyboard shortcuts of the desk: the `?` sheet prints them, and the script reads the sheet.

``act`` names the element that the key presses: the one with that ``data-act`` in the bar, in the
current card or on the page. The acts that only move the cursor are the script's own.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KEY_NAMES = {
    "Enter": pgettext_lazy("key", "Enter"),
    "Escape": pgettext_lazy("key", "Esc"),
    "Shift": pgettext_lazy("key", "Shift"),
}
"""What is printed on the keys that have a name."""


class Shortcut(NamedTuple):
    """One key, the act it stands for, and its line in the sheet."""

    key: str
    act: str
    label: object

    @property
    def caption(self) -> str:
        """The key as a keyboard of the reader's language names it."""
        names = [str(KEY_NAMES.get(part, part)) for part in self.key.split("+")]
        return "+".join(names)


SHORTCUTS: dict[object, list[Shortcut]] = {
    _("Navigate"): [
        Shortcut("j", "next", _("Next segment")),
        Shortcut("k", "previous", _("Previous segment")),
        Shortcut("n", "next-open", _("Next segment to review")),
        Shortcut("p", "next-finding", _("Next finding")),
        Shortcut("i", "next-omission", _("Next possible omission")),
        Shortcut("d", "next-waiting", _("Next correction to approve")),
        Shortcut("g", "jump", _("Go to segment number")),
        Shortcut("/", "search", _("Search in both languages")),
    ],
    _("Findings and flags"): [
        Shortcut("Enter", "take", _("Accept the finding")),
        Shortcut("F", "take-changed", _("Accept the finding with changes")),
        Shortcut("Shift+Enter", "take-edit", _("Accept and correct")),
        Shortcut("x", "dismiss", _("Dismiss the finding")),
        Shortcut("X", "dismiss-false", _("Dismiss the finding as a false alarm")),
        Shortcut("f", "flag", _("Flag an issue")),
        Shortcut("q", "talk", _("Reply to a flag")),
        Shortcut("w", "mark-source", _("Select words in the source")),
        Shortcut("t", "mark-target", _("Select words in the translation")),
    ],
    _("Correct"): [
        Shortcut("e", "edit", _("Correct the text")),
        Shortcut(".", "remedy", _("Correct as suggested")),
        Shortcut("Ctrl+Z", "undo-typing", _("Undo typing, even after a reload")),
        Shortcut("c", "confirm", _("No issues")),
        Shortcut("u", "undo", _("Undo, or reopen a segment that is done")),
    ],
    _("Decide"): [
        Shortcut("a", "approve", _("Approve")),
        Shortcut("l", "alike", _("Approve all identical changes")),
        Shortcut("S", "sign-off", _("Sign-off of the article")),
        Shortcut("b", "reject", _("Return")),
    ],
    _("Alignment"): [
        Shortcut("m", "pairing-merge", _("Merge with the next segment")),
        Shortcut("s", "pairing-split", _("Split at the selected words")),
        Shortcut("[", "pairing-target-up", _("Move the first sentence of the translation up")),
        Shortcut("]", "pairing-target-down", _("Move the last sentence of the translation down")),
        Shortcut("{", "pairing-source-up", _("Move the first sentence of the source up")),
        Shortcut("}", "pairing-source-down", _("Move the last sentence of the source down")),
        Shortcut("r", "pairing-again", _("Realign from here")),
    ],
    _("General"): [
        Shortcut("h", "history", _("History of the segment")),
        Shortcut("H", "panel", _("Side panel: glossary, corrections, history")),
        Shortcut("C", "concordance", _("Concordance of the selected words")),
        Shortcut("v", "view", _("Show changes, corrected text or machine translation")),
        Shortcut("o", "doubts", _("Show or hide findings")),
        Shortcut("z", "speak", _("Read the translation aloud, or stop")),
        Shortcut("y", "density", _("Compact or normal rows")),
        Shortcut("Ctrl+Enter", "submit", _("Submit the open form")),
        Shortcut("Escape", "close", _("Cancel the open form")),
        Shortcut("?", "help", _("This list")),
    ],
}
COMPARISON_SHORTCUTS: dict[object, list[Shortcut]] = {
    _("Navigate"): [
        Shortcut("j", "next", _("Next segment")),
        Shortcut("k", "previous", _("Previous segment")),
        Shortcut("n", "next-open", _("Next segment to decide on")),
    ],
    _("Decide"): [
        Shortcut("a", "approve", _("Keep this flag")),
        Shortcut("1", "keep-first", _("Keep the first reviewer’s flag")),
        Shortcut("2", "keep-second", _("Keep the second reviewer’s flag")),
        Shortcut("x", "dismiss", _("Drop this flag")),
        Shortcut("u", "undo", _("Undo")),
        Shortcut("h", "hand-on", _("Close comparison")),
    ],
    _("General"): [Shortcut("?", "help", _("This list"))],
}
"""The shortcuts of the page that compares two blind reviews."""
SHEETS = {"desk": SHORTCUTS, "comparing": COMPARISON_SHORTCUTS}
KEYS = {shortcut.act: shortcut.key for group in SHORTCUTS.values() for shortcut in group}
"""Act → its key."""
