"""What was computed of texts last is kept, by their letters and by their number."""

from __future__ import annotations

from articles.text.recent import keep_recent


def counting(**limits: int) -> tuple[list[str], object]:
    """Return the texts that were computed so far, and the function that computes them."""
    computed: list[str] = []

    @keep_recent(len, **limits)
    def upper(text: str) -> str:
        computed.append(text)
        return text.upper()

    return computed, upper


def ask(function: object, texts: str) -> list[str]:
    """Ask for each of the texts, which are parted by blanks."""
    assert callable(function)
    return [function(text) for text in texts.split()]


def test_what_was_asked_for_is_not_computed_again() -> None:
    computed, upper = counting()
    assert ask(upper, "a b a b a") == ["A", "B", "A", "B", "A"]
    assert computed == ["a", "b"]


def test_long_texts_leave_less_room_and_the_oldest_goes_first() -> None:
    computed, upper = counting(letters=6)
    ask(upper, "aaa bbb aaa ccc aaa bbb")
    assert computed == ["aaa", "bbb", "ccc", "bbb"]


def test_the_last_two_texts_are_kept_however_long_they_are() -> None:
    computed, upper = counting(letters=6)
    ask(upper, "longest longer longest longer a longest")
    assert computed == ["longest", "longer", "a", "longest"]


def test_the_number_of_texts_has_a_limit_too() -> None:
    computed, upper = counting(texts=2)
    ask(upper, "a b c b a")
    assert computed == ["a", "b", "c", "a"]
