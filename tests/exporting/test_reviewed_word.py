"""A reviewed Word file comes back: what changed in it is proposed, segment by segment, whole or not at all."""

import io
import re
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from django.utils import timezone
from django.utils.translation import override

from articles.exporting import actions as exporting_actions
from articles.exporting import reviewed_word
from articles.formats import BadFile
from articles.models import Correction, Event, Finding, Segment
from articles.review import actions as review_actions
from articles.review import proposals
from tests.factories import make_article, make_correction, make_finding, make_flag

PAIRS = [
    ("The mayor opened the bridge.", "Le maire a ouvert le pont."),
    ("The river was calm.", "La rivière était calme."),
    ("Nobody laughed.", "Personne n’a ri."),
]


@pytest.fixture
def article(db):
    return make_article(PAIRS, joint="\n")


def word(article, *edits, form="docx", hold=""):
    """The article as a Word file, its document edited by hand: (words, other words) in the XML."""
    data = b"".join(
        exporting_actions.write_articles(
            [article], form, choice=exporting_actions.parse_choice(hold)
        )
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode() if name == "word/document.xml" else None
            for before, after in edits if part else ():
                assert re.search(before, part), part
                part = re.sub(before, after, part)
            new.writestr(name, part or old.read(name))
    packed.seek(0)
    return packed


def repair(segment, text, *, by, approver=None):
    segment.refresh_from_db()
    made = review_actions.submit(segment, by=by, revision=segment.revision, text=text)
    if approver:
        review_actions.approve(made, by=approver, revision=segment.revision)


def proposed(article, file, *, by):
    return reviewed_word.read_proposals(article, file, by=by).proposals


def chosen(found):
    return [(each.segment.pk, each.segment.revision, each.text) for each in found]


def test_edits_become_proposals_in_the_name_of_who_brought_them(article, edith):
    [found] = proposed(article, word(article, ("calme", "très calme")), by=edith)
    assert (found.segment.position, found.before, found.text) == (
        2,
        "La rivière était calme.",
        "La rivière était très calme.",
    )
    assert (found.reason, found.warning) == ("", "")
    assert [each.text for each in found.changes if each.kind == "added"] == ["très "]
    assert not Correction.objects.exists()
    [told] = proposals.submit_proposals(article, chosen([found]), by=edith)
    assert told.reason == ""
    made = Correction.objects.get()
    assert (made.text, made.author, made.status, made.segment.status) == (
        found.text,
        edith,
        "submitted",
        "waiting",
    )


def test_an_untouched_file_proposes_nothing(article, rosa, edith):
    repair(article.segments.first(), "Le maire a inauguré le pont.", by=rosa, approver=edith)
    for form in ("docx", "docx-clean"):
        assert proposed(article, word(article, form=form), by=rosa) == []


def test_twice_is_as_once(article, rosa):
    found = proposed(article, word(article, ("calme", "agitée")), by=rosa)
    proposals.submit_proposals(article, chosen(found), by=rosa)
    [again] = proposals.submit_proposals(article, chosen(found), by=rosa)
    assert again.reason == "This text is already awaiting approval."
    assert Correction.objects.count() == 1
    [looked] = proposed(article, word(article, ("calme", "agitée")), by=rosa)
    assert looked.reason == again.reason


def test_the_two_column_table_comes_back(article, rosa, edith):
    repair(article.segments.first(), "Le maire a inauguré le pont.", by=rosa, approver=edith)
    assert proposed(article, word(article, form="docx-table"), by=edith) == []
    tracked = r'</w:t></w:r><w:ins w:id="9" w:author="Zoé" w:date="2026-01-02T03:04:05Z"><w:r><w:t> fort</w:t></w:r></w:ins>'
    edits = [("calme", "agitée"), ("a ri.</w:t></w:r>", f"a ri{tracked}"), ("inauguré<", "béni<")]
    first, second, third = proposed(article, word(article, *edits, form="docx-table"), by=edith)
    assert [(each.text, each.author) for each in (first, second, third)] == [
        ("Le maire a béni le pont.", ""),
        ("La rivière était agitée.", ""),
        ("Personne n’a ri fort", "Zoé"),
    ]
    [told] = proposals.submit_proposals(article, chosen([second]), by=edith)
    assert (told.reason, Correction.objects.get(status="submitted").text) == (
        "",
        "La rivière était agitée.",
    )


def test_rows_of_the_table_find_their_sentence_or_are_named(article, rosa):
    changed = [("The river was calm.", "The river is calm."), ("calme", "agitée")]
    [found] = proposed(article, word(article, *changed, form="docx-table"), by=rosa)
    assert found.segment.position == 2
    gone = (r"<w:tr>(?:(?!</w:tr>).)*The mayor.*?</w:tr>", "")
    [found] = proposed(article, word(article, gone, changed[1], form="docx-table"), by=rosa)
    assert found.segment.position == 2
    cell = "<w:tc><w:p><w:r><w:t>More.</w:t></w:r></w:p></w:tc>"
    more = ("</w:tbl>", f"<w:tr>{2 * cell}</w:tr></w:tbl>")
    with pytest.raises(BadFile, match="row 4: this row matches no sentence"):
        proposed(article, word(article, more, form="docx-table"), by=rosa)


def test_a_table_of_another_article_is_refused(article, rosa, db):
    other = make_article(
        [("Cats sleep.", "Les chats dorment."), ("Dogs run.", "Les chiens courent.")], joint="\n"
    )
    with pytest.raises(BadFile, match="not the text of"):
        proposed(article, word(other, form="docx-table"), by=rosa)


def test_a_done_segment_is_reopened(article, rosa, edith):
    repair(article.segments.first(), "Le maire a inauguré le pont.", by=rosa, approver=edith)
    file = word(article, ("inauguré", "béni"), form="docx-clean")
    proposals.submit_proposals(article, chosen(proposed(article, file, by=rosa)), by=rosa)
    segment = article.segments.first()
    assert segment.status == "waiting"
    assert [event.act for event in segment.events.order_by("id")][-2:] == ["reopened", "submitted"]
    assert segment.corrections.get(status="approved").text == "Le maire a inauguré le pont."


def test_words_from_before_an_approval_are_doubted(article, rosa, edith):
    old = word(article, ("calme", "agitée"), form="docx-clean")
    repair(article.segments.first(), "Le maire a inauguré le pont.", by=rosa, approver=edith)
    Correction.objects.update(decided_at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    with timezone.override("Europe/Paris"):
        first, second = proposed(article, old, by=rosa)
    assert "older than rosa’s correction, approved on 3 Mar 2026, 00:30: it" in first.warning
    assert second.warning == ""


def test_one_refusal_does_not_stop_the_others(article, rosa, edith):
    first, second, third = article.segments.all()
    file = word(
        article, ("ouvert", "inauguré"), ("calme", "agitée"), ("ri", "souri"), form="docx-clean"
    )
    repair(first, "Le maire ouvrit le pont.", by=edith)
    make_correction(second, by=rosa, text="Half-")
    found = proposed(article, file, by=rosa)
    reasons = [
        "A correction is awaiting approval here.",
        "You have a draft here; submit or discard it first.",
        "",
    ]
    assert [each.reason for each in found] == reasons
    told = proposals.submit_proposals(article, chosen(found), by=rosa)
    assert [each.reason for each in told] == reasons
    assert Correction.objects.get(author=rosa, status="draft").text == "Half-"
    assert list(Segment.objects.filter(status="waiting")) == [first, third]


def test_a_stale_proposal_leaves_nothing_behind(article, rosa, edith):
    found = proposed(article, word(article, ("calme", "agitée")), by=rosa)
    review_actions.confirm(found[0].segment, by=edith, revision=1)
    [(key, revision, text)] = chosen(found)
    events = Event.objects.count()
    for stale in (revision - 1, revision + 5):
        [told] = proposals.submit_proposals(article, [(key, stale, text)], by=rosa)
        assert "Somebody changed this segment" in told.reason
    assert (Event.objects.count(), Correction.objects.count()) == (events, 0)


def test_who_may_not_review_is_told_so(article, otto):
    [found] = proposed(article, word(article, ("calme", "agitée")), by=otto)
    assert "Only reviewers" in found.reason
    [told] = proposals.submit_proposals(article, chosen([found]), by=otto)
    assert "Only reviewers" in told.reason


def test_another_articles_segments_are_left_alone(article, rosa):
    other = make_article([("Else.", "Autre.")])
    assert proposals.submit_proposals(article, [(other.segments.get().pk, 1, "x")], by=rosa) == []
    assert not Correction.objects.exists()


def test_line_ends_stay_the_documents_own(db, rosa):
    article = make_article([("One\r\ntwo three four.", "Un\r\ndeux trois quatre.")])
    [found] = proposed(article, word(article, ("trois", "cinq"), form="docx-clean"), by=rosa)
    assert found.text == "Un\r\ndeux cinq quatre."


def test_a_file_with_waiting_corrections_in_it(article, rosa, edith):
    repair(article.segments.first(), "Le maire a inauguré le pont.", by=edith)
    file = word(article, ("calme", "agitée"), form="docx-clean", hold="everything")
    assert [bool(each.reason) for each in proposed(article, file, by=rosa)] == [True, False]


def test_a_foreign_file_is_refused(article, rosa):
    other = make_article(
        [("Else.", "Une tout autre histoire, sans aucun rapport avec ce qui précède.")]
    )
    with pytest.raises(BadFile, match="this is not the text of “The mayor”"):
        proposed(article, word(other), by=rosa)


def test_what_is_no_word_file_is_refused(article, rosa):
    with pytest.raises(BadFile, match="the file is empty"):
        proposed(article, io.BytesIO(), by=rosa)


def test_a_rewritten_article_is_known_by_its_tracked_changes(article, rosa, edith):
    for segment in article.segments.all():
        repair(segment, "Tout autrement dit par une autre main.", by=rosa, approver=edith)
    assert proposed(article, word(article, ("Tout", "Bien")), by=rosa)


def commented(file, text, words, *, author="Otto"):
    """The Word file with a comment by somebody else on the words, whose run it parts."""
    document = docx.Document(file)
    run = next(run for each in document.paragraphs for run in each.runs if words in run.text)
    document.add_comment(run, text=text, author=author)
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    return out


def test_comments_of_others_are_told_with_their_segment(article, rosa):
    make_flag(article.segments.get(position=1), by=rosa, comment="Which mayor?")
    file = commented(word(article), "Was it?\nReally?", "calme")
    nothing, [found] = reviewed_word.read_proposals(article, file, by=rosa)
    assert nothing == []
    assert found.segment.position == 2
    assert found.comment[:2] == ("Otto", "Was it?\nReally?")
    assert "calme" in found.comment.words


def test_a_file_without_comments_of_others_tells_none(article, rosa):
    make_flag(article.segments.get(position=1), by=rosa, comment="Which mayor?")
    assert reviewed_word.read_proposals(article, word(article), by=rosa) == ([], [])


def test_a_comment_in_a_table_has_no_segment(article, rosa):
    data = word(article, form="docx-table")
    document = docx.Document(data)
    cell = document.tables[0].rows[-1].cells[-1].paragraphs[0]
    document.add_comment(cell.runs, text="Hm.", author="Otto")
    out = io.BytesIO()
    document.save(out)
    out.seek(0)
    nothing, [found] = reviewed_word.read_proposals(article, out, by=rosa)
    assert nothing == []
    assert (found.segment, found.comment.text) == (None, "Hm.")


def test_comments_are_in_the_language_of_whoever_exports_and_known_in_any(article, rosa):
    make_flag(
        article.segments.get(position=1),
        by=rosa,
        source_start=0,
        source_end=3,
        comment="Quoi\u00a0?",
    )
    with override("fr"):
        file = word(article)
    comments = [comment.text for comment in docx.Document(file).comments]
    words = article.segments.get(position=1).source_text[:3]
    assert comments == [f"Exactitude › Omission (majeure) «\u202f{words}\u202f»\u00a0: Quoi\u00a0?"]
    file.seek(0)
    assert reviewed_word.read_proposals(article, file, by=rosa) == ([], [])


def comments_of(file):
    return [(each.author, each.text) for each in docx.Document(file).comments]


def test_a_correction_without_a_flag_says_who_when_and_what_is_known(article, rosa, edith):
    """The page promises each change's reason as a comment: one without a flag has one, too."""
    first, second, third = article.segments.all()
    make_flag(first, by=rosa, comment="Which mayor?")
    repair(first, "La maire a ouvert le pont.", by=rosa, approver=edith)
    made = make_finding(second, message="“%(words)s” is missing from the French")
    Finding.objects.filter(pk=made.pk).update(status="closed")
    make_finding(second, message="still open")
    repair(second, "La rivière était bien calme.", by=rosa, approver=edith)
    repair(third, "Personne n’a souri.", by=rosa)
    for form in ("docx", "docx-table"):
        [flag, why] = comments_of(word(article, form=form))
        assert flag[0] == "rosa"
        assert flag[1].endswith("Which mayor?")
        assert why == (
            "rosa",
            "Corrected without a flag.\nFinding: “The” is missing from the French\nApproved by edith.",
        )
    comment = list(docx.Document(word(article)).comments)[1]
    submitted = second.corrections.get().submitted_at
    assert comment.timestamp == submitted.replace(microsecond=0)
    [_flag, _why, waiting] = comments_of(word(article, hold="everything"))
    assert waiting == ("rosa", "Corrected without a flag.\nAwaiting approval.")
    with override("fr"):
        [_flag, why] = comments_of(word(article))
    assert why[1].startswith("Corrigé sans signalement.\nAlerte\u00a0: ")


def test_the_reason_that_an_approver_gave_stands_in_the_comment(article, rosa, edith):
    first, *_rest = article.segments.all()
    repair(first, "La maire a ouvert le pont.", by=rosa, approver=edith)
    Correction.objects.update(reason="Checked with the town hall.")
    [(_author, text)] = comments_of(word(article))
    assert text == "Corrected without a flag.\nApproved by edith: Checked with the town hall."


def test_our_own_comments_on_corrections_are_no_comments_of_others(article, rosa, edith):
    first, *_rest = article.segments.all()
    repair(first, "La maire a ouvert le pont.", by=rosa, approver=edith)
    with override("fr"):
        file = word(article)
    assert reviewed_word.read_proposals(article, file, by=rosa) == ([], [])
