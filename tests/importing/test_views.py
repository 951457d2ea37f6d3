"""Bringing articles in: look first, then import; cancel leaves no trace; a failure is said."""

import html
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.history.archive import erase
from articles.importing import actions as importing_actions
from articles.importing import tasks
from articles.models import Article, Document, Event, Import, ImportFile, Segment, Team
from articles.review import actions as review_actions
from tests.factories import make_article

TABLE = "source,target\nThe mayor spoke.,Le maire a parlé.\nNobody laughed.,Personne n’a ri.\n"


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path):
    """Tasks run when they are asked for, and uploads go to a folder of the test's own."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client, ada):
    client.force_login(ada)
    return client


def upload(client, **files):
    chosen = [
        SimpleUploadedFile(name.replace("_", "."), text.encode()) for name, text in files.items()
    ]
    return client.post(reverse("imports"), {"uploads": chosen}, follow=True)


def uploaded(client, **files):
    upload(client, **(files or {"talk_csv": TABLE}))
    return Import.objects.get()


def test_files_are_looked_at_before_anything_is_stored(admin):
    page = upload(admin, talk_csv=TABLE, empty_txt="").content.decode()
    assert "English – French: 2 segments." in page
    assert "The file is empty" in page
    assert not Article.objects.exists()


def test_while_files_are_read_their_names_are_shown(admin, ada):
    job = Import.objects.create(by=ada, team=Team.objects.first_team())
    for number in range(1, 24):
        ImportFile.objects.create(job=job, by=ada, name=f"page-{number}.txt")
    page = admin.get(reverse("import", args=[job.pk])).content.decode()
    shown = [
        f"page-{number}.txt" for number in range(1, 24) if f"<li>page-{number}.txt</li>" in page
    ]
    assert len(shown) == 20
    assert "<li>and 3 more</li>" in page
    listed = admin.get(reverse("imports")).content.decode()
    assert "page-1.txt, page-2.txt, page-3.txt and 20 more" in listed


def test_a_yes_stores_them_with_the_name_of_who_said_it(admin, tmp_path):
    job = uploaded(admin)
    page = admin.post(reverse("start_import", args=[job.pk]), follow=True).content.decode()
    article = Article.objects.get()
    assert reverse("desk", args=[article.pk]) in page
    assert Event.objects.get().actor.username == "ada"
    assert Import.objects.get().status == "done"
    assert not ImportFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


PAGE = """<html><body><nav><a href="/">Accueil</a></nav><article><h1>The mayor spoke</h1>
<p>The mayor spoke for an hour, and nobody laughed at what she had to say about it.</p>
<div class="newsletter">Sign up for our <b>letter</b>.</div></article></body></html>"""


def test_each_imported_article_can_be_opened_and_assigned_at_once(admin):
    job = uploaded(admin, talk_csv=TABLE, walk_csv=TABLE.replace("mayor", "major"))
    admin.post(reverse("start_import", args=[job.pk]))
    page = admin.get(reverse("import", args=[job.pk])).content.decode()
    assert Article.objects.count() == 2
    for article in Article.objects.all():
        assert f'href="{reverse("desk", args=[article.pk])}"' in page
        assert f'href="{reverse("assign", args=[article.pk])}"' in page


def test_titles_have_their_language_and_more_than_twenty_are_counted(admin, ada):
    pairs = [("The star.", "L’étoile.")]
    articles = [make_article(pairs, title="The star of the year") for _each in range(22)]
    said = {
        "name": "star.csv",
        "message": {"text": "new article."},
        "refused": False,
        "kind": "new",
    }
    lines = [said | {"article": article.pk} for article in articles]
    team = Team.objects.first_team()
    job = Import.objects.create(by=ada, team=team, status=Import.Status.DONE, lines=lines)
    for path in (f"/imports/{job.pk}/", "/imports/"):
        page = html.unescape(admin.get(path).content.decode())
        assert 'lang="en">The star of the year<' in page
        assert '<a href="/#all-articles">and 2 more</a>' in page
    assert f'href="/articles/{articles[19].pk}/"' in page
    assert f'href="/articles/{articles[20].pk}/"' not in page
    Article.objects.filter(pk=articles[0].pk).update(target_title="La star de l’année")
    page = html.unescape(admin.get(f"/imports/{job.pk}/").content.decode())
    assert 'Open “<span lang="fr">La star de l’année</span>”' in page


def test_what_is_read_of_a_text_can_be_looked_at_before(admin):
    job = uploaded(
        admin,
        talk_html=PAGE,
        notes_txt="The mayor spoke for an hour. Nobody laughed.",
        table_csv=TABLE,
    )
    page = admin.get(reverse("import", args=[job.pk])).content.decode()
    links = {each.name: reverse("import_text", args=[job.pk, each.pk]) for each in job.files.all()}
    assert [name for name, link in links.items() if link in page] == ["talk.html", "notes.txt"]
    read = admin.get(links["talk.html"])
    assert [(kind, lines) for kind, lines, _more in read.context["parts"]] == [
        ("left", ["Accueil", "Sign up for our letter."]),
        (
            "read",
            [
                "The mayor spoke",
                "The mayor spoke for an hour, and nobody laughed at what she had to say about it.",
            ],
        ),
    ]
    assert "2 lines are left out" in read.content.decode()
    assert "Nothing is left out." in admin.get(links["notes.txt"]).content.decode()
    assert admin.get(links["table.csv"]).status_code == 404


def test_of_a_long_file_the_beginning_is_shown(admin, monkeypatch):
    monkeypatch.setattr("articles.importing.views.MOST_LINES", 2)
    job = uploaded(admin, long_txt="One line.\nAnother line.\n\nA third line.\n")
    page = admin.get(reverse("import_text", args=[job.pk, job.files.get().pk])).content.decode()
    assert "Another line." in page
    assert "A third line." not in page
    assert "And 1 line more." in page


def test_what_cannot_be_read_cannot_be_looked_at(admin):
    job = uploaded(admin, empty_txt="", talk_csv=TABLE)
    assert (
        admin.get(
            reverse("import_text", args=[job.pk, job.files.get(name="empty.txt").pk])
        ).status_code
        == 404
    )
    admin.post(reverse("start_import", args=[job.pk]))
    assert admin.get(reverse("import_text", args=[job.pk, 1])).status_code == 404


def test_a_second_yes_does_nothing(admin):
    job = uploaded(admin)
    for _ in range(2):
        admin.post(reverse("start_import", args=[job.pk]))
    assert Article.objects.count() == 1


def test_only_refused_files_leave_nothing_to_import(admin):
    page = upload(admin, empty_txt="").content.decode()
    assert "Nothing to import." in page


def test_no_files_is_said(admin):
    response = admin.post(reverse("imports"), {})
    assert response.status_code == 422
    assert "Choose files, or paste two texts." in response.content.decode()
    one = admin.post(reverse("imports"), {"original": "Only one."})
    assert (one.status_code, "Paste the other text" in one.content.decode()) == (422, True)


def test_cancelling_before_the_yes(admin):
    job = uploaded(admin)
    admin.post(reverse("cancel_import", args=[job.pk]))
    admin.post(reverse("start_import", args=[job.pk]))
    assert Import.objects.get().status == "cancelled"
    assert not ImportFile.objects.exists()
    assert not Article.objects.exists()
    assert tasks.cancel_import(job) is False


def test_cancelling_in_the_middle_leaves_no_trace(admin, monkeypatch):
    job = uploaded(admin)
    carry_out = importing_actions.carry_out

    def interrupted(plan, *, by, progress, team):
        Import.objects.update(status="cancelled")
        return carry_out(plan, by=by, progress=progress, team=team)

    monkeypatch.setattr(importing_actions, "carry_out", interrupted)
    admin.post(reverse("start_import", args=[job.pk]))
    assert Import.objects.get().status == "cancelled"
    assert not Article.everything.exists()


BRIDGE = {
    "a_en_txt": "The mayor opened the bridge on Monday. The river was calm that day. Nobody laughed.",
    "a_fr_txt": "Le maire a inauguré le pont lundi. La rivière était calme ce jour-là. Personne n’a ri.",
}


def cancelled_at(step, admin, monkeypatch, *, meanwhile=lambda: None):
    """An import of a pair of texts and a table, cancelled when so many pieces are stored; the page that says so."""
    job = uploaded(admin, **BRIDGE, talk_csv=TABLE)
    carry_out = importing_actions.carry_out

    def interrupted(plan, *, by, progress, team):
        def watched(done, total):
            if done == step:
                meanwhile()
                tasks.cancel_import(job)
            progress(done, total)

        return carry_out(plan, by=by, progress=watched, team=team)

    monkeypatch.setattr(importing_actions, "carry_out", interrupted)
    return admin.post(reverse("start_import", args=[job.pk]), follow=True).content.decode()


@pytest.mark.parametrize("step", [1, 3])
def test_what_was_finished_before_the_cancelling_goes_too(step, admin, monkeypatch):
    page = cancelled_at(step, admin, monkeypatch)
    assert "nothing was kept" in page
    for model in (
        Article.everything,
        Document.objects,
        Segment.objects,
        Event.everything,
        ImportFile.objects,
    ):
        assert not model.exists()


def test_what_somebody_works_on_meanwhile_stays(admin, monkeypatch, rosa):
    def work():
        segment = Article.objects.get().segments.first()
        review_actions.save_draft(segment, by=rosa, revision=1, text="Le maire …")

    page = cancelled_at(3, admin, monkeypatch, meanwhile=work)
    assert Article.objects.count() == 1
    assert "stay" in page
    assert reverse("desk", args=[Article.objects.get().pk]) in page


def test_the_preview_counts_what_is_new_changed_here_and_refused(admin):
    job = uploaded(admin, **BRIDGE, talk_csv=TABLE)
    admin.post(reverse("start_import", args=[job.pk]))
    Import.objects.all().delete()
    newer = BRIDGE | {"a_fr_txt": BRIDGE["a_fr_txt"].replace("calme", "paisible") + " Il pleuvait."}
    page = " ".join(
        upload(admin, **newer, talk_csv=TABLE, film_mp4="x", other_csv=TABLE + "No.,Non.\n")
        .content.decode()
        .split()
    )
    assert [(kind, count) for kind, _label, count in Import.objects.get().kind_counts] == [
        ("new", 1), ("changed", 2), ("same", 1), ("refused", 1),
    ]  # fmt: skip
    assert "4 sentences (new: 2, gone: 1)" in page
    assert "English – French: 2 segments. Already imported, nothing will change." in page
    assert "<b>2</b> new version" in page
    assert page.index("film.mp4") < page.index("a.en.txt"), "what was refused comes first"


def test_what_a_file_says_was_said_is_promised(admin):
    segment = {
        "source": "The mayor spoke.",
        "target": "Le maire a parlé.",
        "flags": [{"type": "Omission", "severity": "major"}],
    }
    head = {"kind": "article", "source_language": "en", "target_language": "fr"}
    lines = [
        head | {"title": "a"},
        {"kind": "segment"} | segment,
        head | {"title": "b"},
        {"source": "No.", "target": "Non."},
    ]
    page = upload(admin, all_jsonl="\n".join(map(json.dumps, lines))).content.decode()
    assert (
        "English – French: 2 segments. In 2 articles. Flags: 1, corrections: 0, findings: 0."
        in page
    )
    admin.post(reverse("start_import", args=[Import.objects.get().pk]))
    erase(Article.objects.get(title="b"), reason="a test")
    page = upload(admin, all_jsonl="\n".join(map(json.dumps, lines))).content.decode()
    assert "findings: 0. 1 already imported." in page


def test_a_file_with_one_sided_pairs_is_known_again(admin):
    table = TABLE + "Read more.,\n,Lire la suite.\n"
    admin.post(reverse("start_import", args=[uploaded(admin, talk_csv=table).pk]))
    assert (
        "4 segments. Already imported, nothing will change."
        in upload(admin, talk_csv=table).content.decode()
    )


def test_a_failure_is_said_and_logged(admin, monkeypatch, caplog):
    job = uploaded(admin)
    monkeypatch.setattr(importing_actions, "carry_out", lambda *_, **__: 1 / 0)
    page = admin.post(reverse("start_import", args=[job.pk]), follow=True).content.decode()
    assert "Something went wrong on our side" in page
    assert "ZeroDivisionError" in caplog.text


def test_every_preview_is_made_by_the_worker(admin, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert uploaded(admin).status == "examining"


def test_a_preview_that_fails_says_so(admin, monkeypatch, caplog):
    monkeypatch.setattr(importing_actions, "examine", lambda *_, **__: 1 / 0)
    page = upload(admin, talk_csv=TABLE).content.decode()
    assert "Something went wrong on our side" in page
    assert "ZeroDivisionError" in caplog.text


def test_the_part_that_refreshes_itself_is_not_kept_as_the_page(admin):
    """Else the way back to the preview by the browser's button shows that part, without a style."""
    job = uploaded(admin)
    for headers in ({}, {"HX-Request": "true"}):
        page = admin.get(reverse("import", args=[job.pk]), headers=headers)
        assert "HX-Request" in page["Vary"]


