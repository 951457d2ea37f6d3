"""Names in the reader's language."""

from __future__ import annotations

from articles.templatetags.desk import bare, language_name, reason_name


def test_names() -> None:
    assert (language_name("fr"), language_name("xx-none")) == ("French", "xx-none")
    assert (reason_name("implied"), reason_name("because I say so")) == (
        "implied",
        "because I say so",
    )


def test_quoted_words_lose_the_marks_that_would_stand_beside_ours() -> None:
    assert (bare("“OpenAI"), bare("«\u202fNous\u202f»"), bare("l’« art »")) == (
        "OpenAI",
        "Nous",
        "l’« art",
    )
    assert (bare("»"), bare("")) == ("»", "")
