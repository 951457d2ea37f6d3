"""Drafts and corrections that are sent: what is kept, what is shown, and what is asked about."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from articles.models import Correction, Segment
from articles.review.forms import stray_ending
from tests.factories import make_finding, make_flag, make_segment
from tests.review.editor import BEFORE, HTMX, MINE, draft, send


def test_typing_keeps_a_draft_and_shows_the_redline(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    response = draft(client, segment, MINE, headers=HTMX)
    assert response.status_code == 200
    assert response.content.decode().strip().startswith(f'<div id="redline-{segment.pk}"')
    assert "<ins> soir</ins>" in response.content.decode()
    segment.refresh_from_db()
    assert segment.revision == 1
    page = client.get(reverse("edit", args=[segment.pk])).content.decode()
    assert f">\n{MINE}</textarea>" in page
    assert (
        "You have a draft correction."
        in client.get(reverse("desk", args=[segment.article_id])).content.decode()
    )


def test_a_draft_without_htmx_returns_to_the_editor(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    assert draft(client, segment, MINE)["Location"] == reverse("edit", args=[segment.pk])


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_draft_that_cannot_be_kept_says_so(
    client: Any, otto: Any, segment: Segment, headers: Any
) -> None:
    client.force_login(otto)
    response = draft(client, segment, MINE, headers=headers)
    assert response.status_code == 403
    assert "Only reviewers can do this" in response.content.decode()
    assert "soir" in response.content.decode()


def test_an_impossible_draft_is_422(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    assert draft(client, segment, "a\0b", headers=HTMX).status_code == 422


def test_a_draft_can_be_thrown_away(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    draft(client, segment, MINE)
    client.post(reverse("discard", args=[segment.pk]), {"revision": 1})
    assert not Correction.objects.exists()


def test_the_documents_line_ends_are_kept(client: Any, rosa: Any) -> None:
    windows, unix = make_segment("A b.", "Un.\r\nDeux."), make_segment("C d.", "Un.\nDeux.")
    client.force_login(rosa)
    for segment in (windows, unix):
        send(client, segment, "Un.\r\nTrois.")
    assert list(Correction.objects.order_by("pk").values_list("text", flat=True)) == [
        "Un.\r\nTrois.",
        "Un.\nTrois.",
    ]


def test_invisible_control_characters_go(client: Any, rosa: Any) -> None:
    """Copied out of a PDF; a text that came with some keeps them."""
    plain, odd = make_segment("A b.", "Un."), make_segment("C d.", "Deux\x1e.")
    client.force_login(rosa)
    send(client, plain, "U\x02n\x1e deux.\tTrois\x7f.")
    send(client, odd, "Deux\x1e trois.")
    texts = Correction.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Un deux.\tTrois.", "Deux\x1e trois."]


def test_an_empty_text_takes_the_words_out(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    assert send(client, segment, "").status_code == 200
    assert f"<del>{BEFORE}</del>" in client.get(reverse("card", args=[segment.pk])).content.decode()


def test_the_editor_begins_at_the_newest_flag(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    address = reverse("edit", args=[segment.pk])
    assert "data-from" not in client.get(address).content.decode()
    make_flag(segment, by=rosa, target_start=3, target_end=8, target_quote="maire")
    assert 'data-from="3" data-to="8"' in client.get(address).content.decode()
    make_flag(segment, by=rosa, caret=8)
    make_flag(segment, by=rosa, caret=0, needs_locating=True)
    make_flag(segment, by=rosa)
    assert 'data-from="9" data-to="9"' in client.get(address).content.decode()
    shown = reverse("card", args=[segment.pk])
    assert 'data-flagged="9 9"' in client.get(shown).content.decode()
    draft(client, segment, MINE)
    assert "data-from" not in client.get(address).content.decode()
    assert "data-flagged" not in client.get(shown).content.decode()


def test_a_correction_has_a_limit(client: Any, rosa: Any, segment: Segment) -> None:
    client.force_login(rosa)
    text = "mot " * 5_001
    response = draft(client, segment, text)
    assert response.status_code == 422
    page = response.content.decode()
    assert "A correction has at most 20000 characters; this text has 20003." in page
    assert text.strip() in page


def test_letters_after_the_last_sentence_are_asked_about_once(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    response = send(client, segment, f"{MINE}j")
    page = response.content.decode()
    assert response.status_code == 422
    assert "“j” stands after the last sentence. If it is meant, submit again." in page
    assert f">\n{MINE}j</textarea>" in page
    assert not Correction.objects.filter(status="submitted").exists()
    # Other letters than those that were asked about are a new question.
    assert send(client, segment, f"{MINE} x", ending="j").status_code == 422
    assert '<input type="hidden" name="ending" value="j"' in page
    assert send(client, segment, f"{MINE}j", ending="j").status_code == 200
    assert Correction.objects.get(status="submitted").text == f"{MINE}j"


def test_an_ending_that_is_no_stray_key_is_not_asked_about(db: Any) -> None:
    before = "Le maire a parlé."
    for text in (
        before,
        "Il dort. Il mange.",
        "Il a parlé à 10 h",
        "Qui ? Lui",
        "",
        "Il a dit : « non. »",
    ):
        assert stray_ending(text, before, before) == ""
    assert stray_ending("Vitamine. C", "Vitamine C", "Vitamine C") == ""
    for text in ("Il a parlé.j", "Il a parlé. e", "Il a parlé !3", "« Il a parlé. »dd "):
        assert stray_ending(text, before, before)


def test_what_is_said_of_the_translation_stays_beside_the_editor(
    client: Any, rosa: Any, segment: Segment
) -> None:
    """The editor stands in the place of the translation; nothing moves below the source."""
    make_finding(segment, source_spans=[[0, 3]], caret=None, values={"words": "The"})
    make_finding(
        segment,
        check_id="doubled",
        type="Grammar",
        message="A slip.",
        source_spans=[],
        target_spans=[[3, 8]],
        caret=None,
    )
    make_flag(segment, by=rosa, target_start=3, target_end=8, target_quote="maire", comment="Who?")
    client.force_login(rosa)
    html = client.get(reverse("edit", args=[segment.pk]), headers=HTMX).content.decode()
    places = [html.index(words) for words in ("“The” is missing", "<textarea", "A slip.", "Who?")]
    assert places == sorted(places)
    assert html.index("</form>") < html.index("A slip.")


def test_what_the_editor_has_to_say_stands_above_it(
    client: Any, rosa: Any, segment: Segment
) -> None:
    client.force_login(rosa)
    address = f"{reverse('edit', args=[segment.pk])}?remedy=1"
    html = client.get(address, headers=HTMX).content.decode()
    assert html.count("nothing was inserted") == 1
    assert html.index("nothing was inserted") < html.index("<textarea")
