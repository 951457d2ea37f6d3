"""The redline keeps every character of both versions and reads well; the merge never loses an edit."""

import itertools
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from articles.text import diff
from articles.text.diff import Change, merge, redline
from tests.strategies import CHARACTERS

words = st.sampled_from(
    [
        "le",
        "chat",
        "l’",
        "été",
        "e\u0301",
        "👩\u200d💻",
        "שלום",
        "de",
        "a",
        "12\u202f000",
        ",",
        ".",
        "\u202f!",
        " ",
        "\n",
        "\t",
        "\u00a0",
    ]
)
texts = (
    st.lists(words, max_size=12).map(" ".join)
    | st.lists(words, max_size=12).map("".join)
    | st.text(CHARACTERS, max_size=20)
)


def shown(before: str, after: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(marks[change.kind].format(change.text) for change in redline(before, after))


@given(texts, texts)
def test_a_redline_holds_both_versions_exactly(before, after):
    changes = redline(before, after)
    assert "".join(change.text for change in changes if change.kind != "added") == before
    assert "".join(change.text for change in changes if change.kind != "removed") == after
    assert all(change.text for change in changes)
    assert all(one.kind != other.kind for one, other in itertools.pairwise(changes))


@given(texts)
def test_the_same_text_has_no_changes(text):
    assert all(change.kind == "same" for change in redline(text, text))


def test_words_are_the_unit():
    assert shown("Le chat dort.", "Le chien dort.") == "Le [-chat-][+chien+] dort."
    assert shown("Il dort.", "Il dort bien.") == "Il dort[+ bien+]."
    assert shown("Hier, il dort bien.", "il dort bien.") == "[-Hier, -]il dort bien."
    assert shown("a une technique", "OpenAI a une technique") == "[+OpenAI +]a une technique"


def test_elisions_and_french_spaces_stand_alone():
    assert shown("l’école", "l’église") == "l’[-école-][+église+]"
    assert shown("Vraiment ?", "Vraiment\u202f?") == "Vraiment[- -][+\u202f+]?"


def test_an_accent_or_a_joined_emoji_is_not_torn():
    assert shown("e\u0301", "e") == "[-e\u0301-][+e+]"
    assert shown("👩\u200d💻", "👩") == "[-👩\u200d💻-][+👩+]"


def test_a_little_word_left_over_in_a_rewrite_is_not_kept_alone():
    assert (
        shown("un jardin de roses", "des champs de tulipes")
        == "[-un jardin de roses-][+des champs de tulipes+]"
    )


def test_a_very_repetitive_text_is_still_exact(monkeypatch):
    monkeypatch.setattr(diff, "AUTOJUNK_ABOVE", 10)
    before, after = "x " + "de la " * 150, "de la " * 150 + "y"
    changes = redline(before, after)
    assert "".join(change.text for change in changes if change.kind != "added") == before
    assert changes[-1] == Change("added", "y") or changes[-1].kind == "added"


@given(texts, texts, texts)
def test_a_merge_keeps_both_or_says_it_cannot(base, mine, theirs):
    assert merge(base, mine, base) == mine
    assert merge(base, base, theirs) == theirs
    assert merge(base, mine, mine) == mine
    assert merge(base, mine, theirs) == merge(base, theirs, mine)


def test_edits_of_different_words_are_joined_and_of_the_same_word_are_not():
    assert (
        merge("un chat noir dort", "un chien noir dort", "un chat noir mange")
        == "un chien noir mange"
    )
    assert merge("un chat noir", "un chien noir", "un rat noir") is None
    assert merge("un chat", "un chat noir", "un chat blanc") is None


def test_repetition_is_compared_up_to_a_limit(monkeypatch):
    compared = []

    class Counting(SequenceMatcher):
        def find_longest_match(self, *places):
            for word in self.a[places[0] : places[1]]:
                compared.extend(at for at in self.b2j[word] if at < places[3])
            return super().find_longest_match(*places)

    monkeypatch.setattr(diff, "SequenceMatcher", Counting)
    monkeypatch.setattr(diff, "MOST_COMPARED", 50_000)
    monkeypatch.setattr(diff, "MOST_COMPARED_PER_WORD", 0)
    before, after = "a b c " * 100, "a c b a " * 100
    changes = redline(before, after)
    assert 10_000 < len(compared) <= 50_000
    assert "".join(change.text for change in changes if change.kind != "added") == before
    assert "".join(change.text for change in changes if change.kind != "removed") == after


def test_a_protected_code_is_one_word():
    assert redline("Le <b>port</b> R&amp;D <g1>a</g1>", "Le <i>port</b> R&amp;E <g2>a</g1>") == [
        ("same", "Le "), ("removed", "<b>"), ("added", "<i>"), ("same", "port</b> R&amp;"),
        ("removed", "D <g1>"), ("added", "E <g2>"), ("same", "a</g1>"),
    ]  # fmt: skip
