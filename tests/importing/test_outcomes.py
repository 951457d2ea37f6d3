"""What an import says of each file: new files of the same words, doubtful pairs, newer versions, what stopped."""

import io

import docx
import pytest
from django.utils.translation import override

from articles.detection.files import in_memory
from articles.formats import BadFile
from articles.importing import actions as importing_actions
from articles.importing import documents
from articles.importing.actions import CancelledWithResults, carry_out, examine
from articles.importing.bilingual import ImportCancelled
from articles.importing.documents import store_article
from articles.importing.one_pass import import_files
from articles.models import Article, Document, Event, Import
from articles.text.document import Document as Text
from tests.detection.test_names import FRENCH, OTHER
from tests.importing.test_actions import BRIDGE, COMMENT, LINES, word_file


def incoming(files):
    return [in_memory(name, text.encode()) for name, text in files.items()]


def told(results):
    return {result.name: (result.kind, result.sentence) for result in results}


def pages(attribute):
    return {
        f"bridge.{code}.html": f"<article {attribute}><p>{text}</p></article>"
        for code, text in BRIDGE.items()
    }


def test_the_same_words_in_a_new_file_keep_the_article_and_take_the_file(db):
    import_files(incoming(pages("")))
    assert told(examine(incoming(pages(""))).results)["bridge.fr.html"][0] == "same"
    newer = incoming(pages('id="new"'))
    for kind, sentence in told(examine(newer).results).values():
        assert kind == "changed"
        assert sentence.endswith("same text in a new file. Exports will use the new file.")
    for kind, sentence in told(import_files(newer)).values():
        assert kind == "changed"
        assert sentence.endswith("same text; the new file is kept.")
    article = Article.objects.get()
    assert b'id="new"' in bytes(article.source.page)
    assert b'id="new"' in bytes(article.target.page)
    assert Event.objects.get(act="reimported").details == {"pages": 2}


DOUBTFUL = {
    "x.en.txt": OTHER,
    "x.fr.txt": FRENCH,
    "la-digue-en.txt": (
        "La banque a relevé ses taux pour la troisième fois, et ses actions ont perdu quatre pour "
        "cent à Londres, où les analystes n’attendaient aucun changement avant les élections."
    ),
    "kettle.txt": "Nobody ever translated this text about old kettles and their lids in the attic.",
}


def test_what_the_names_say_and_the_words_deny_is_asked_about(db):
    plan = examine(incoming(DOUBTFUL))
    lines = told(plan.results)
    for name, language, partner in (
        ("x.en.txt", "English", "x.fr.txt"),
        ("x.fr.txt", "French", "x.en.txt"),
    ):
        assert lines[name] == (
            "waiting",
            f"{language}: by its name it belongs to {partner}, but the texts are not translations of each other.",
        )
    assert "Its name says English, but its text is French." in lines["la-digue-en.txt"][1]
    suggested = {file.name: other.name for file, other in plan.suggestions.items()}
    assert suggested["x.fr.txt"] == "x.en.txt"
    assert suggested["kettle.txt"] in ("x.fr.txt", "la-digue-en.txt")
    assert suggested["la-digue-en.txt"] in ("x.en.txt", "kettle.txt")


def test_where_nobody_can_be_asked_a_doubtful_pair_is_refused(db):
    lines = told(import_files(incoming(DOUBTFUL)))
    assert {kind for kind, _sentence in lines.values()} == {"refused"}
    assert "not translations of each other" in lines["x.en.txt"][1]
    assert "no document here" in lines["kettle.txt"][1]
    assert not Article.objects.exists()


def test_the_likeliest_partner_has_the_same_names_and_numbers(db):
    plan = examine(
        incoming(
            {
                "a.txt": "Marta Nowak paid 4,500 euros for a boat.",
                "b.txt": "Il pleut sur la ville depuis quatre jours, et rien ne sèche.",
                "c.txt": "À la fin, Marta Nowak aurait versé 4 500 euros à ce vendeur douteux.",
            }
        )
    )
    found = {file.name: other.name for file, other in plan.suggestions.items()}
    pairs = {(pair.source.file.name, pair.target.file.name) for pair in plan.pairs}
    assert found.get("a.txt") == "c.txt" or ("a.txt", "c.txt") in pairs


