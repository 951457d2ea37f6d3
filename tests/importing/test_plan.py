"""What was previewed is stored as a plan and carried out as such; a plan out of date is made anew."""

from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from articles.detection.files import in_memory
from articles.history.archive import erase
from articles.importing import actions, documents, tasks
from articles.importing.actions import examine
from articles.importing.one_pass import import_files
from articles.importing.plan import is_outdated
from articles.models import Article, Flag, Import, Team, Worker

TABLE = "source,target\nThe mayor spoke.,Le maire a parlé.\nNobody laughed.,Personne n’a ri.\n"
BRIDGE = {
    "x.txt": "The mayor opened the bridge on Monday. The river was calm that day.",
    "y.txt": "Le maire a inauguré le pont lundi. La rivière était calme ce jour-là.",
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client, ada):
    client.force_login(ada)
    return client


def begin(ada, files):
    uploads = [SimpleUploadedFile(name, text.encode()) for name, text in files.items()]
    return tasks.begin_import(uploads, by=ada)


def start(job):
    assert tasks.start_import(job)
    job.refresh_from_db()
    return job


def incoming(files):
    return [in_memory(name, text.encode()) for name, text in files.items()]


@pytest.fixture
def calls(monkeypatch):
    """How often each step of an import was done."""
    counts = Counter()

    def count(module, name):
        original = getattr(module, name)

        def counted(*args, **kwargs):
            counts[name] += 1
            return original(*args, **kwargs)

        monkeypatch.setattr(module, name, counted)

    for name in ("detect", "extract_text", "read_document", "find_partners"):
        count(actions, name)
    for name in ("read_articles", "preview_article", "store_article", "store_bilingual"):
        count(actions, name)
    count(documents, "align_texts")
    count(documents, "split_sentences")
    return counts


@pytest.mark.slow
def test_each_file_is_detected_read_and_aligned_once(ada, calls):
    job = begin(ada, BRIDGE | {"talk.csv": TABLE})
    examined = Counter(calls)
    assert examined == {
        "detect": 3,
        "extract_text": 3,
        "read_document": 2,
        "find_partners": 1,
        "read_articles": 1,
        "preview_article": 1,
        "split_sentences": 2,
    }
    assert start(job).status == "done"
    assert calls - examined == {
        "align_texts": 1,
        "store_article": 1,
        "store_bilingual": 1,
        "read_articles": 1,  # the pairs themselves are read as they are stored
    }


def test_one_pass_makes_no_preview(ada, calls):
    import_files(incoming(BRIDGE | {"talk.csv": TABLE}), by=ada)
    assert calls == {
        "detect": 3,
        "extract_text": 3,
        "read_document": 2,
        "find_partners": 1,
        "read_articles": 1,
        "align_texts": 1,
        "store_article": 1,
        "store_bilingual": 1,
    }


def test_languages_that_were_detected_are_not_detected_again(ada, monkeypatch):
    job = begin(ada, {"talk.csv": TABLE})
    monkeypatch.setattr(
        "articles.detection.files.detect_language", lambda _text: pytest.fail("a second time")
    )
    assert start(job).status == "done"
    assert Article.objects.get().target.language == "fr"


def test_a_plan_has_what_pairs_with_what_and_what_is_read_from_it(ada):
    job = begin(ada, BRIDGE | {"talk.csv": TABLE})
    source, target, table = job.files.order_by("pk")
    assert (source.format, source.language, source.text) == ("text", "en", BRIDGE["x.txt"])
    assert (target.language, target.translates) == ("fr", source)
    assert (table.format, table.languages, table.pairs) == ("csv", [["en", "fr"]], 2)
    assert job.planned_at is not None


@pytest.mark.parametrize("files", [BRIDGE, {"talk.csv": TABLE}])
def test_a_plan_whose_ground_has_changed_is_made_again(files, admin, ada):
    job = begin(ada, files)
    import_files(incoming(files), by=ada)
    start(job)
    assert job.status == "examined"
    assert {line["kind"] for line in job.lines} == {"same"}
    address = reverse("import", args=[job.pk])
    assert "the files were examined again" in admin.get(address).content.decode()
    with override("fr"):
        page = admin.get(address, headers={"Accept-Language": "fr"}).content.decode()
    assert "les fichiers ont donc été examinés de nouveau" in page
    start(job)
    assert job.status == "done"
    assert Article.objects.count() == 1


