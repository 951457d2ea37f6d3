"""Findings follow the text in force: hidden while a correction that removes them waits, closed by its approval,
open again when the fault comes back, and never closed because a segment was touched."""

import pytest
from django.urls import reverse

from articles.findings import corrections, service
from articles.findings.state import check_state, count_open_findings
from articles.models import Article, Correction, Event, Finding, Segment
from articles.review import actions, queries, workflow
from articles.review.cards import Card
from articles.review.responses import get_for_card
from tests.factories import make_article, make_finding, make_flag
from tests.findings.quick_checks import target_check, use_checks
from tests.queue import work


@pytest.fixture(autouse=True)
def two_checks(monkeypatch):
    use_checks(monkeypatch, target_check("mayors", "maire"), target_check("twice", "de de"))


@pytest.fixture
def article(db):
    made = make_article(
        [("The mayor spoke.", "Le maire a parlé."), ("The mayor left.", "Le maire est parti.")]
    )
    service.refresh_findings(made)
    return made


def first(article):
    return Segment.objects.select_related("article").get(article=article, position=1)


def submit(article, text, *, by):
    segment = first(article)
    made = actions.submit(segment, by=by, revision=segment.revision, text=text)
    work()
    return made


def approve(correction, *, by):
    segment = Segment.objects.get(pk=correction.segment_id)
    actions.approve(correction, by=by, revision=segment.revision)


def finding():
    return Finding.objects.get(check_id="mayors", segment__position=1)


def shown(article, person):
    """The findings on the first card, how many segments the filter has, and the article's count."""
    card = Card(get_for_card(first(article).pk, person), person)
    _progress, counts = queries.summary_of(article, person)
    filtered = queries.select_segments(article, person, filter="findings")
    assert filtered.count() == counts["findings"]
    assert ("findings" in card.matching_filters.split()) == bool(card.findings)
    return len(card.findings), counts["findings"], count_open_findings([article])[article.pk]


def is_current(article):
    fresh = Article.objects.with_documents().get(pk=article.pk)
    return check_state([fresh])[article.pk].is_current


def test_a_finding_is_hidden_while_its_correction_waits_and_closed_by_the_approval(
    article, rosa, edith
):
    assert shown(article, rosa) == (1, 2, 2)
    correction = submit(article, "L’édile a parlé.", by=rosa)
    assert finding().hidden_by == correction
    assert shown(article, rosa) == (0, 1, 1)
    assert is_current(article)
    approve(correction, by=edith)
    row = finding()
    assert (row.status, row.hidden_by, row.closed_by.act) == ("closed", None, "closed")
    assert row.closed_by.details == {"findings": [row.pk], "checks": ["mayors"]}
    assert shown(article, rosa) == (0, 1, 1)
    assert not is_current(article)
    work()
    assert is_current(article)
    assert finding().status == "closed"
    reason = workflow.why_not("dismiss", rosa, first(article), row)
    assert reason == "This finding was closed: the text was corrected."


@pytest.mark.parametrize("back", ["reject", "withdraw"])
def test_it_is_shown_again_when_the_correction_comes_back(article, rosa, edith, back):
    correction = submit(article, "L’édile a parlé.", by=rosa)
    revision = first(article).revision
    if back == "reject":
        actions.reject(correction, by=edith, revision=revision, reason="No.")
    else:
        actions.withdraw(correction, by=rosa, revision=revision)
    assert shown(article, rosa) == (1, 2, 2)


def test_a_correction_of_other_words_closes_nothing(article, rosa, edith):
    correction = submit(article, "Le maire a bien parlé.", by=rosa)
    assert shown(article, rosa) == (1, 2, 2)
    approve(correction, by=edith)
    work()
    row = finding()
    assert (row.status, bool(row.found_in), row.target_spans) == ("open", True, [[3, 8]])
    assert shown(article, rosa) == (1, 2, 2)
    assert not Event.objects.filter(act__in=["closed", "found"]).exists()


def test_a_fault_in_the_correction_is_found(article, rosa, edith):
    approve(submit(article, "L’édile de de la ville a parlé.", by=rosa), by=edith)
    work()
    row = Finding.objects.get(check_id="twice")
    assert (row.status, row.target_spans) == ("open", [[8, 13]])
    event = Event.objects.get(act="found")
    assert (event.segment, event.actor, event.details["checks"]) == (row.segment, None, ["twice"])
    assert shown(article, rosa) == (1, 2, 2)


