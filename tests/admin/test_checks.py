"""The admin's pages about checks: switches and word lists."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.checks import CHECKS
from articles.models import CheckSwitch, Finding, Term
from articles.review.workflow import Refused
from tests.factories import make_article


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


def said(response):
    return [str(message) for message in response.context["messages"]]


SWITCHES = reverse("admin:articles_checkswitch_changelist")
ADD = reverse("admin:articles_checkswitch_add")
CHECK = "dropped"


def test_a_check_is_chosen_by_its_title_and_switched_off(desk):
    assert CHECKS[CHECK].title in desk.get(ADD).content.decode()
    answer = desk.post(ADD, {"check_id": CHECK, "article": ""}, follow=True)
    assert CheckSwitch.objects.get().enabled is False
    assert any("manage.py recheck" in message for message in said(answer))


def test_one_switch_for_the_site_and_one_an_article(desk):
    article = make_article()
    for own in ("", article.pk):
        CheckSwitch.objects.create(check_id=CHECK, article=article if own else None)
        answer = desk.post(ADD, {"check_id": CHECK, "article": own})
        assert "already" in answer.content.decode()
    page = desk.get(SWITCHES).content.decode()
    assert "the whole site" in page
    assert str(article) in page


def test_an_unknown_check_is_refused_but_an_old_row_is_shown(desk):
    assert desk.post(ADD, {"check_id": "no-such-check"}).status_code == 200
    assert not CheckSwitch.objects.exists()
    CheckSwitch.objects.create(check_id="was-here-once")
    assert "was-here-once" in desk.get(SWITCHES).content.decode()


def test_many_are_switched_and_deleted_at_once_and_it_is_said_once(desk):
    rows = [CheckSwitch.objects.create(check_id=each) for each in list(CHECKS)[:3]]
    form = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 3, "_save": "Save"}
    for k, row in enumerate(CheckSwitch.objects.order_by("check_id")):
        form |= {f"form-{k}-id": row.pk, f"form-{k}-enabled": "on"}
    answer = desk.post(SWITCHES, form, follow=True)
    assert CheckSwitch.objects.filter(enabled=True).count() == 3
    assert len([message for message in said(answer) if "recheck" in message]) == 1
    chosen = {
        "action": "delete_selected",
        "_selected_action": [row.pk for row in rows[:2]],
        "post": "yes",
    }
    desk.post(SWITCHES, chosen)
    desk.post(reverse("admin:articles_checkswitch_delete", args=[rows[2].pk]), {"post": "yes"})
    assert not CheckSwitch.objects.exists()


IMPORT = reverse("admin:articles_term_import")


def upload(desk, data, name="words.csv", **fields):
    values = {
        "source_language": "en",
        "target_language": "fr",
        "upload": SimpleUploadedFile(name, data.encode()),
    }
    return desk.post(IMPORT, values | fields, follow=True)


def listed():
    return list(Term.objects.order_by("pk").values_list("source", "target", "article__title"))


def test_a_word_list_is_imported_for_the_site_and_for_an_article(desk):
    article = make_article()
    answer = upload(desk, "strike,grève\nSora")
    assert "New terms: 2; changed: 0; unchanged: 0." in said(answer)
    upload(desk, "strike,arrêt", article=article.pk)
    assert listed() == [
        ("strike", "grève", None),
        ("Sora", "", None),
        ("strike", "arrêt", article.title),
    ]
    page = desk.get(reverse("admin:articles_term_changelist"), {"q": "strike"}).content.decode()
    assert IMPORT in page
    assert "the whole site" in page
    assert article.title in page


@pytest.mark.parametrize("article", ["' OR 1=1 --", "²", "9223372036854775808"])
def test_what_is_no_article_is_refused_with_a_sentence(desk, article):
    answer = upload(desk, "strike,grève", article=article)
    assert answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    assert not Term.objects.exists()


def test_importing_again_changes_only_what_is_new(desk):
    upload(desk, "strike,grève\nSora")
    answer = upload(desk, "term,translation,note\nstrike,grève,\nSora,,a model\nwriter,auteur,")
    assert "New terms: 1; changed: 1; unchanged: 1." in said(answer)
    assert Term.objects.get(source="Sora").note == "a model"


def test_a_bad_word_list_is_refused_with_its_line(desk):
    assert (
        "line 2: this row has a translation and no term" in upload(desk, "a,b\n,c").content.decode()
    )
    assert "This field is required" in desk.post(IMPORT, {}).content.decode()
    assert not listed()


def test_staff_without_the_permission_do_not_import_terms(client, otto):
    otto.is_staff = True
    otto.save()
    client.force_login(otto)
    assert client.get(IMPORT).status_code == 403


def test_terms_are_added_by_hand_once(desk):
    add = reverse("admin:articles_term_add")
    values = {
        "source": "strike",
        "target": "grève",
        "source_language": "en",
        "target_language": "fr",
    }
    assert "No checked article contains it." in said(desk.post(add, values, follow=True))
    assert "already has this term" in desk.post(add, values).content.decode()
    assert [str(each) for each in Term.objects.all()] == ["strike → grève"]
    assert str(Term(source="Sora")) == "Sora"


def test_the_languages_of_a_term_are_written_as_articles_have_them(desk):
    add = reverse("admin:articles_term_add")
    values = {"source": "town  hall", "target": "mairie", "source_language": "EN"}
    desk.post(add, values | {"target_language": "fr-CA"})
    term = Term.objects.get()
    assert (term.source, term.source_language, term.target_language) == ("town hall", "en", "fr")
    assert (
        "already has this term"
        in desk.post(add, values | {"target_language": "FR"}).content.decode()
    )


def test_an_import_that_somebody_overtakes_is_refused_with_a_sentence(desk, monkeypatch):
    def refuse(*_given, **_named):
        raise Refused("Somebody was faster.")

    monkeypatch.setattr("articles.admin.checks.store_changes", refuse)
    assert "Somebody was faster." in upload(desk, "strike,grève").content.decode()


FINDINGS = reverse("admin:articles_finding_import")


def bring(desk, *rows, finder="", **more):
    data = "\n".join(json.dumps(row) for row in rows).encode()
    return desk.post(
        FINDINGS, {"upload": SimpleUploadedFile("found.jsonl", data), "finder": finder, **more}
    )


def test_findings_of_another_tool_are_uploaded(desk):
    article = make_article()
    row = {"article": article.pk, "segment": 1, "type": "Omission"}
    answer = bring(desk, row, row | {"segment": 99}, finder="gap-finder")
    assert said(answer) == ["2 findings: 1 new, 0 already there, 1 not imported."]
    assert "line 2: there is no such segment." in answer.content.decode()
    assert Finding.objects.get().finder == "gap-finder"
    assert "MQM table (WMT)" in desk.get(FINDINGS).content.decode()
    assert FINDINGS in desk.get(reverse("admin:articles_finding_changelist")).content.decode()


def test_looking_first_says_what_would_go(desk):
    article = make_article()
    rows = [
        {"article": article.pk, "segment": 1, "type": "Omission", "check": each} for each in "ab"
    ]
    bring(desk, *rows)
    answer = bring(desk, rows[0], withdraw="on", look="")
    counts = "1 findings: 0 new, 1 already there, 0 not imported. 1 earlier finding of the tool was withdrawn."
    assert said(answer) == [f"Nothing is saved yet. {counts}"]
    assert Finding.objects.count() == 2
    bring(desk, rows[0])
    assert Finding.objects.count() == 2
    bring(desk, rows[0], withdraw="on")
    assert Finding.objects.get().check_id == "a"


def test_a_file_that_holds_no_findings_is_refused_there(desk):
    assert "line 1: “type” should be" in bring(desk, {"segment": 1, "type": 7}).content.decode()
    assert "This field is required" in desk.post(FINDINGS, {}).content.decode()
    assert desk.get(FINDINGS).status_code == 200


def test_staff_without_the_permission_bring_no_findings(client, otto):
    otto.is_staff = True
    otto.save()
    client.force_login(otto)
    assert client.get(FINDINGS).status_code == 403
