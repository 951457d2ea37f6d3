"""PO: messages come in as pairs; what is no catalogue is refused."""

import io

import pytest

from articles.formats import po
from articles.formats.exchange import BadFile, Flag, Segment

CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: fr_CA\\n"

# Check the tone
#, fuzzy
msgctxt "title"
msgid "The cat\\nsleeps"
msgstr "Le chat\\ndort"

msgid "%d cat"
msgid_plural "%d cats"
msgstr[0] "%d chat"
msgstr[1] "%d chats"

#~ msgid "old"
#~ msgstr "vieux"
"""


def test_messages_are_pairs():
    (article,) = po.read(io.BytesIO(CATALOGUE.encode()), name="a.po")
    assert (article.source_language, article.target_language) == ("en", "fr")
    assert article.segments == [
        Segment("The cat\nsleeps", "Le chat\ndort", id="title", status="to_review", flags=(Flag("", "neutral", comment="Check the tone"),)),
        Segment("%d cat", "%d chat", id="[0]", status="done"),
        Segment("%d cats", "%d chats", id="[1]", status="done"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"/etc/passwd", "line 1: this is not a PO file"),
        (b"hello\nworld\n", "line 1: this is not a PO file"),
        (b'msgid ""\nmsgstr ""\n', "the file holds no messages"),
    ],
)
def test_what_is_no_catalogue_is_refused(data, words):
    with pytest.raises(BadFile) as refused:
        list(po.read(io.BytesIO(data), name="a.po"))
    assert str(refused.value).startswith(words)
