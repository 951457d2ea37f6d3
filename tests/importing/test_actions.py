"""Files come in: good ones become articles, bad ones a plain sentence, and nothing is ever half done."""

import io
import json
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.detection.files import find_partners, in_memory
from articles.formats import BadFile
from articles.importing.actions import examine
from articles.importing.one_pass import import_files
from articles.models import Article, Document, Flag
from articles.text.document import Document as Text

BRIDGE = {
    "en": "The mayor opened the bridge on Monday. The river was calm that day. Forty people came to the party.",
    "fr": "Le maire a inauguré le pont lundi. La rivière était calme ce jour-là. Quarante personnes sont venues à la fête.",
}
SNOW = {
    "en": "Snow fell all night on the mountain villages. The trains were late this morning.",
    "fr": "La neige est tombée toute la nuit sur les villages de montagne. Les trains avaient du retard ce matin.",
}


def sentences(files):
    return {
        line.name: (line.refused, line.sentence)
        for line in import_files(in_memory(*each) for each in files.items())
    }


def test_partners_are_found_by_what_they_say(db):
    files = {
        f"{number}.txt": text.encode()
        for number, text in enumerate([SNOW["fr"], BRIDGE["en"], BRIDGE["fr"], SNOW["en"]])
    }
    lines = import_files(in_memory(*each) for each in files.items())
    assert [line.name for line in lines] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert not any(line.refused for line in lines)
    assert lines[0].article == lines[3].article != lines[1].article == lines[2].article
    assert "French, translation of 3.txt" in lines[0].sentence


def test_a_file_of_pairs_does_not_wake_the_sentence_encoder(db, monkeypatch):
    monkeypatch.setattr(
        "articles.detection.files.pair_documents",
        lambda *_, **__: pytest.fail("it takes 150 MB"),
    )
    assert examine([in_memory("pairs.csv", b"source,target,x\nOne.,Un.\n")]).results


def test_a_naming_convention_wins():
    documents = [
        Text(name, name[-6:-4], "Words.")
        for name in ("a.en.txt", "b.en.txt", "b.fr.txt", "A.fr.txt")
    ]
    found = find_partners(documents)
    pairs, alone = found.pairs, found.alone
    assert {(source.name, target.name) for source, target in pairs} == {
        ("a.en.txt", "A.fr.txt"),
        ("b.en.txt", "b.fr.txt"),
    }
    assert alone == []


def test_names_that_say_which_is_the_original_give_the_direction():
    english = Text("translation.en.txt", "en", "The old mill by the weir was sold to a family.")
    french = Text("original.fr.txt", "fr", "Le vieux moulin a été vendu à une famille.")
    assert find_partners([english, french]).pairs == [(french, english)]


def test_importing_twice_is_the_same_as_once(db):
    files = {"x.txt": BRIDGE["en"].encode(), "y.txt": BRIDGE["fr"].encode()}
    sentences(files)
    assert "already imported" in sentences(files)["x.txt"][1]
    assert (Article.objects.count(), Document.objects.count()) == (1, 2)


def test_a_new_version_under_the_same_names(db):
    files = {"x.txt": BRIDGE["en"].encode(), "y.txt": BRIDGE["fr"].encode()}
    sentences(files)
    assert (
        "new version"
        in sentences({**files, "y.txt": BRIDGE["fr"].replace("lundi", "mardi").encode()})["y.txt"][
            1
        ]
    )
    assert Article.objects.get().target.text.count("mardi") == 1


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n ", "blank"),
    "nul.txt": (b"Le maire\x00 a parl\xc3\xa9.", "NUL"),
    "surrogate.txt": (b"Le maire \xed\xa0\x80 a parl\xc3\xa9.", "UTF-8"),
    "word.txt": (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word 97"),
    "pdf.txt": (b"%PDF-1.7 \xff", "PDF"),
    "numbers.txt": (b"12 34 56", "language"),
    "russian.txt": ("Москва — столица России и крупнейший город страны.".encode(), "language"),
    "alone.txt": (
        b"Nobody ever translated this text about old kettles and their lids.",
        "no document here",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_and_the_good_ones_are_taken(name, db):
    data, reason = BAD[name]
    lines = sentences({name: data, "x.txt": BRIDGE["en"].encode(), "y.txt": BRIDGE["fr"].encode()})
    refused, sentence = lines[name]
    assert refused
    assert reason in sentence
    assert Article.objects.count() == 1
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(". ", ".\r\n", 1).replace(". ", ".\n", 1),
        lambda text: "\u202b" + text + "\u202c",
        lambda text: text.replace(" ", "\u00a0", 3),
        lambda text: text.replace("a", "a\u0301"),
    ],
    ids=["mixed line ends", "right to left", "no-break spaces", "combining accents"],
)
def test_odd_texts_are_taken_faithfully(change, db):
    english, french = change(BRIDGE["en"]), change(BRIDGE["fr"])
    lines = sentences({"a.en.txt": english.encode(), "a.fr.txt": french.encode()})
    assert not any(refused for refused, _ in lines.values())
    assert Article.objects.get().target.text == french


