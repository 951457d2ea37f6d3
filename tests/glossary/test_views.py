"""The page of the glossary: who sees and changes what, with and without JavaScript, and what two people do at once."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.formats.xml import termbase
from articles.glossary import actions, queries
from articles.models import AuditEntry, Membership, Team, Term
from articles.text.glossary import Entry
from tests.factories import make_article, make_person

HTMX = {"HX-Request": "true"}
PAGE = reverse("glossary")
IMPORT = reverse("import_terms")


@pytest.fixture
def toni(db: None) -> Any:
    """Toni manages terms: a role of an installation's own."""
    role = Group.objects.create(name="Terminologists")
    codes = ("add_term", "change_term", "delete_term")
    role.permissions.add(*Permission.objects.filter(codename__in=codes))
    return make_person("toni", role="Terminologists")


@pytest.fixture
def page(client: Any, toni: Any) -> Any:
    client.force_login(toni)
    return client


def filled(source: str, target: str = "", **more: str) -> dict[str, str]:
    """The fields of a term as a form sends them."""
    languages = {"source_language": "en", "target_language": "fr"}
    return {"source": source, "target": target, "note": "", **languages, **more}


def text_of(response: Any) -> str:
    return str(response.content.decode())


def listed(response: Any) -> list[str]:
    """The terms that a page shows, in its order."""
    return [term.source for term, _rights in response.context["rows"]]


# ── who sees it, and who changes it ──────────────────────────────────────────


def test_who_reviews_sees_the_glossary_without_buttons_and_who_manages_it(
    client: Any, rosa: Any, toni: Any, ada: Any
) -> None:
    term = Term.objects.create(source="strike", target="grève|arrêt", note="labour")
    User.objects.filter(pk=toni.pk).update(first_name="Toni", last_name="Berg")
    client.force_login(rosa)
    shown = client.get(PAGE)
    for words in (
        "strike",
        "grève / arrêt",
        "labour",
        "Terms are added and changed by: ada, Toni Berg.",
    ):
        assert words in text_of(shown)
    main = text_of(shown).split("<main")[1]
    for absent in ('method="post"', reverse("edit_term", args=[term.pk]), IMPORT):
        assert absent not in main
    assert reverse("glossary") in text_of(client.get("/checks/"))


def test_who_may_not_change_terms_is_refused(client: Any, rosa: Any, edith: Any) -> None:
    term = Term.objects.create(source="strike", target="grève")
    upload = {"upload": SimpleUploadedFile("a.csv", b"a,b"), "source_language": "en"}
    for person in (rosa, edith):
        client.force_login(person)
        answers = [
            client.post(PAGE, filled("mayor", "maire")),
            client.get(reverse("edit_term", args=[term.pk])),
            client.post(reverse("edit_term", args=[term.pk]), filled("strike", "x")),
            client.post(reverse("delete_term", args=[term.pk])),
            client.get(IMPORT),
            client.post(IMPORT, {**upload, "target_language": "fr"}),
        ]
        assert [answer.status_code for answer in answers] == [403] * 6
    assert [str(each) for each in Term.objects.all()] == ["strike → grève"]


def test_who_has_no_role_sees_no_term(client: Any, db: None) -> None:
    client.force_login(make_person("nora"))
    assert client.get(PAGE).status_code == 403
    assert client.get(reverse("export_terms", args=["csv"])).status_code == 403


def test_terms_of_another_teams_article_are_not_there(page: Any, toni: Any) -> None:
    other = Team.objects.create(name="Sports")
    hidden = make_article(title="Zanzibar", team=other)
    term = Term.objects.create(source="goal", target="but", article=hidden)
    assert "goal" not in text_of(page.get(PAGE))
    assert "Zanzibar" not in text_of(page.get(PAGE))
    for answer in (
        page.get(PAGE, {"scope": hidden.pk}),
        page.get(reverse("edit_term", args=[term.pk])),
        page.post(reverse("delete_term", args=[term.pk])),
        page.post(PAGE, filled("penalty", article=str(hidden.pk), scope="article")),
        page.get(reverse("export_terms", args=["csv"]), {"article": hidden.pk}),
    ):
        assert answer.status_code == 404
    # Who reads the article and has the permission in another team only does not change its terms.
    readers = Group.objects.get(name="Readers")
    Membership.objects.create(person=toni, team=other, role=readers)
    assert "goal" in text_of(page.get(PAGE))
    assert page.post(reverse("delete_term", args=[term.pk])).status_code == 403
    assert Term.objects.filter(pk=term.pk).exists()


