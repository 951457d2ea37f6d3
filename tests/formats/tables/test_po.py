"""PO: messages come in as pairs; what is no catalogue is refused."""

import io

import pytest

from articles.formats.interchange import BadFile, Flag, Segment
from articles.formats.tables import po
from tests.cases import for_each

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


def read(text: str, encoding: str = "utf-8"):
    (article,) = po.read(io.BytesIO(text.encode(encoding)), name="a.po")
    return article


@for_each("encoding", ["iso-8859-1", "CP1252", "UTF-8"])
def test_the_header_says_the_encoding(encoding):
    text = CATALOGUE.replace("UTF-8", encoding).replace("dort", "a dormi l'été")
    assert read(text, encoding).segments[0].target == "Le chat\na dormi l'été"


def test_catalogues_of_others():
    text = CATALOGUE.replace("#, fuzzy", '#, fuzzy, c-format\n#| msgid "The dog"').replace(
        "Language: fr_CA\\n", "Language: fr-FR\\nX-Source-Language: de_DE\\n"
    )
    text += '\nmsgid "%d cat"\nmsgstr ""\n'
    article = read(text.replace("\n", "\r\n"))
    assert (article.source_language, article.target_language) == ("de", "fr")
    assert article.segments[0].source == "The cat\nsleeps"
    assert article.segments[-1] == Segment("%d cat", "", status="to_review")
    assert [(str(warning), count) for warning, count in article.warnings] == [
        ("a message that is marked as obsolete is left out", 1)
    ]


@for_each(("charset", "data"), [("ascii", "é"), ("klingon", "e"), ("undefined", "e")])
def test_an_encoding_that_is_not_the_files_is_refused(charset, data):
    with pytest.raises(
        BadFile, match=f"the header says that the file is in {charset}, and it is not"
    ):
        read(
            f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\nmsgid "a"\nmsgstr "{data}"\n'
        )


@for_each(
    ("data", "words"),
    [
        (b"/etc/passwd", "line 1: this is not a PO file"),
        (b"hello\nworld\n", "line 1: this is not a PO file"),
        (b'msgid ""\nmsgstr ""\n', "the file contains no messages"),
        (b'msgid "a"\nmsgstr "b\n', "line 2: the quotation mark that begins here is not closed"),
        (
            b'msgid "a"\r\nmsgstr ""\r\n"b\\"\r\n',
            "line 3: the quotation mark that begins here is not closed",
        ),
        (b'msgid "a"\nmsgstr ""\n', "no message of this file is translated yet"),
        (
            b'msgid ""\nmsgstr "charset=CHARSET"\nmsgid "a"\nmsgstr "\xe9"\n',
            "line 4: the byte E9 is not UTF-8",
        ),
    ],
)
def test_what_is_no_catalogue_is_refused(data, words):
    with pytest.raises(BadFile) as refused:
        list(po.read(io.BytesIO(data), name="a.po"))
    assert str(refused.value).startswith(words)


FORMS = """#Comment
#:a.c:1
#.extracted
#,fuzzy
#|msgid "z"
msgid"a"
msgstr "b"

domain "other"
#=, flag
msgid "c" "d"
# between
msgstr "e \\" f"

msgid "g"
msgid_plural "gs"
msgstr[ 0 ] "h"
msgstr[1]"hs"

#~
#~msgid "old"
#~msgstr "vieux"
"""


def test_what_gettext_reads_is_read():
    article = read(CATALOGUE.split("# Check")[0] + FORMS)
    assert [(each.source, each.target, each.status) for each in article.segments] == [
        ("a", "b", "to_review"), ("cd", 'e " f', "done"), ("g", "h", "done"), ("gs", "hs", "done"),
    ]  # fmt: skip
    assert [flag.comment for each in article.segments for flag in each.flags] == [
        "Comment",
        "between",
    ]
