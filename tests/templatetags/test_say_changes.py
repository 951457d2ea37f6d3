"""What a screen reader says of a redline: one sentence a change."""

from articles.templatetags.cards import say_changes
from articles.text.diff import redline


def test_each_change_is_one_sentence() -> None:
    changes = redline("Un deux trois six.", "Un 2 trois quatre cinq six.")
    expected = "“deux” replaced by “2”. “quatre cinq” inserted."
    assert say_changes(changes) == f'<span class="unseen"> {expected}</span>'
    assert "“deux trois” deleted." in say_changes(redline("Un deux trois.", "Un."))
    assert "&lt;b&gt;" in say_changes(redline("Un <b> deux.", "Un deux."))


def test_no_change_has_no_sentence() -> None:
    assert say_changes(redline("Un.", "Un.")) == ""
