"""Names in the reader's language."""

from __future__ import annotations

from articles.templatetags.desk import language_name, reason_name


def test_names() -> None:
    assert (language_name("fr"), language_name("xx-none")) == ("French", "xx-none")
    assert (reason_name("implied"), reason_name("because I say so")) == ("implied", "because I say so")