# ── the list ─────────────────────────────────────────────────────────────────


def test_terms_are_found_in_all_they_say_and_stand_by_term(page: Any) -> None:
    Term.objects.create(source="Zebra", target="zèbre")
    Term.objects.create(source="apple", target="pomme", note="not the company (a+b)*")
    Term.objects.create(source="school", target="École")
    assert listed(page.get(PAGE)) == ["apple", "school", "Zebra"]
    cases = {"zebra": ["Zebra"], "pomme": ["apple"], "école": ["school"], "(a+b)*": ["apple"]}
    cases |= {"100%": [], "\0": [], ".*": []}
    for words, found in cases.items():
        assert listed(page.get(PAGE, {"q": words})) == found, words


def test_the_list_shows_the_glossary_of_the_site_or_of_an_article(page: Any) -> None:
    article = make_article()
    Term.objects.create(source="strike", target="grève")
    Term.objects.create(source="mayor", target="maire", article=article)
    assert listed(page.get(PAGE)) == ["mayor", "strike"]
    assert listed(page.get(PAGE, {"scope": "site"})) == ["strike"]
    assert listed(page.get(PAGE, {"scope": article.pk})) == ["mayor"]
    assert listed(page.get(PAGE, {"scope": "²"})) == ["mayor", "strike"]


def test_a_long_glossary_has_pages_and_costs_the_same(
    page: Any, django_assert_max_num_queries: Any
) -> None:
    article = make_article()
    for number in range(120):
        Term.objects.create(source=f"term {number:03}", article=article if number % 2 else None)
    with django_assert_max_num_queries(14):
        second = page.get(PAGE, {"page": "2", "q": "term"})
    assert listed(second) == [f"term {number:03}" for number in range(50, 100)]
    assert "?page=3&amp;q=term" in text_of(second)


# ── adding ───────────────────────────────────────────────────────────────────


def test_a_term_is_added_and_logged(page: Any, toni: Any) -> None:
    answer = page.post(
        PAGE, filled("  town   hall ", " mairie | hôtel  de ville || mairie "), follow=True
    )
    term = Term.objects.get()
    assert (term.source, term.target) == ("town hall", "mairie|hôtel de ville")
    assert "Added: town hall" in text_of(answer)
    entry = AuditEntry.objects.get()
    assert (entry.kind, entry.person) == ("glossary", toni)
    assert entry.details == "+ town hall → mairie|hôtel de ville"


def test_after_a_term_is_added_the_page_shows_it(page: Any) -> None:
    Term.objects.bulk_create([Term(source=f"term {number:03}") for number in range(120)])
    answer = page.post(PAGE, filled("Term 070x"), follow=True)
    assert "Term 070x" in listed(answer)


def test_a_term_that_is_there_is_refused_with_it(page: Any) -> None:
    Term.objects.create(source="strike", target="grève")
    answer = page.post(PAGE, filled("strike", "arrêt"))
    assert answer.status_code == 422
    assert "The glossary already has this term: strike → grève." in text_of(answer)
    assert 'value="arrêt"' in text_of(answer)
    # It is another term for another language, or for one article.
    article = make_article()
    page.post(PAGE, filled("strike", "Streik", target_language="de"))
    page.post(PAGE, filled("strike", "arrêt", article=str(article.pk), scope="article"))
    assert Term.objects.count() == 3
    assert Term.objects.get(target="arrêt").article == article


def test_an_over_long_term_stays_in_the_form(page: Any) -> None:
    answer = page.post(PAGE, filled("x" * 201, "grève"))
    assert answer.status_code == 422
    assert "at most 200 characters" in text_of(answer)
    assert not Term.objects.exists()
    assert page.post(PAGE, filled("", "grève")).status_code == 422