def test_it_is_opened_again_when_the_fault_comes_back(article, rosa, edith):
    approve(submit(article, "L’édile a parlé.", by=rosa), by=edith)
    work()
    closed = finding()
    segment = first(article)
    actions.reopen(segment, by=rosa, revision=segment.revision)
    approve(submit(article, "Le maire parla.", by=rosa), by=edith)
    work()
    row = finding()
    assert (row.pk, row.status, row.closed_by) == (closed.pk, "open", None)
    assert Event.objects.get(act="found").details["findings"] == [row.pk]


def test_without_a_worker_before_the_approval_the_run_afterwards_closes_it(article, rosa, edith):
    segment = first(article)
    correction = actions.submit(segment, by=rosa, revision=1, text="L’édile a parlé.")
    approve(correction, by=edith)
    assert finding().status == "open"
    work()
    assert finding().status == "closed"
    assert Event.objects.filter(act="closed").count() == 1


def test_a_dismissal_is_remembered_while_the_words_are_the_same(article, rosa, edith):
    segment = first(article)
    actions.dismiss(finding(), by=rosa, revision=segment.revision, reason="wrong")
    approve(submit(article, "Hier, le maire a parlé.", by=rosa), by=edith)
    work()
    assert finding().status == "dismissed"
    assert shown(article, rosa) == (0, 1, 1)


def test_another_tools_finding_follows_its_words_and_closes_with_them(article, rosa, edith):
    words = {"finder": "tool", "source_spans": [], "caret": None}
    gone = make_finding(
        first(article), **words, target_spans=[[3, 8]], values={"words": "x", "target 0": "maire"}
    )
    stays = make_finding(
        first(article), **words, target_spans=[[9, 10]], values={"words": "y", "target 0": "a"}
    )
    whole = make_finding(first(article), **words)
    for row in (gone, stays, whole):
        row.fingerprint = service_fingerprint(row)
        row.save()
    correction = submit(article, "Hier, l’édile a parlé.", by=rosa)
    assert set(Finding.objects.filter(hidden_by=correction, finder="tool")) == {gone}
    approve(correction, by=edith)
    work()
    for row in (gone, stays, whole):
        row.refresh_from_db()
    assert (gone.status, stays.status, whole.status) == ("closed", "open", "open")
    assert stays.target_spans == [[14, 15]]


def service_fingerprint(row):
    from articles.findings.store import fingerprint_of

    return fingerprint_of(row, (row.segment.source_text, row.segment.target_text))


