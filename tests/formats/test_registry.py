"""Every format can be found by its file's name, or by how the file begins, and says what it can do."""

import json

import pytest

from articles.formats import FORMATS, BadFile, detect_format, format_for_name
from articles.formats.interchange import Article, Flag, Segment
from tests.cases import for_each


def test_a_file_finds_its_format():
    assert format_for_name("a.TXT") is FORMATS["text"]
    assert format_for_name("a.b.tsv") is FORMATS["csv"]
    assert format_for_name("noending") is None


def test_every_format_does_something():
    for each in FORMATS.values():
        assert each.write or each.read or each.read_text
        assert all(ending.startswith(".") for ending in each.endings)


MADE = Article(
    "d",
    "en",
    "fr",
    segments=(Segment("a", "b", id="1", flags=(Flag("Omission", "major", author="r"),)),),
    system="s",
)
WMT = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
ANTHEA = json.dumps({"raterId": "r", "projectName": "p", "templateName": "MQM", "template": {}})
EXPORT = json.dumps({"annotator": "r", "source_text": "a", "item_type": "TGT"})
ANSWERS = 'r,s,1,TGT,eng,fra,0,d#s,False,"[]",0,1\n'
BIO = "SEG_ID\tDoc\tSource\tTagged_Source\tTarget\tMT\tTagged_Target\n"


@for_each(
    ("name", "head", "form"),
    [
        ("ratings.tsv", WMT, "wmt"),
        ("a.txt", "1\n00:00:01,000 --> 00:00:02,000\nOui.\n", "srt"),
        ("a.txt", "\ufeffWEBVTT\n\n", "vtt"),
        ("a.txt", "1\n00:00 h\n", "text"),
        ("X.CSV", "\ufeff\n\nid,Source,Target,Category,Severity\n", "wmt"),
        ("x.txt", WMT, "wmt"),
        ("x.tsv", "s\td\t1\t1\tr\ta\tb\tStyle/Awkward\tMajor\t{}\n", "wmt"),
        ("x.csv", WMT.replace("\t", ";").encode("utf-16").decode("utf-16"), "wmt"),
        ("x.csv", "source,target,category\na,b,news\n", "csv"),
        ("x.tsv", "source\ttarget\n", "csv"),
        ("ratings.pairs.tsv", WMT, "csv"),
        ("x.mqm.tsv", "source\ttarget\n", "wmt"),
        ("x.txt", "The category and severity of source and target.\n", "text"),
        ("x.tsv", BIO, "bio-mqm-table"),
        ("x.csv", ANSWERS, "appraise-answers"),
        ("x.json", ANTHEA, "anthea"),
        ("x.jsonl", EXPORT, "appraise-export"),
        ("x.pairs.jsonl", EXPORT, "jsonl"),
        (
            "x.jsonl",
            '{"source": "he said: \\"hypothesis\\": \\"errors\\": x", "target": "b"}',
            "jsonl",
        ),
        ("x.json", "[]", None),
        ("x.unknown", WMT, None),
        ("x.mxliff", "<xliff>", "xliff"),
        ("x.xml", "\ufeff<?xml version='1.0'?>\n<!-- a > b --><xliff version='1.2'>", "xliff"),
        ("x.unknown", "<!DOCTYPE tmx SYSTEM 'a.dtd'>\n<tmx version='1.4'>", "tmx"),
        ("x.xml", "<ns:xliff xmlns:ns='x'>", "xliff"),
        ("x.xml", "<book/>", None),
        ("noending", "xliff", None),
    ],
)
def test_a_file_is_what_it_holds_unless_its_name_says_otherwise(name, head, form):
    found, guessed = detect_format(name, head.encode())
    assert found is (FORMATS[form] if form else None)
    assert guessed == (found is not None and found is not format_for_name(name))


def test_a_utf16_xml_file_is_recognised():
    assert detect_format("x.xml", "<tmx>".encode("utf-16"))[0] is FORMATS["tmx"]


def test_a_utf16_table_is_recognised():
    assert detect_format("x.csv", WMT.encode("utf-16"))[0] is FORMATS["wmt"]


@for_each("form", ["mt-metrics", "bio-mqm", "pearmut", "appraise"])
@for_each("name", ["x.json", "x.ndjson"])
def test_what_is_written_as_json_is_recognised(form, name):
    assert detect_format(name, b"".join(FORMATS[form].write([MADE])))[0] is FORMATS[form]


@for_each(
    ("name", "words"),
    [
        ("en-de.mqm.seg.score", "do not mark any words"),
        ("x.TTX", "save it as XLIFF or TMX"),
        ("x.tbx", "this is a glossary"),
        ("x.pages", "export it from Pages as Word"),
    ],
)
def test_what_is_known_and_cannot_be_read_says_what_can(name, words):
    with pytest.raises(BadFile, match=words):
        detect_format(name, b"")