def test_a_newer_version_by_somebody_else_is_noticed(ada):
    import_files(incoming(BRIDGE), by=ada)
    newer = BRIDGE | {"y.txt": BRIDGE["y.txt"].replace("calme", "paisible")}
    plan = examine(incoming(newer))
    team = Team.objects.first_team()
    assert not is_outdated(plan, team)
    other = BRIDGE | {"y.txt": BRIDGE["y.txt"].replace("lundi", "mardi")}
    import_files(incoming(other), by=ada)
    assert is_outdated(plan, team)


def test_an_article_that_was_deleted_is_noticed(ada):
    import_files(incoming({"talk.csv": TABLE}), by=ada)
    job = begin(ada, {"talk.csv": TABLE})
    erase(Article.objects.get(), reason="a test")
    assert start(job).status == "examined"
    assert [line["kind"] for line in job.lines] == ["new"]
    assert start(job).status == "done"


def test_other_articles_do_not_matter(ada):
    job = begin(ada, BRIDGE)
    import_files(incoming({"talk.csv": TABLE}), by=ada)
    assert start(job).status == "done"
    assert Article.objects.count() == 2


def test_an_import_examined_before_there_were_plans_is_carried_out(ada, admin):
    job = begin(ada, BRIDGE | {"empty.txt": ""})
    Import.objects.update(planned_at=None)
    job.files.update(format="", language="", text="", translates=None, basis=[])
    text = admin.get(reverse("import_text", args=[job.pk, job.files.get(name="y.txt").pk]))
    assert "calme ce jour-là" in text.content.decode()
    Import.objects.update(planned_at=None)
    job.refresh_from_db()
    assert start(job).status == "done"
    assert [(line["name"], line["kind"]) for line in job.lines] == [
        ("empty.txt", "refused"),
        ("x.txt", "new"),
        ("y.txt", "new"),
    ]


def test_one_source_may_have_two_translations(ada):
    spanish = "El alcalde inauguró el puente el lunes. El río estaba tranquilo aquel día."
    job = begin(
        ada,
        {"a.en.txt": BRIDGE["x.txt"], "a.fr.txt": BRIDGE["y.txt"], "a.es.txt": spanish},
    )
    assert start(job).status == "done"
    languages = Article.objects.values_list("target__language", flat=True)
    assert sorted(languages) == ["es", "fr"]


def test_a_web_page_is_kept_for_its_mark_up(ada):
    pages = {
        f"a.{language}.html": f"<html><body><article><p>{text}</p></article></body></html>"
        for language, text in zip(("en", "fr"), BRIDGE.values(), strict=True)
    }
    start(begin(ada, pages))
    assert bytes(Article.objects.get().target.page).decode() == pages["a.fr.html"]


def test_a_table_finds_the_texts_that_came_with_it(ada):
    ratings = (
        'sys\t{"errors": [{"start": 0, "end": 2, "category": "Grammar", "severity": "Minor"}]}\tr1'
    )
    job = begin(
        ada,
        {
            "en-fr.mqm.seg.rating": ratings + "\n",
            "en-fr.txt": BRIDGE["x.txt"],
            "sys.txt": BRIDGE["y.txt"],
        },
    )
    assert start(job).status == "done"
    assert Flag.objects.count() == 1
    assert Article.objects.count() == 1


def test_a_file_that_is_refused_half_way_leaves_nothing(ada):
    good = '{"kind": "article", "title": "a", "source_language": "en", "target_language": "fr"}'
    pair = '{"source": "The mayor spoke.", "target": "Le maire a parlé."}'
    data = "\n".join([good, pair, good, "{"])
    [result] = import_files([in_memory("all.jsonl", data.encode())], by=ada)
    assert result.refused
    assert not Article.everything.exists()


def test_a_file_of_no_pairs_leaves_nothing(ada):
    head = b'{"kind": "article", "title": "T", "source_language": "en", "target_language": "fr"}\n'
    [result] = import_files([in_memory("t.jsonl", head)], by=ada)
    assert result.refused
    assert not Article.everything.exists()


# ── the queue ────────────────────────────────────────────────────────────────


def test_a_page_that_waits_says_when_no_worker_answers(ada, admin, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    job = begin(ada, {"talk.csv": TABLE})
    address = reverse("import", args=[job.pk])
    sentence = "No worker is running. Start one with manage.py worker; your files are kept."
    assert sentence in admin.get(address).content.decode()
    french = admin.get(address, headers={"Accept-Language": "fr"}).content.decode()
    assert "manage.py worker" in french
    assert sentence not in french
    Worker.objects.renew("w")
    assert sentence not in admin.get(address).content.decode()