def test_a_link_fills_the_form(page: Any) -> None:
    article = make_article()
    asked = {"add": "1", "article": article.pk, "source": "town  hall", "target": "<b>"}
    shown = text_of(page.get(PAGE, asked))
    assert '<details class="add-term" id="add" open>' in shown
    assert 'value="town hall"' in shown
    assert 'value="&lt;b&gt;"' in shown
    assert f"“{article.headline}” only" in shown
    added = page.post(
        PAGE, filled("mayor", "maire", article=str(article.pk), scope="site"), follow=True
    )
    assert f'href="{reverse("desk", args=[article.pk])}"' in text_of(added)
    assert Term.objects.get().article is None


# ── changing ─────────────────────────────────────────────────────────────────


def seen_in(response: Any) -> str:
    return str(response.context["seen"])


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_term_is_changed_in_its_row_or_on_a_page(page: Any, headers: dict[str, str]) -> None:
    term = Term.objects.create(source="strike", target="grève")
    address = reverse("edit_term", args=[term.pk])
    form = page.get(address, {"query": "q=str"}, headers=headers)
    assert ("<html" in text_of(form)) is not bool(headers)
    values = filled("strike", "arrêt de travail", note="labour", seen=seen_in(form), query="q=str")
    answer = page.post(address, values, headers=headers)
    term.refresh_from_db()
    assert (term.target, term.note) == ("arrêt de travail", "labour")
    if headers:
        assert text_of(answer).lstrip().startswith("<tr>")
        assert "Saved." in text_of(answer)
    else:
        assert answer.url == f"{PAGE}?q=str"
    assert AuditEntry.objects.get().details == "± strike → grève ⇒ strike → arrêt de travail"


def test_saving_a_term_as_it_is_is_no_change(page: Any) -> None:
    term = Term.objects.create(source="strike", target="grève", target_language="zu")
    address = reverse("edit_term", args=[term.pk])
    form = page.get(address)
    assert '<option value="zu" selected>zu</option>' in text_of(form)
    page.post(address, filled("strike", "grève", seen=seen_in(form), target_language="zu"))
    assert not AuditEntry.objects.exists()


def test_the_row_comes_back_unchanged(page: Any) -> None:
    term = Term.objects.create(source="strike", target="grève")
    row = page.get(reverse("edit_term", args=[term.pk]), {"row": "1"}, headers=HTMX)
    assert "<form" not in text_of(row)
    assert "grève" in text_of(row)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_of_two_who_edit_a_term_the_second_sees_both(page: Any, headers: dict[str, str]) -> None:
    term = Term.objects.create(source="strike", target="grève")
    address = reverse("edit_term", args=[term.pk])
    seen = seen_in(page.get(address))
    page.post(address, filled("strike", "arrêt", seen=seen))
    answer = page.post(address, filled("strike", "débrayage", seen=seen), headers=headers)
    assert answer.status_code == 409
    assert "<b>arrêt</b>" in text_of(answer)
    assert 'value="débrayage"' in text_of(answer)
    assert Term.objects.get().target == "arrêt"
    again = page.post(address, filled("strike", "débrayage", seen=seen_in(answer)), headers=headers)
    assert again.status_code in (200, 302)
    assert Term.objects.get().target == "débrayage"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_what_was_typed_into_a_deleted_term_is_kept(page: Any, headers: dict[str, str]) -> None:
    term = Term.objects.create(source="strike", target="grève")
    address = reverse("edit_term", args=[term.pk])
    seen = seen_in(page.get(address))
    page.post(reverse("delete_term", args=[term.pk]), {"seen": seen})
    answer = page.post(address, filled("strike", "arrêt & fin", seen=seen), headers=headers)
    assert answer.status_code == 409
    assert "target=arr%C3%AAt%20%26%20fin" in text_of(answer)


def test_a_term_does_not_become_another_one(page: Any) -> None:
    Term.objects.create(source="strike", target="grève")
    term = Term.objects.create(source="walkout", target="débrayage")
    address = reverse("edit_term", args=[term.pk])
    answer = page.post(address, filled("strike", "x", seen=seen_in(page.get(address))))
    assert answer.status_code == 422
    assert "already has this term: strike → grève" in text_of(answer)