def test_a_finding_in_a_corrected_text_becomes_a_flag_without_a_place_in_the_machines(
    article, rosa, edith, client
):
    approve(submit(article, "L’édile de de la ville a parlé.", by=rosa), by=edith)
    work()
    segment = first(article)
    actions.reopen(segment, by=rosa, revision=segment.revision)
    row = Finding.objects.get(check_id="twice")
    client.force_login(rosa)
    page = client.get(f"/segments/{segment.pk}/")
    assert f'id="finding-{row.pk}"' in page.content.decode()
    sent = {"revision": first(article).revision}
    assert client.post(f"/segments/{segment.pk}/findings/{row.pk}/take/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.flags.get().target_start) == ("taken", None)


def test_a_waiting_correction_says_which_faults_its_text_would_bring(article, rosa, edith, client):
    segment = first(article)
    client.force_login(edith)
    made = actions.submit(segment, by=rosa, revision=1, text="L’édile de de la ville a parlé.")
    pages = (reverse("queue"), reverse("card", args=[segment.pk]))
    for page in pages:
        assert (
            "The checks have not run on this correction yet." in client.get(page).content.decode()
        )
    work()
    for page in pages:
        html = client.get(page).content.decode()
        assert "<b>New:</b> Possible: de de" in html
        assert "have not run on this correction" not in html
    made.refresh_from_db()
    assert made.new_findings == [{"message": "Possible: %(word)s", "values": {"word": "de de"}}]
    actions.withdraw(made, by=rosa, revision=first(article).revision)
    again = submit(article, "L’édile a parlé.", by=rosa)
    again.refresh_from_db()
    assert again.new_finding_texts == [], "what was known of the earlier text is gone"


def test_a_finding_that_was_dismissed_is_not_new_in_a_correction(article, rosa):
    segment = first(article)
    actions.dismiss(finding(), by=rosa, revision=segment.revision, reason="wrong")
    made = submit(article, "Le maire a bien parlé.", by=rosa)
    made.refresh_from_db()
    assert made.new_findings == []


def test_a_correction_that_is_withdrawn_while_it_is_checked_hides_nothing(
    article, rosa, monkeypatch
):
    found_in = corrections.findings_of_text

    def withdrawn_meanwhile(segment, rules, **options):
        found = found_in(segment, rules, **options)
        Correction.objects.update(status="draft")
        return found

    monkeypatch.setattr(corrections, "findings_of_text", withdrawn_meanwhile)
    submit(article, "Il a parlé.", by=rosa)
    assert Correction.objects.get().checked == ""
    assert finding().hidden_by is None


def test_a_dismissed_finding_that_is_restored_after_an_approval_is_checked_again(
    article, rosa, edith
):
    segment = first(article)
    actions.dismiss(finding(), by=rosa, revision=segment.revision, reason="wrong")
    approve(submit(article, "Il a parlé.", by=rosa), by=edith)
    work()
    assert finding().status == "dismissed"
    actions.restore(finding(), by=rosa, revision=first(article).revision)
    assert finding().status == "open"
    work()
    assert finding().status == "closed", "its words are no longer in the text in force"


def accept(article, client):
    """Accept the finding of the first segment, as the page does."""
    segment = first(article)
    address = reverse("take", args=[segment.pk, finding().pk])
    assert client.post(address, {"revision": segment.revision}).status_code == 302


def test_an_accepted_finding_that_a_correction_leaves_is_told_wherever_it_is_decided(
    article, rosa, edith, client
):
    client.force_login(edith)
    accept(article, client)
    correction = submit(article, "Le bon maire a parlé.", by=rosa)
    told = "The checks still find this in the correction"
    for page in (reverse("queue"), reverse("card", args=[first(article).pk])):
        assert told in client.get(page).content.decode()
    correction.refresh_from_db()
    assert correction.new_finding_texts == [], "it is not new"
    approve(correction, by=edith)
    for check_again in (lambda: None, work):  # it is told at once, and after the next check
        check_again()
        card = client.get(reverse("card", args=[first(article).pk])).content.decode()
        assert "The checks still find this in the text" in card
        assert "corrected</" not in card
    page = client.get(reverse("sign_off", args=[article.pk])).content.decode()
    assert "1 accepted finding is still in the text" in page
    assert "Possible: maire" in page
    actions.reopen(first(article), by=rosa, revision=first(article).revision)
    approve(submit(article, "L’édile a parlé.", by=rosa), by=edith)
    work()
    page = client.get(reverse("sign_off", args=[article.pk])).content.decode()
    assert "still in the text" not in page


def test_a_flag_whose_words_a_correction_leaves_says_so(article, rosa, edith, client):
    segment = first(article)
    make_flag(segment, by=edith, severity="minor", target_start=0, target_end=2)
    client.force_login(edith)
    kept = submit(article, "Le maire a parlé hier.", by=rosa)
    card = reverse("card", args=[segment.pk])
    assert "This correction does not change it" in client.get(card).content.decode()
    actions.withdraw(kept, by=rosa, revision=first(article).revision)
    submit(article, "Un maire a parlé.", by=rosa)
    assert "This correction does not change it" not in client.get(card).content.decode()


def test_a_correction_that_mends_a_fault_beside_the_marked_words_may_be_approved(
    article, rosa, edith, client, monkeypatch
):
    """*Le maire n’est pas parti* has the lost “not” back; the mark was on *maire*."""
    use_checks(monkeypatch, target_check("mayors", "maire", unless="pas"))
    client.force_login(edith)
    accept(article, client)
    card = reverse("card", args=[first(article).pk])
    told = "This correction does not change it"

    kept = submit(article, "Le maire a parlé, hier.", by=rosa)
    assert told in client.get(card).content.decode()
    with pytest.raises(workflow.Refused):
        approve(kept, by=edith)
    actions.withdraw(kept, by=rosa, revision=first(article).revision)

    segment = first(article)
    mended = actions.submit(
        segment, by=rosa, revision=segment.revision, text="Le maire n’a pas parlé."
    )
    assert told not in client.get(card).content.decode(), "not before the checks have read it"
    work()
    assert told not in client.get(card).content.decode()
    mended.refresh_from_db()
    approve(mended, by=edith)
    mended.refresh_from_db()
    assert mended.status == Correction.Status.APPROVED


def test_what_another_tool_found_is_not_mended_because_our_checks_are_silent(article, rosa, edith):
    theirs = make_finding(first(article), finder="their tool", target_spans=[[0, 2]], caret=None)
    make_flag(
        first(article), by=edith, finding=theirs, severity="major", target_start=0, target_end=2
    )
    kept = submit(article, "Le maire a parlé hier.", by=rosa)
    with pytest.raises(workflow.Refused):
        approve(kept, by=edith)
