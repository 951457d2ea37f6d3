"""XLIFF: what is written is valid, read by others, and comes back; what others write is understood or kindly refused."""

import functools
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage import xliff2

from articles.formats.interchange import Article, BadFile, Correction, Flag, Segment
from articles.formats.xml import xliff2 as xml_xliff2
from articles.text.document import Span
from tests.cases import for_each
from tests.formats.strategies import articles, plain_pairs, quick
from tests.shared import shared


def load(data: bytes) -> list[Article]:
    return [
        replace(each, segments=tuple(each.segments))
        for each in xml_xliff2.read(io.BytesIO(data), name="pairs")
    ]


def saved(*made: Article) -> bytes:
    return b"".join(xml_xliff2.write(made))


def carried(article: Article) -> Article:
    """What of an article XLIFF holds: all but findings and history; and one approved correction, which is the last."""
    return replace(
        article,
        held="",
        segments=tuple(replace(each, findings=(), events=()) for each in article.segments),
    )


@functools.cache
def schema() -> etree.XMLSchema:
    """All the schemas of XLIFF 2.1 and its modules in one."""
    folder = shared("schemas/xliff2.1")
    spaces = {
        "urn:oasis:names:tc:xliff:document:2.0": "xliff_core_2.0.xsd",
        "urn:oasis:names:tc:xliff:metadata:2.0": "metadata.xsd",
        "urn:oasis:names:tc:xliff:matches:2.0": "matches.xsd",
        "http://www.w3.org/2005/11/its": "its.xsd",
    }
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{folder / name}"/>'
        for space, name in spaces.items()
    )
    return etree.XMLSchema(
        etree.XML(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
    )


@quick
@given(st.lists(articles(), min_size=1, max_size=2))
@pytest.mark.slow
def test_everything_but_findings_and_history_comes_back(made):
    assert load(saved(*made)) == [carried(each) for each in made]


@quick
@given(articles())
def test_what_is_written_is_valid(made):
    schema().assertValid(etree.fromstring(saved(made)))


@quick
@given(articles())
@pytest.mark.slow
def test_another_program_reads_the_same_pairs(made):
    units = xliff2.Xliff2File.parsestring(saved(made)).units
    texts = [(str(unit.source or ""), str(unit.target or "")) for unit in units]
    assert [tuple(map(squeezed, pair)) for pair in texts] == [
        (squeezed(each.source), squeezed(each.final)) for each in made.segments
    ]


def squeezed(text: str) -> str:
    """Without blanks and backslashes: the judge escapes and normalises some of them for display."""
    return "".join(text.replace("\\", "").split())


def test_a_dropped_phrase_is_marked_on_both_sides():
    flag = Flag("Omission", "major", source_span=Span(4, 7), caret=3, comment="lost", author="Rosa")
    written = saved(
        Article("t", "en", "fr", segments=(Segment("one two", "un.", flags=(flag,)),))
    ).decode()
    assert (
        'one <mrk id="s0" type="its:generic" its:locQualityIssuesRef="#q1-1-0">two</mrk></source>'
        in written
    )
    assert (
        '<target>un.<mrk id="t0" type="its:generic" its:locQualityIssuesRef="#q1-1-0"></mrk></target>'
        in written
    )
    assert 'locQualityIssueType="omission" locQualityIssueSeverity="60"' in written
    assert 'locQualityIssueComment="Accuracy › Omission (major): lost"' in written
    assert '<note category="review">Accuracy › Omission (major): lost — Rosa</note>' in written


def test_the_corrected_text_is_the_target_and_the_machines_a_match():
    done = Segment(
        "a",
        "b",
        status="done",
        corrections=(Correction("b", "c", "approved", "Rosa", decided_by="Edith"),),
    )
    written = saved(Article("t", "en", "fr", segments=(done,))).decode()
    assert 'state="final" subState="review:done"><source>a</source><target>c</target>' in written
    assert (
        '<its:provenanceRecord revPerson="Rosa"/><its:provenanceRecord revPerson="Edith"/>'
        in written
    )
    edited = written.replace("<target>c<", "<target>d<").encode()
    assert load(edited)[0].segments[0].corrections[-1] == Correction("c", "d", "submitted")


def test_characters_that_xml_cannot_hold_survive():
    made = Article("t", "en", "fr", "a\x0cb", "", (Segment("a\x0cb", "c\uffff", id="u1"),), "n")
    assert load(saved(made)) == [made]
    assert (
        load(saved(Article("t\ud800\x01", "en", "fr", segments=(Segment("\ud800", "b"),))))[0].title
        == "t\ufffd\ufffd"
    )


def test_an_addition_that_was_removed_is_not_lost():
    gone = Segment(
        "",
        "Lire la suite",
        id="1",
        corrections=(Correction("Lire la suite", "", "approved", "Rosa"),),
    )
    assert load(saved(Article("t", "en", "fr", segments=(gone,))))[0].segments == (gone,)


def test_an_article_without_segments_is_a_file_without_words():
    assert load(saved(Article("t", "", "", held="all"))) == [Article("t", "", "")]


def test_one_file_holds_one_pair_of_languages():
    with pytest.raises(ValueError, match="one pair"):
        saved(Article("t", "en", "fr"), Article("t", "en", "de"))
    with pytest.raises(ValueError, match="at least one"):
        saved()


OTHERS = """<xliff version="2.2" xmlns="urn:oasis:names:tc:xliff:document:2.2" srcLang="en-GB" trgLang="fr-CA"
 xmlns:its="http://www.w3.org/2005/11/its"><!-- c --><file id="f" original="a.txt"><group id="g"><unit id="u17">
 <notes><note>Look here</note><note/></notes>
 <segment id="1" state="reviewed"><source>One <pc id="1">two</pc><ph id="2" equiv="!"/></source>
 <target>Un <mrk id="m" type="its:generic" its:locQualityIssueType="mistranslation" its:locQualityIssueSeverity="90"
 its:locQualityIssueComment="no">deux</mrk> <sm id="n" type="comment"/>!<em startRef="n"/></target></segment>
 <ignorable><source> </source></ignorable><segment state="final"><source>Three</source></segment></unit></group></file></xliff>"""


def test_files_of_others_are_understood():
    (article,) = load(OTHERS.encode())
    assert (article.title, article.source_language, article.target_language) == (
        "a.txt",
        "en",
        "fr",
    )
    assert plain_pairs([article]) == [
        ("a.txt", "One <g1>two</g1>!", "Un deux !"),
        ("a.txt", "Three", ""),
    ]
    first, second = article.segments
    assert first.flags == (
        Flag(
            "Mistranslation",
            "critical",
            target_span=Span(3, 7),
            comment="no",
            category="mistranslation",
        ),
        Flag("", "neutral", comment="Look here"),
    )
    assert (first.status, second.status, second.id, second.flags) == (
        "to_review",
        "done",
        "u17.2",
        (),
    )


OLD = """<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="b.txt" source-language="en" target-language="fr" datatype="plaintext"><body>
<trans-unit id="1" approved="yes"><source>One <g id="1">two</g><x id="2"/></source><target>Un deux</target><note from="Rosa">Hm</note></trans-unit>
<trans-unit id="2"><source>A. B.</source><seg-source><mrk mtype="seg" mid="0">A.</mrk> <mrk mtype="seg" mid="1">B.</mrk></seg-source>
<target><mrk mtype="seg" mid="0">C.</mrk></target></trans-unit>
<trans-unit id="3"><source>D</source><target state="signed-off">E</target></trans-unit>
<trans-unit id="4"><source/></trans-unit>
</body></file></xliff>"""


def test_a_unit_that_is_not_to_be_translated_is_left_out_and_said():
    data = OTHERS.replace(
        '<unit id="u17">',
        '<unit id="u1" translate="no"><segment><source>X</source></segment></unit><unit id="u17">',
    )
    (article,) = load(data.encode())
    assert len(article.segments) == 2
    assert [str(warning) for warning, _count in article.warnings] == [
        "unit u1: a text that is marked as not to be translated is left out"
    ]


def test_a_unit_with_codes_kept_aside():
    data = '<originalData><data id="d1">&lt;b&gt;</data></originalData>'
    (article,) = load(
        OTHERS.replace('trgLang="fr-CA"', 'trgLang="fr_CA"')
        .replace("<notes>", data + "<notes>")
        .encode()
    )
    assert (article.target_language, article.segments[0].source) == ("fr", "One <g1>two</g1>!")


def test_words_between_segments_and_comments_on_words_are_read():
    data = OTHERS.replace("<ignorable><source> </source>", "<ignorable><source>Mid</source>")
    data = data.replace("<note>Look here</note>", '<note id="n1">Look here</note>')
    data = data.replace('<sm id="n" type="comment"/>!', '<sm id="n" type="comment" ref="#n=n1"/>!')
    data = data.replace("Three", '<mrk id="k" type="comment" value="Why?">Three</mrk>')
    (article,) = load(data.encode())
    assert [(each.id, each.source) for each in article.segments] == [
        ("u17.1", "One <g1>two</g1>!"), ("u17.1+", "Mid"), ("u17.2", "Three"),
    ]  # fmt: skip
    assert article.segments[0].flags[1] == Flag(
        "", "neutral", target_span=Span(8, 9), comment="Look here"
    )
    assert article.segments[2].flags == (
        Flag("", "neutral", source_span=Span(0, 5), comment="Why?"),
    )


def test_a_skeleton_and_matches_of_others_are_passed_over():
    match = '<mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match id="1" ref="#1"><source>x</source><target>y</target></mtc:match></mtc:matches><notes>'
    data = OTHERS.replace("<group", '<skeleton><x xmlns="urn:x">z</x></skeleton><group').replace(
        "<notes>", match
    )
    (article,) = load(data.encode())
    assert (article.source, article.segments[0].target) == ("", "Un deux !")


def test_a_correction_by_nobody_known_is_a_correction():
    segment = Segment("a", "b", id="1", corrections=(Correction("b", "c", "approved"),))
    assert load(saved(Article("t", "en", "fr", segments=(segment,))))[0].segments == (segment,)


def test_xliff_1_2_is_understood():
    (article,) = load(OLD.encode())
    assert [(each.id, each.source, each.target, each.status) for each in article.segments] == [
        ("1", "One <g1>two</g1><x2/>", "Un deux", "done"), ("2.0", "A.", "C.", "to_review"), ("2.1", "B.", "", "to_review"), ("3", "D", "E", "done")
    ]  # fmt: skip
    assert article.segments[0].flags == (Flag("", "neutral", comment="Hm", author="Rosa"),)


def test_severities_and_types_of_others_find_the_nearest_of_ours():
    issue = '<its:locQualityIssues xml:id="q"><its:locQualityIssue {}/></its:locQualityIssues>'
    for given_, expected in [
        ('locQualityIssueType="misspelling" locQualityIssueSeverity="5"', ("Spelling", "neutral")),
        ('locQualityIssueType="legal"', ("", "major")),
        ('locQualityIssueComment="Style › Awkward style (minor)"', ("Awkward style", "minor")),
    ]:
        data = OTHERS.replace("<notes>", issue.format(given_) + "<notes>").replace(
            'its:locQualityIssuesRef="#x"', ""
        )
        data = data.replace(
            '<mrk id="m" type="its:generic" its:locQualityIssueType="mistranslation"',
            '<mrk id="m" its:locQualityIssuesRef="#q"',
        )
        flag = (
            load(
                data.replace(
                    'its:locQualityIssueSeverity="90"\n its:locQualityIssueComment="no"', ""
                ).encode()
            )[0]
            .segments[0]
            .flags[0]
        )
        assert (flag.type, flag.severity) == expected
        assert flag.target_span == Span(3, 7)


META = '<mda:metadata xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"><mda:metaGroup category="review:{}" id="x">{}</mda:metaGroup></mda:metadata><notes>'


@for_each(
    ("category", "metas"),
    [
        ("place", '<mda:meta type="source">1</mda:meta>'),
        ("place", '<mda:meta type="score">much</mda:meta>'),
        ("correction", '<mda:meta type="decided">now</mda:meta>'),
    ],
)
def test_metadata_that_makes_no_sense_is_refused_by_unit(category, metas):
    data = saved(
        Article(
            "t", "en", "fr", segments=(Segment("a", "b", id="u5", flags=(Flag("", "neutral"),)),)
        )
    ).decode()
    data = data.replace("<notes>", META.format(category, metas), 1)
    with pytest.raises(BadFile, match="cannot be understood") as refused:
        load(data.encode())
    assert refused.value.place == "unit u5"


@for_each("metas", ['<mda:metaGroup category="other"/><mda:other/>'])
def test_metadata_of_others_is_passed_over(metas):
    data = OTHERS.replace(
        "<notes>",
        f'<mda:metadata xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0">{metas}</mda:metadata><notes>',
    )
    assert len(load(data.encode())[0].segments) == 2


@for_each("number", ["D800", "110000", "x"])
def test_a_number_that_is_no_character_is_refused(number):
    with pytest.raises(BadFile, match="not the number of a character"):
        load(OTHERS.replace('<ph id="2" equiv="!"/>', f'<cp hex="{number}"/>').encode())