def test_a_byte_order_mark_is_not_part_of_the_text(db):
    sentences({f"a.{code}.txt": text.encode("utf-8-sig") for code, text in BRIDGE.items()})
    assert Article.objects.get().source.text == BRIDGE["en"]


def test_a_single_endless_line_is_no_accident(db):
    """50 MB without a line break: refused in words, at once, and nothing is stored."""
    lines = sentences({"long.en.txt": b"word " * 10_000_000})
    assert lines["long.en.txt"][0]
    assert "larger than" in lines["long.en.txt"][1]
    assert Document.objects.count() == 0


# ── files of pairs ───────────────────────────────────────────────────────────

TABLE = (
    "source,target\nThe mayor spoke.,Le maire a parlé.\nNobody laughed.,Personne n’a ri.\n".encode()
)


def test_a_table_of_pairs_becomes_an_article(db, rosa):
    seen = []
    files = [
        in_memory("talk.csv", TABLE),
        *(in_memory(f"a.{code}.txt", text.encode()) for code, text in BRIDGE.items()),
    ]
    lines = import_files(files, by=rosa, progress=lambda *step: seen.append(step))
    assert [line.sentence for line in lines if line.name == "talk.csv"] == [
        "“The mayor spoke.”: new article with 2 segments."
    ]
    assert seen == [(2, None), (3, None)]
    assert Article.objects.count() == 2
    assert [line.sentence for line in import_files(files[:1], by=rosa)] == [
        "“The mayor spoke.”: already imported, nothing changed."
    ]


def test_examining_stores_nothing_and_says_what_would_be(db, rosa):
    files = [
        in_memory("talk.csv", TABLE),
        *(in_memory(f"a.{code}.txt", text.encode()) for code, text in BRIDGE.items()),
    ]
    plan = examine(
        [*files, in_memory("film.mp4", b"..."), in_memory("none.csv", b"source,target\n")]
    )
    assert plan.size == 3
    assert {line.name: (line.refused, line.sentence) for line in plan.results} == {
        "a.en.txt": (False, "English, source of a.fr.txt: 3 sentences."),
        "a.fr.txt": (False, "French, translation of a.en.txt: new article, 3 sentences."),
        "film.mp4": (
            True,
            (
                "this file type is not supported; send a text as Word, web page or plain text, and pairs "
                "as Excel, CSV or XLIFF"
            ),
        ),
        "none.csv": (True, "the file is empty"),
        "talk.csv": (False, "English – French: 2 segments."),
    }
    assert Article.objects.count() == 0
    import_files(files, by=rosa)
    assert (
        "already imported"
        in {line.name: line.sentence for line in examine(files[1:]).results}["a.en.txt"]
    )
    changed = in_memory("a.fr.txt", BRIDGE["fr"].replace("lundi", "mardi").encode())
    assert (
        "new version"
        in {line.name: line.sentence for line in examine([files[1], changed]).results}["a.fr.txt"]
    )


def test_pairs_in_no_known_language_are_refused(db):
    assert "language" in examine([in_memory("t.csv", b"source,target\n1,2\n")]).results[0].sentence


def test_a_file_without_any_translation_is_refused_as_that(db):
    unit = b'<trans-unit id="1"><source>The ferries stayed in the harbour.</source></trans-unit>'
    for languages in (b'source-language="en"', b'source-language="en" target-language="fr"'):
        file = b"<xliff version='1.2'><file %s>%s</file></xliff>" % (languages, unit)
        (result,) = examine([in_memory("t.xlf", file)]).results
        assert (result.refused, result.sentence) == (True, "no text of this file is translated yet")


def test_the_languages_are_told_by_pairs_that_are_translated(db):
    rows = ["The mayor spoke for an hour,"] * 60 + ["He left.,Il est parti vers midi."] * 3
    file = "\n".join(["source,target", *rows]).encode()
    assert "English – French" in examine([in_memory("t.csv", file)]).results[0].sentence


def test_a_language_without_a_name_is_called_by_its_code(db):
    assert "xx – French" in examine([in_memory("t.csv", b"xx,fr\nUn.,Deux.\n")]).results[0].sentence


def test_a_file_of_no_pairs_is_refused(db):
    assert (
        examine(
            [
                in_memory(
                    "t.jsonl",
                    b'{"kind": "article", "title": "T", "source_language": "en", "target_language": "fr"}\n',
                )
            ]
        )
        .results[0]
        .refused
    )


