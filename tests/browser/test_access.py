"""axe finds nothing on any page or state, in light and dark, wide and narrow; and nothing scrolls sideways."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import (
    Article,
    Correction,
    Import,
    ImportFile,
    Segment,
    Team,
    Term,
    UnplacedSegment,
)
from articles.review import actions
from tests.browser.hands import address, press
from tests.factories import make_article, make_correction, make_finding, make_flag

pytestmark = pytest.mark.browser

STATES = ["", "f", "e", "x", "h", "?"]


@pytest.fixture
def busy(article: Article, rosa: Any, edith: Any) -> Article:
    """The article with a flag, a finding beside it, a waiting, an approved and a rejected correction."""
    one, two, three, four, _five = article.segments.order_by("position")
    make_flag(
        one,
        by=rosa,
        source_start=3,
        source_end=12,
        source_quote="nAI has a",
        caret=0,
        comment="Gone.",
    )
    make_correction(two, by=rosa, text="Nous restons éveillés tard.", status="submitted")
    make_correction(
        three, by=rosa, text="Une étoile brillante.", status="approved", decided_by=edith
    )
    make_correction(four, by=rosa, text="Nul n’a ri.", status="rejected", decided_by=edith)
    make_finding(
        four,
        target_spans=[[0, 8]],
        status="dismissed",
        decided_by=rosa,
        decided_at=one.article.created_at,
    )
    for segment, status in ((one, "flagged"), (two, "waiting"), (three, "done")):
        Segment.objects.filter(pk=segment.pk).update(status=status)
    return article


def test_the_desk_in_every_state(visit: Any, look: Any, busy: Article) -> None:
    page = visit("rosa", reverse("desk", args=[busy.pk]))
    for key in STATES:
        press(page, "j")
        press(page, "k")
        if key:
            press(page, key)
            page.locator(".segment.open, dialog[open]").first.wait_for()
        # What is open is the same in each width; only the desk at rest is not.
        look(page, everywhere=not key)
        press(page, "Escape")
        page.locator(".segment.open, dialog[open]").first.wait_for(state="detached")
    page.locator(".introduction summary").click()
    press(page, "H")
    page.locator("#panel .events").wait_for()
    look(page, everywhere=True)


def test_the_other_pages(visit: Any, look: Any, busy: Article, live_server: Any) -> None:
    segment = busy.segments.get(position=2)
    page = visit("edith", "/")
    paths = [
        "/",
        reverse("article_history", args=[busy.pk]),
        reverse("read", args=[busy.pk]) + "?changes=on",
        reverse("sign_off", args=[busy.pk]),
        reverse("replace", args=[busy.pk]) + "?find=une&replace=la",
        reverse("concordance") + "?q=une",
        reverse("card", args=[segment.pk]),
        reverse("reject", args=[segment.pk, segment.corrections.get().pk]),
        reverse("exports", args=[busy.pk]),
        "/password/",
        "/preferences/",
        "/shortcuts/",
        "/nowhere/",
    ]
    for path in paths:
        page.goto(live_server.url + path)
        look(page)
    page.context.clear_cookies()
    page.goto(live_server.url)
    look(page)


def test_the_account_menu_opens_by_keyboard_and_without_a_script(
    visit: Any, look: Any, article: Article, live_server: Any
) -> None:
    page = visit("rosa", "/", java_script_enabled=False)
    page.locator("[popovertarget=account]").focus()
    press(page, "Enter")
    page.locator("#account").wait_for()
    press(page, "Escape")
    page.locator("#account").wait_for(state="hidden")
    press(page, "Enter")
    page.locator("#account [value=dark]").click()
    page.locator(":root[data-scheme=dark]").wait_for()
    page = visit("rosa", "/")
    page.locator("[popovertarget=account]").click()
    look(page)


def test_the_pages_of_an_admin(
    visit: Any, look: Any, busy: Article, ada: Any, live_server: Any
) -> None:
    page = visit("ada", "/people/")
    look(page)
    term = Term.objects.create(source="strike", target="grève", note="labour")
    pages = [reverse("invite"), reverse("assign", args=[busy.pk])]
    pages += [f"{reverse('glossary')}?add=1&article={busy.pk}", reverse("import_terms")]
    pages += [reverse("edit_term", args=[term.pk]), reverse("delete_term", args=[term.pk])]
    pages.append(reverse("person", args=[ada.pk]))  # the only admin: much of it is disabled
    pages.append(reverse("team", args=[busy.team_id]))
    pages.append(reverse("blind_review", args=[make_article(title="Untouched").pk]))
    pages.append(reverse("admin:articles_term_add"))  # its choice of an article comes by script
    for path in pages:
        page.goto(live_server.url + path)
        look(page)


def test_the_pages_of_what_came_by_files(
    visit: Any, look: Any, busy: Article, rosa: Any, live_server: Any
) -> None:
    earlier = make_article([("The star of the year.", "L’étoile de l’année.")]).segments.get()
    make_flag(earlier, by=rosa, target_start=2, target_end=8, target_quote="étoile", comment="No.")
    make_correction(earlier, by=rosa, text="La star de l’année.", status="submitted")
    suggestion = busy.segments.get(position=3)
    UnplacedSegment.objects.create(article=busy, segment=earlier, suggestion=suggestion)
    waiting = Correction.objects.get(segment__article=busy, status="submitted")
    Correction.objects.filter(pk=waiting.pk).update(
        claim="approved", claimed_by="otto", claimed_at=timezone.now(), claim_file="star.xlf"
    )
    job = Import.objects.create(team=Team.objects.first_team(), by=rosa, status="done")
    values = {"name": "alone.en.txt", "language": "en", "by": rosa, "waiting": True}
    ImportFile.objects.create(job=job, format="text", text="Nobody laughed.", **values)
    page = visit("edith", "/")
    for path in (
        reverse("rename", args=[busy.pk]),
        reverse("claims", args=[busy.pk]),
        reverse("unplaced", args=[busy.pk]),
        reverse("imports"),
        reverse("revise", args=[waiting.segment_id, waiting.pk]),
    ):
        page.goto(live_server.url + path)
        look(page)


def conflict(page: Any, article: Article, rosa: Any) -> None:
    """Open an editor, let somebody else send a correction meanwhile, and send."""
    segment = article.segments.get(position=5)
    actions.submit(segment, by=rosa, revision=segment.revision, text="Lire davantage…")
    page.locator("textarea").fill("Lire tout…")
    press(page, "Control+Enter")
    page.locator(".conflict").wait_for()


def test_filters_pairing_and_conflicts(
    visit: Any, look: Any, busy: Article, rosa: Any, live_server: Any
) -> None:
    desk, pairing = address(busy), reverse("pairing", args=[busy.segments.get(position=4).pk])
    page = visit("edith", desk)
    states = [
        (desk + "?filter=flagged&order=risk", [], ".segment"),
        (desk + "?search=zebra", [], ".found"),
        (desk, ["o", "o", "v"], ".segment"),
        (desk, ["Enter", "o", "j", "w", "Shift+ArrowRight", "f"], "form.flagging"),
        (pairing, [], ".ways"),
        (pairing + "?act=merge", [], "form .primary"),
        (pairing + "?act=split", [], ".ways"),
        (desk, ["g", "5", "Enter"], ".segment.current"),
        (reverse("edit", args=[busy.segments.get(position=5).pk]), [], "textarea"),
    ]
    for path, keys, shows in states:
        page.goto(live_server.url + path)
        press(page, *keys)
        page.locator(shows).first.wait_for()
        look(page)
    conflict(page, busy, rosa)
    look(page)