def test_the_same_words_under_other_names_are_another_article_and_that_is_said(db):
    import_files(incoming({"a.en.txt": BRIDGE["en"], "a.fr.txt": BRIDGE["fr"]}))
    lines = told(examine(incoming({"b.en.txt": BRIDGE["en"], "b.fr.txt": BRIDGE["fr"]})).results)
    assert lines["b.fr.txt"][0] == "new"
    assert lines["b.fr.txt"][1].endswith(
        "has the same text under other file names; this is another article."
    )


def test_comments_of_a_newer_version_are_said_not_to_be_read(db, rosa):
    comments = {"en": COMMENT.format(1), "fr": COMMENT.format(2)}
    files = {f"a.{code}.docx": word_file(text, comments[code]) for code, text in LINES.items()}
    import_files([in_memory(*each) for each in files.items()], by=rosa)
    files["a.fr.docx"] = word_file(LINES["fr"].replace("pont", "viaduc"), comments["fr"])
    lines = told(examine([in_memory(*each) for each in files.items()]).results)
    assert lines["a.fr.docx"][1].endswith("1 comment is not read, because this is a new version.")


def test_a_word_table_of_two_languages_is_a_file_of_pairs(db):
    rows = [
        ("The mayor opened the bridge on Monday.", "Le maire a inauguré le pont lundi."),
        ("The river was calm that day.", "La rivière était calme ce jour-là."),
        ("Forty people came to the party.", "Quarante personnes sont venues à la fête."),
    ]
    for texts, wanted in (
        (rows, "English – French: 3 segments."),
        ([(english, english) for english, _french in rows], "English"),
    ):
        document = docx.Document()
        table = document.add_table(rows=0, cols=2)
        for words in texts:
            for cell, text in zip(table.add_row().cells, words, strict=True):
                cell.text = text
        out = io.BytesIO()
        document.save(out)
        [result] = examine([in_memory("talk.docx", out.getvalue())]).results
        assert result.sentence.startswith(wanted)
        assert ("segments" in result.sentence) == ("segments" in wanted)


def test_the_first_fifty_translated_pairs_tell_the_languages(db):
    words = [f"The mayor opened bridge number {k} on Monday.,Le maire a inauguré le pont numéro {k} lundi." for k in range(60)]  # fmt: skip
    [result] = examine([in_memory("x.csv", "\n".join(["source,target", *words]).encode())]).results
    assert result.sentence.startswith("English – French: 60 segments.")


def test_an_import_that_is_cancelled_between_two_articles_leaves_nothing(db):
    files = {"a.en.txt": BRIDGE["en"], "a.fr.txt": BRIDGE["fr"]}

    def stop(done, total):
        raise ImportCancelled

    with pytest.raises(CancelledWithResults) as cancelled:
        import_files(incoming(files), progress=stop)
    assert cancelled.value.kept == []
    assert not Article.everything.exists()
    assert not Document.objects.exists()


def test_a_table_that_cannot_be_stored_is_refused_and_the_others_are_taken(db, monkeypatch):
    table = "source,target\nThe mayor spoke for an hour.,Le maire a parlé une heure.\n"
    plan = examine(incoming({"bad.csv": table, "good.csv": table.replace("hour", "day")}))
    store = importing_actions.store_bilingual

    def refusing(article, **options):
        if options["file"] == "bad.csv":
            raise BadFile("there are no pairs in this file")
        return store(article, **options)

    monkeypatch.setattr(importing_actions, "store_bilingual", refusing)
    lines = told(carry_out(plan))
    assert (lines["bad.csv"][0], lines["good.csv"][0]) == ("refused", "new")
    assert Article.objects.count() == 1


def test_a_pair_that_fails_half_way_leaves_nothing(db, monkeypatch):
    def fail(_article):
        raise RuntimeError

    monkeypatch.setattr(documents, "queue_checks", fail)
    with pytest.raises(RuntimeError):
        store_article(Text("a.en.txt", "en", BRIDGE["en"]), Text("a.fr.txt", "fr", BRIDGE["fr"]))
    assert not Article.everything.exists()
    assert not Document.objects.exists()


def test_the_kinds_of_files_agree_with_their_number():
    lines = [{"name": name, "kind": "refused", "refused": True} for name in ("a.txt", "b.txt")]
    lines.append({"name": "c.txt", "kind": "new", "refused": False})
    with override("fr"):
        found = Import(lines=lines).kind_counts
    assert found == [("new", "nouveau", 1), ("refused", "refusés", 2)]