def word_file(text: str, comments: str = "") -> bytes:
    """A Word file of the lines of ``text``; a comment on each line that begins with "*"."""
    out = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = ""
    for number, line in enumerate(text.splitlines()):
        run = f'<w:r><w:t xml:space="preserve">{line.lstrip("*")}</w:t></w:r>'
        if line.startswith("*"):
            run = f'<w:commentRangeStart w:id="{number}"/>{run}<w:commentRangeEnd w:id="{number}"/>'
        body += f"<w:p>{run}</w:p>"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr("word/comments.xml", f"<w:comments {space}>{comments}</w:comments>")
    return out.getvalue()


COMMENT = '<w:comment w:id="{}" w:author="Otto"><w:p><w:ins w:author="O"><w:r><w:t>Check this</w:t></w:r></w:ins></w:p></w:comment>'
LINES = {
    "en": "The mayor opened the bridge.\n*The river was calm that day.\nPeople came.",
    "fr": "Le maire a inauguré le pont.\nLa rivière était calme ce jour-là.\n*Les gens sont venus.",
}


def test_comments_in_word_files_are_remarks_on_their_words(db, rosa):
    comments = {"en": COMMENT.format(1), "fr": COMMENT.format(2)}
    files = [
        in_memory(f"a.{code}.docx", word_file(text, comments[code])) for code, text in LINES.items()
    ]
    for result in examine(files).results:
        assert result.sentence.endswith("1 comment becomes a remark on its segment.")
    import_files(files, by=rosa)
    flags = Flag.objects.order_by("segment__position")
    assert [
        (f.source_quote, f.target_quote, f.comment, f.severity, f.segment.status) for f in flags
    ] == [
        ("The river was calm that day.", "", "Otto: Check this", "neutral", "flagged"),
        ("", "Les gens sont venus.", "Otto: Check this", "neutral", "flagged"),
    ]


def test_comments_that_nobody_brings_are_counted_and_left_out(db):
    files = [
        in_memory(f"a.{code}.docx", word_file(text, COMMENT.format(1)))
        for code, text in LINES.items()
    ]
    told = {result.name: result.sentence for result in import_files(files)}
    assert "2 remarks by people without an account here are left out" in told["a.fr.docx"]
    assert "remark" not in told["a.en.docx"]
    assert not Flag.objects.exists()


def test_tracked_changes_are_told(db):
    change = '<w:ins w:author="O"><w:r><w:t> Much.</w:t></w:r></w:ins></w:p>'
    texts = {code: text.replace("*", "") for code, text in LINES.items()}
    files = []
    for code, text in texts.items():
        old = zipfile.ZipFile(io.BytesIO(word_file(text)))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            body = old.read("word/document.xml").decode().replace("</w:p>", change, 1)
            archive.writestr("word/document.xml", body)
        files.append(in_memory(f"a.{code}.docx", out.getvalue()))
    for result in examine(files).results:
        assert result.sentence.endswith("A tracked change is read as accepted.")


def test_remarks_in_a_table_do_not_stop_what_nobody_brings(db):
    table = b"source,target,comment\nThe mayor spoke for an hour.,Le maire a parl\xc3\xa9 une heure.,Check\n"
    (result,) = import_files([in_memory("t.csv", table)])
    assert "1 remark by somebody without an account here is left out" in result.sentence
    assert result.kind == "new"


# ── the command ──────────────────────────────────────────────────────────────