def test_what_the_database_refuses_is_a_sentence(page: Any, toni: Any) -> None:
    Term.objects.create(source="strike", target="grève")
    twin = Term(source="strike", target="arrêt")
    with pytest.raises(actions.Refused, match="already has this term"):
        actions.add_term(twin, by=toni)
    changes = actions.TermChanges(new=[twin])
    with pytest.raises(actions.Refused, match="at the same time"):
        actions.store_changes(changes, name="a.csv", by=toni)
    gone = Term(pk=999_999, source="walkout")
    for act in (actions.change_term, actions.delete_term):
        with pytest.raises(actions.Refused, match="deleted this term"):
            act(gone, seen="", by=toni)
    assert not AuditEntry.objects.exists()


def refuse(*_given: Any, **_named: Any) -> int:
    raise actions.Refused("Somebody was faster.")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_refusal_keeps_what_was_typed(
    page: Any, monkeypatch: Any, headers: dict[str, str]
) -> None:
    term = Term.objects.create(source="strike", target="grève")
    address = reverse("edit_term", args=[term.pk])
    seen = seen_in(page.get(address))
    for name in ("add_term", "change_term", "store_changes"):
        monkeypatch.setattr(actions, name, refuse)
    answers = [
        page.post(PAGE, filled("walkout", "débrayage"), headers=headers),
        page.post(address, filled("strike", "débrayage", seen=seen), headers=headers),
        upload(page, b"a,b", "import", headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [422, 409, 409]
    for answer in answers:
        assert "Somebody was faster." in text_of(answer)
    for answer in answers[:2]:
        assert 'value="débrayage"' in text_of(answer)


# ── deleting ─────────────────────────────────────────────────────────────────


def test_a_term_is_deleted_when_that_is_confirmed(page: Any) -> None:
    term = Term.objects.create(source="strike", target="grève")
    address = reverse("delete_term", args=[term.pk])
    asked = page.get(address, {"query": "page=2"})
    assert "No checked article contains it." in text_of(asked)
    assert Term.objects.exists()
    answer = page.post(address, {"query": "page=2", "seen": seen_in(asked)})
    assert answer.url == f"{PAGE}?page=2"
    assert not Term.objects.exists()
    assert AuditEntry.objects.get().details == "− strike → grève"
    assert page.get(address).status_code == 409


def test_who_deletes_a_term_that_was_changed_meanwhile_is_asked_again(page: Any) -> None:
    term = Term.objects.create(source="strike", target="grève")
    address = reverse("delete_term", args=[term.pk])
    seen = seen_in(page.get(address))
    Term.objects.update(target="arrêt")
    asked = page.post(address, {"query": "page=2", "seen": seen})
    assert asked.status_code == 409
    assert "Somebody has changed this term meanwhile." in text_of(asked)
    assert "arrêt" in text_of(asked)
    assert Term.objects.exists()
    assert not AuditEntry.objects.exists()
    answer = page.post(address, {"query": "page=2", "seen": seen_in(asked)})
    assert answer.url == f"{PAGE}?page=2"
    assert AuditEntry.objects.get().details == "− strike → arrêt"


# ── files ────────────────────────────────────────────────────────────────────


def upload(page: Any, data: bytes, act: str, name: str = "words.csv", **more: Any) -> Any:
    values = {"source_language": "en", "target_language": "fr", "act": act}
    headers = more.pop("headers", {})
    file = SimpleUploadedFile(name, data)
    return page.post(IMPORT, {**values, "upload": file, **more}, headers=headers)


def test_a_file_is_looked_at_and_then_imported(page: Any) -> None:
    Term.objects.create(source="strike", target="grève")
    Term.objects.create(source="mayor", target="maire")
    data = "strike,arrêt\nmayor,maire\nSora".encode()
    for headers in ({}, HTMX):
        looked = upload(page, data, "preview", headers=headers)
        assert "Nothing is saved yet. New terms: 1; changed: 1; unchanged: 1." in text_of(looked)
        assert "<del>grève</del> <ins>arrêt</ins>" in text_of(looked)
    assert Term.objects.count() == 2
    assert upload(page, data, "import").url == PAGE
    assert AuditEntry.objects.get().details == "→ words.csv: + 1, ± 1, = 1"
    again = upload(page, data, "import", headers=HTMX)
    assert again.headers["HX-Redirect"] == PAGE
    assert "New terms: 0; changed: 0; unchanged: 3." in text_of(page.get(PAGE))


@pytest.mark.parametrize("meanwhile", ["changed", "deleted", "added"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_file_overwrites_nothing_that_it_was_not_compared_with(
    page: Any, monkeypatch: pytest.MonkeyPatch, meanwhile: str, headers: dict[str, str]
) -> None:
    Term.objects.create(source="strike", target="grève")

    def compare(*args: Any, **options: Any) -> actions.TermChanges:
        changes = compare_entries(*args, **options)
        rows = Term.objects.filter(source="strike")
        if meanwhile == "changed":
            rows.update(target="débrayage")
        elif meanwhile == "deleted":
            rows.delete()
        else:
            Term.objects.create(source="mayor", target="édile")
        return changes

    compare_entries = actions.compare_entries
    monkeypatch.setattr(actions, "compare_entries", compare)
    answer = upload(page, "strike,arrêt\nmayor,maire".encode(), "import", headers=headers)
    assert answer.status_code == 409
    assert "Please import again." in text_of(answer)
    assert ("<html" in text_of(answer)) is not bool(headers), "htmx replaces the report alone"
    assert not Term.objects.filter(target__in=["arrêt", "maire"]).exists()
    assert not AuditEntry.objects.exists()


def test_a_file_for_one_article_changes_no_other_glossary(page: Any) -> None:
    article = make_article()
    Term.objects.create(source="strike", target="grève")
    answer = upload(page, "strike,arrêt".encode(), "import", article=article.pk)
    assert answer.url == f"{PAGE}?scope={article.pk}"
    own = page.get(PAGE, {"scope": article.pk})
    assert listed(own) == ["strike"]
    assert f'href="{IMPORT}?article={article.pk}"' in text_of(own)
    assert "Into the terms of “" in text_of(page.get(IMPORT, {"article": article.pk}))
    assert Term.objects.get(article=None).target == "grève"


def test_a_bad_file_is_refused_with_its_line(page: Any) -> None:
    for headers in ({}, HTMX):
        answer = upload(page, b"a,b\n,c", "import", headers=headers)
        assert answer.status_code == 422
        assert "line 2: this row has a translation and no term" in text_of(answer)
    assert page.post(IMPORT, {"act": "import"}).status_code == 422
    assert not Term.objects.exists()


@pytest.mark.parametrize("format", ["csv", "tbx"])
def test_an_exported_glossary_comes_back_the_same(page: Any, format: str) -> None:
    Term.objects.create(source="strike", target="grève|arrêt", note="=labour")
    Term.objects.create(source="walk & talk", target="<i>")
    Term.objects.create(source="strike", target="Streik", target_language="de")
    address = reverse("export_terms", args=[format])
    answer = page.get(address, {"from": "en", "to": "fr"})
    assert f'filename="glossary-en-fr.{format}"' in answer.headers["Content-Disposition"]
    name = f"words.{format}"
    entries = termbase.read(io.BytesIO(answer.content), name=name, languages=("en", "fr"))
    assert entries == [Entry("strike", "grève|arrêt", "=labour"), Entry("walk & talk", "<i>")]
    changes = actions.compare_entries(entries, languages=("en", "fr"), article=None)
    assert changes.counts == {"new": 0, "changed": 0, "same": 2}
    assert page.get(reverse("export_terms", args=["doc"])).status_code == 404


def test_the_page_offers_a_file_for_each_pair_of_languages(page: Any) -> None:
    Term.objects.create(source="strike", target="grève")
    Term.objects.create(source="Sora", source_language="", target_language="")
    shown = text_of(page.get(PAGE))
    assert "English → French" in shown
    assert "?from=en&amp;to=fr" in shown
    assert "any language → any language" in shown
    assert queries.language_pairs(Term.objects.all()) == [("", ""), ("en", "fr")]
