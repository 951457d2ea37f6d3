"""bio-MQM: both versions of its list, and the table that says the same."""

import io
import json
from dataclasses import replace

import pytest

from articles.formats.annotation import bio_mqm
from articles.formats.interchange import BadFile
from tests.cases import for_each

ENTRY = {"source": "The cat sleeps.", "target": "L'été, le chat dort 👩.", "SEG_ID": "1", "filename": "f.txt",
         "MT_Engine": "s", "source_errors": [], "target_errors": [], "Annotator_ID": 7}  # fmt: skip


def read(*entries):
    data = json.dumps(entries).encode("utf-8-sig")
    return [
        replace(each, segments=tuple(each.segments))
        for each in bio_mqm.read(io.BytesIO(data), name="b")
    ]


def error(term, start, end, category="Wrong term", **more):
    return {
        "term": term,
        "startIndex": start,
        "endIndex": end,
        "error_category": category,
        "severity": "Critical",
        **more,
    }


@for_each(
    ("made", "words"),
    [
        (error("chat", 10, 13), "chat"),  # the end is included
        (error("L\\'été", 0, 5), "L'été"),  # a backslash that the end counts
        (error("👩", 20, 20), "👩"),  # code points
        (error("chien", 10, 14), "chat "),  # the numbers, where the words are not there
        (error("chien", 30, 40), None),
        (error("chat", "x", 1), None),
    ],
)
def test_places_are_told_by_the_words(made, words):
    (article,) = read(ENTRY | {"target_errors": [made]})
    (flag,) = article.segments[0].flags
    assert (flag.target_span and flag.target_span.of(ENTRY["target"])) == words
    assert (flag.severity, flag.author, flag.type) == ("critical", "7", "Wrong term")


def test_errors_of_the_source():
    (article,) = read(ENTRY | {"source_errors": [error("cat", 4, 6, "Omission")]})
    (flag,) = article.segments[0].flags
    assert (flag.type, flag.source_span, flag.target_span) == ("Omission", (4, 7), None)


@for_each(
    ("locales", "codes"),
    [(("en_fr", "en_fr"), ("en", "fr")), (("enus", "frfr"), ("en", "fr")), (("en", "zh-cn"), ("en", "zh")), (("x", "fr"), ("", "")), (("en", ""), ("", ""))],
)  # fmt: skip
def test_locales_of_both_versions(locales, codes):
    (article,) = read(ENTRY | {"source_locale": locales[0], "target_locale": locales[1]})
    assert (article.source_language, article.target_language) == codes


def test_version_two_is_put_in_order_and_its_names_are_understood():
    wrong = error("chat", 10, 13, "Terminology", error_subcategory="Wrong_term")
    entries = [
        ENTRY
        | {"SEG_ID": number, "DOC_ID": "doc", "source": f"{number}.", "target_errors": [wrong]}
        for number in ("10", "2", "1")
    ]
    (article,) = read(*entries)
    assert [each.id for each in article.segments] == ["1", "2", "10"]
    assert (article.title, article.segments[0].flags[0].type) == ("doc", "Wrong term")
    first_version = [ENTRY | {"SEG_ID": "1", "source": text} for text in ("b", "a")]
    assert [each.source for each in read(*first_version)[0].segments] == ["b", "a"]


HEADER = "SEG_ID\tDoc\tSource\tTagged_Source\tTarget\tMT\tTagged_Target\tError Category\tSeverity\tAnnotator_ID\n"


def table(*rows):
    data = (HEADER + "\n".join(rows)).encode()
    return [
        replace(each, segments=tuple(each.segments))
        for each in bio_mqm.read_table(io.BytesIO(data), name="b")
    ]


def test_the_table_says_the_same():
    target = "L'été, le chat dort."
    (article,) = table(
        f"1\tdoc2\tThe cat.\t\t{target}\ts\t<tag>L\\'été</tag>, le chat dort.\tAccuracy - Mistranslation\tMajor\t7",
        f'1\tdoc2\tThe cat.\tThe <tag>cat</tag>.\t"{target}"\ts\t\tAccuracy - Omission\tNeutral\t8',
        "2\tdoc2\tFine.\t\tBien.\ts",
        "3\tdoc2\tFine.\tno mark\tBien.\ts\t\tOther\tMinor\t7",
    )
    assert [each.id for each in article.segments] == ["1", "2", "3"]
    first, second = article.segments[0].flags
    assert (first.type, first.severity, first.target_span, first.author) == (
        "Mistranslation",
        "major",
        (0, 5),
        "7",
    )
    assert (second.type, second.source_span, second.target_span) == ("Omission", (4, 7), None)
    assert article.segments[1].flags == ()
    assert article.segments[2].flags[0].needs_locating


def test_columns_that_are_missing_are_named():
    with pytest.raises(
        BadFile, match=r"line 1: .*missing.*: source, target, error_category, severity"
    ):
        list(bio_mqm.read_table(io.BytesIO(b"Tagged_Source\tTagged_Target\n"), name="b"))