def test_a_running_import_refreshes_itself(admin):
    job = uploaded(admin)
    Import.objects.update(status="running", done=1, total=4)
    whole = admin.get(reverse("import", args=[job.pk])).content.decode()
    part = admin.get(
        reverse("import", args=[job.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "1 of 4 segments." in part
    assert part.strip().startswith("<section id=")
    assert part.strip() in whole or "hx-get" in whole


@pytest.mark.parametrize("name", ["imports", "import", "start_import", "cancel_import"])
def test_only_those_who_may_import_see_it(name, client, otto, ada):
    job = Import.objects.create(team=Team.objects.first_team(), by=ada)
    client.force_login(otto)
    address = reverse(name, args=[] if name == "imports" else [job.pk])
    assert client.post(address).status_code in (403, 405)
    assert client.get(address).status_code in (403, 405)
    assert reverse("imports") not in client.get(reverse("articles")).content.decode()


def test_an_import_is_its_makers_own(admin, edith):
    job = Import.objects.create(team=Team.objects.first_team(), by=edith)
    assert admin.get(reverse("import", args=[job.pk])).status_code == 404
    page = admin.get(reverse("imports")).content.decode()
    assert "edith" in page
    assert reverse("import", args=[job.pk]) not in page


# ── reviewers bring articles in ──────────────────────────────────────────────

ENGLISH = "The mayor opened the bridge on Monday. The river was calm that day."
FRENCH = "Le maire a inauguré le pont lundi. La rivière était calme ce jour-là."


@pytest.fixture
def reviewer(client, rosa):
    client.force_login(rosa)
    return client


def send(client, job, name="start_import", **fields):
    page = client.post(reverse(name, args=[job.pk]), fields, follow=True)
    job.refresh_from_db()
    return page.content.decode()


def test_who_may_not_assign_is_not_offered_it(reviewer):
    job = uploaded(reviewer)
    reviewer.post(reverse("start_import", args=[job.pk]))
    page = reviewer.get(reverse("import", args=[job.pk])).content.decode()
    article = Article.objects.get()
    assert f'href="{reverse("desk", args=[article.pk])}"' in page
    assert reverse("assign", args=[article.pk]) not in page


def test_a_reviewer_pastes_two_texts_and_names_the_article(reviewer):
    assert reverse("imports") in reviewer.get(reverse("articles")).content.decode()
    values = {"original": ENGLISH, "translation": FRENCH, "translation_language": "fr"}
    page = reviewer.post(reverse("imports"), values, follow=True).content.decode()
    assert "Preview: nothing saved yet" in page
    assert 'value="The mayor opened the bridge on Monday."' in page
    job = Import.objects.get()
    assert "translation of Pasted text (source)" in page
    target = job.files.get(name="pasted-translation.txt")
    asked = page.index(f'name="title-{target.pk}"')
    assert asked < page.index("<b>Pasted text (translation)"), "it is asked for beside the original"
    send(reviewer, job, **{f"title-{target.pk}": "A bridge"})
    assert job.status == "done"
    article = Article.objects.get()
    assert (article.title, article.source.text) == ("A bridge", ENGLISH)
    address = reverse("rename", args=[article.pk])
    assert address in reviewer.get(reverse("desk", args=[article.pk])).content.decode()
    assert reviewer.post(address, {"title": " "}).status_code == 422
    reviewer.post(address, {"title": "The bridge"})
    article.refresh_from_db()
    assert article.title == article.headline == "The bridge"
    event = Event.objects.get(act="renamed")
    assert (event.actor.username, event.details["text"]) == ("rosa", "A bridge → The bridge")


def test_the_name_that_an_article_has_on_every_page_is_the_one_that_is_changed(reviewer):
    upload(reviewer, a_txt=ENGLISH, b_txt=FRENCH)
    send(reviewer, Import.objects.get())
    Article.objects.update(title="The bridge", target_title="Le pont")
    article = Article.objects.get()
    address = reverse("rename", args=[article.pk])
    assert 'value="Le pont"' in reviewer.get(address).content.decode()
    reviewer.post(address, {"title": "Le pont"})
    article.refresh_from_db()
    assert (article.title, article.target_title) == ("The bridge", "Le pont"), "it is no choice"
    assert not Event.objects.filter(act="renamed").exists()
    sign_off = reviewer.get(reverse("sign_off", args=[article.pk])).content.decode()
    assert address in sign_off, "it leads there from every page of the article"


def test_languages_and_direction_can_be_changed(reviewer):
    upload(reviewer, a_txt=ENGLISH, b_txt=FRENCH)
    job = Import.objects.get()
    target = job.files.get(name="b.txt")
    send(reviewer, job, **{f"language-{target.pk}": "es", "update": "1"})
    assert job.status == "examined"
    target.refresh_from_db()
    assert target.language == "es"
    send(reviewer, job, **{f"swap-{target.pk}": "1", f"language-{target.pk}": "fr"})
    assert job.status == "examined", "what was not seen is not stored"
    send(reviewer, job)
    article = Article.objects.get()
    assert (article.source.language, article.target.language) == ("fr", "en")


def test_a_text_without_partner_waits_for_it(reviewer, client, ruth):
    upload(reviewer, story_txt=ENGLISH)
    first = Import.objects.get()
    page = send(reviewer, first)
    assert first.status == "done"
    assert "kept until the other text is imported" in page
    assert not Article.objects.exists()
    client.force_login(ruth)
    page = client.get(reverse("imports")).content.decode()
    assert "story.txt" in page
    page = upload(client, histoire_txt=FRENCH).content.decode()
    assert "Pair with story.txt" in page
    job = Import.objects.latest("pk")
    french = job.files.get()
    send(client, job, **{f"pair-{french.pk}": str(french.suggestion_id)})
    send(client, job)
    article = Article.objects.get()
    assert (article.source.name, article.target.name) == ("story.txt", "histoire.txt")
    assert not ImportFile.objects.exists()


def test_two_waiting_texts_are_paired_or_discarded(reviewer, client, ruth):
    for name, text in (("un_txt", FRENCH), ("one_txt", ENGLISH)):
        upload(reviewer, **{name: text})
        send(reviewer, Import.objects.latest("pk"))
    done = reviewer.get(reverse("import", args=[Import.objects.latest("pk").pk]))
    assert f'href="{reverse("imports")}#waiting"' in done.content.decode(), "it leads to them"
    numbers = list(ImportFile.objects.values_list("pk", flat=True))
    address = reverse("waiting_files")
    client.force_login(ruth)
    page = client.post(address, {"file": numbers, "discard": "1"}, follow=True).content.decode()
    assert "Only the person who imported a file" in page
    page = client.post(address, {"file": numbers[:1], "pair": "1"}, follow=True).content.decode()
    assert "Choose two texts to pair." in page
    client.post(address, {"file": numbers, "pair": "1"})
    job = Import.objects.latest("pk")
    send(client, job, "cancel_import")
    assert ImportFile.objects.filter(waiting=True).count() == 2, "they go on waiting"
    client.post(address, {"file": numbers, "pair": "1"})
    send(client, Import.objects.latest("pk"))
    assert Article.objects.get().source.name == "one.txt"


@pytest.mark.slow
def test_what_is_no_translation_can_be_imported_anyway(reviewer):
    other = (
        "La banque a relevé ses taux pour la troisième fois cette année, et ses actions ont perdu "
        "quatre pour cent à Londres. Les analystes n’attendaient aucun changement avant les "
        "élections du printemps, mais le conseil en a décidé autrement mardi soir à huis clos."
    )
    english = (
        ENGLISH + " Forty people came to the party, and nobody fell into the cold water below."
    )
    english += " The old bridge had been closed for two years after the great flood of the spring."
    page = upload(reviewer, x_en_txt=english, x_fr_txt=other).content.decode()
    assert "the texts are not translations of each other" in page
    assert "Import anyway" in page
    job = Import.objects.get()
    french = job.files.get(name="x.fr.txt")
    send(reviewer, job, **{f"pair-{french.pk}": str(french.suggestion_id)})
    send(reviewer, job)
    assert Article.objects.get().target.name == "x.fr.txt"


def test_a_file_with_both_languages_becomes_one_article(reviewer):
    both = [f"{a}.\n\n{b}." for a, b in zip(
        ["The mayor opened the bridge on Monday", "The river was calm that day", "Nobody fell in"],
        ["Le maire a inauguré le pont lundi", "La rivière était calme ce jour", "Nul n’est tombé"],
        strict=True,
    )]  # fmt: skip
    page = upload(reviewer, both_txt="\n\n".join(both)).content.decode()
    assert "Both languages are in both.txt." in page
    send(reviewer, Import.objects.get())
    article = Article.objects.get()
    assert (article.source.language, article.target.language) == ("en", "fr")


def test_a_second_rater_adds_flags_and_the_same_file_adds_none(reviewer):
    head = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
    row = "s\tnews\t1\t1\t{}\tThe port reopened.\tLe port a <v>rouvert</v>.\t{}\tmajor\n"
    first = head + row.format("r1", "Accuracy/Omission")
    second = head + row.format("r2", "Style/Awkward")
    told = []
    for name, table in (("r1", first), ("r2", second), ("r2", second)):
        upload(reviewer, **{f"{name}_mqm_tsv": table})
        job = Import.objects.latest("pk")
        told.append(job.lines[0]["kind"])
        send(reviewer, job)
    assert told == ["new", "changed", "same"]
    segment = Article.objects.get().segments.get()
    assert segment.flags.count() == 2
    assert Event.objects.filter(act="annotated").count() == 1