def run(folder):
    out, err = StringIO(), StringIO()
    call_command("import_seeds", str(folder), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_says_a_line_a_file(tmp_path, db):
    for code, text in BRIDGE.items():
        (tmp_path / f"a.{code}.txt").write_text(text)
    (tmp_path / ".hidden").write_text("not a document")
    out, _err = run(tmp_path)
    assert out.splitlines() == [
        "a.en.txt: English, source of a.fr.txt.",
        "a.fr.txt: French, translation of a.en.txt: new article.",
    ]


def test_the_command_ends_with_an_error_when_a_file_was_refused(tmp_path, db):
    for code, text in BRIDGE.items():
        (tmp_path / f"a.{code}.txt").write_text(text)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(CommandError, match="1 of 3 files"):
        run(tmp_path)
    assert Article.objects.count() == 1


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_files_is_said_so(there, tmp_path, db):
    with pytest.raises(CommandError, match="contains no files" if there else "is not a folder"):
        run(tmp_path if there else tmp_path / "nowhere")


def test_a_long_run_shows_its_progress(tmp_path, db):
    for number in range(10):
        for code, text in BRIDGE.items():
            (tmp_path / f"{number}.{code}.txt").write_text(f"{text} {number}.")
    _out, err = run(tmp_path)
    assert err.splitlines() == ["10 of 10 stored"]


def test_a_pair_that_cannot_be_stored_is_refused_and_the_others_are_taken(db, rosa, monkeypatch):
    def refuse(source, _target, *, by, title, team):
        raise BadFile("“%(title)s” is in blind review", title=source.name)

    monkeypatch.setattr("articles.importing.actions.store_article", refuse)
    files = [in_memory(f"a.{code}.txt", text.encode()) for code, text in BRIDGE.items()]
    lines = import_files([*files, in_memory("talk.csv", TABLE)], by=rosa)
    assert [(line.name, line.kind) for line in lines] == [
        ("a.en.txt", "refused"),
        ("a.fr.txt", "refused"),
        ("talk.csv", "new"),
    ]


MQM = (
    "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    "s\tstorm\t1\t1\tr1\tThe mayor opened the bridge <v>on Monday</v>.\tLe maire a inauguré le pont.\tAccuracy/Omission\tMajor\n"
    "s\tstorm\t2\t2\tr1\tThe river was calm that day.\tLa rivière était calme ce jour-là.\tMissed\tHOTW-test\n"
)


def test_a_table_of_marks_under_a_plain_name_is_taken_for_what_it_is(admin_user):
    (line,) = examine([in_memory("ratings.tsv", MQM.encode())]).results
    assert "Flags: 1," in line.sentence
    assert (
        "Detected by its content: MQM table (WMT). Rename it to ratings.pairs.tsv to read it as"
        in line.sentence
    )
    assert "Line 3: an answer to an attention check says nothing" in line.sentence
    (stored,) = import_files([in_memory("ratings.tsv", MQM.encode())], by=admin_user)
    assert "Line 3: an answer to an attention check" in stored.sentence
    assert stored.article.segments.get().flags.get().type == "Omission"


def test_json_has_no_other_reading(db):
    item = {"src": BRIDGE["en"], "tgt": {"m": BRIDGE["fr"]}}
    (line,) = examine(
        [in_memory("x.json", json.dumps({"info": {}, "data": [[item]]}).encode())]
    ).results
    assert line.sentence.endswith("Detected by its content: Campaign (Pearmut).")


def test_what_is_left_out_is_counted(db):
    rows = f"source,target,n\n{BRIDGE['en']},{BRIDGE['fr']},1\n,,2\n,,3\n"
    (line,) = examine([in_memory("x.csv", rows.encode())]).results
    assert line.sentence.endswith("Line 3: a row without source and target is left out (2 times).")


def test_ratings_are_read_with_the_texts_that_came_with_them(admin_user):
    ratings = 'sys\t{"errors": [{"start": 0, "end": 2, "category": "Grammar", "severity": "Minor"}]}\tr1\n'
    files = {
        "en-fr.mqm.seg.rating": ratings,
        "en-fr.txt": BRIDGE["en"],
        "sys.txt": BRIDGE["fr"],
        "x.txt": SNOW["en"],
        "y.txt": SNOW["fr"],
    }
    lines = import_files(
        [in_memory(name, text.encode()) for name, text in files.items()], by=admin_user
    )
    assert not any(line.refused for line in lines)
    assert {
        line.article.segments.count() for line in lines if line.name == "en-fr.mqm.seg.rating"
    } == {1}
    assert Article.objects.count() == 2
    plan = examine([in_memory(name, text.encode()) for name, text in files.items()])
    told = {line.name: (line.kind, line.sentence) for line in plan.results}
    assert told["sys.txt"] == (
        "same",
        "read together with en-fr.mqm.seg.rating, which contains its texts.",
    )
    assert (
        "choose “en-fr.txt” together with it"
        in examine([in_memory("en-fr.mqm.seg.rating", ratings.encode())]).results[0].sentence
    )


def test_a_folder_is_told_how_many_lines_of_its_pages_are_left_out(db, tmp_path):
    for language, words in BRIDGE.items():
        page = f"<nav>Menu</nav><p>{words}</p><footer>© Paper</footer>"
        (tmp_path / f"bridge.{language}.html").write_text(page)
    out = StringIO()
    call_command("import_seeds", str(tmp_path), stdout=out)
    assert out.getvalue().count("2 lines of the file are left out.") == 2


def test_the_model_of_languages_is_freed_before_partners_are_found(db, monkeypatch):
    freed = []
    monkeypatch.setattr("articles.importing.actions.forget_model", lambda: freed.append("freed"))
    monkeypatch.setattr(
        "articles.importing.actions.find_partners",
        lambda documents, **_choices: [
            freed.append("partners"),
            find_partners(documents, **_choices),
        ][1],
    )
    examine([in_memory("a.txt", SNOW["en"].encode()), in_memory("b.txt", SNOW["fr"].encode())])
    assert freed == ["freed", "partners"]
