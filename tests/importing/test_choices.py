"""What a person chooses in the preview counts when the files are examined again, and when they are stored."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.importing import actions as importing_actions
from articles.importing import tasks
from articles.models import Article, Event, Import, ImportFile
from tests.importing.test_views import ENGLISH, FRENCH, send, upload


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path):
    """Tasks run when they are asked for, and uploads go to a folder of the test's own."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def reviewer(client, rosa):
    client.force_login(rosa)
    return client


def test_a_chosen_title_lasts_while_another_choice_is_examined(reviewer):
    upload(reviewer, a_txt=ENGLISH, b_txt=FRENCH)
    job = Import.objects.get()
    target = job.files.get(name="b.txt")
    send(reviewer, job, **{f"title-{target.pk}": "A bridge", f"swap-{target.pk}": "1"})
    assert not Article.objects.exists()
    source = job.files.get(name="a.txt")
    send(reviewer, job, **{f"swap-{source.pk}": "1"})
    send(reviewer, job)
    assert Article.objects.get().title == "A bridge"


def test_two_texts_that_were_paired_can_wait_alone_and_be_paired_by_hand(reviewer):
    upload(reviewer, a_txt=ENGLISH, b_txt=FRENCH)
    job = Import.objects.get()
    source, target = job.files.get(name="a.txt"), job.files.get(name="b.txt")
    send(reviewer, job, **{f"partner-{target.pk}": "alone"})
    target.refresh_from_db()
    assert (job.status, target.translates_id, target.alone) == ("examined", None, True)
    send(reviewer, job, **{f"partner-{target.pk}": str(source.pk)})
    target.refresh_from_db()
    assert (target.translates_id, target.alone) == (source.pk, False)
    send(reviewer, job)
    assert Article.objects.get().target.name == "b.txt"


def test_files_of_one_name_are_told_apart(reviewer):
    texts = (ENGLISH, FRENCH)
    chosen = [SimpleUploadedFile("story.txt", text.encode()) for text in texts]
    chosen += [SimpleUploadedFile(".txt", text.encode()) for text in texts]
    reviewer.post(reverse("imports"), {"uploads": chosen})
    names = set(Import.objects.get().files.values_list("name", flat=True))
    assert names == {"story.txt", "story (2).txt", ".txt", ".txt (2)"}


def test_who_brought_a_waiting_text_may_discard_it(reviewer, tmp_path):
    upload(reviewer, story_txt=ENGLISH)
    send(reviewer, Import.objects.get())
    number = ImportFile.objects.get(waiting=True).pk
    page = reviewer.post(
        reverse("waiting_files"), {"file": str(number), "discard": "1"}, follow=True
    ).content.decode()
    assert "Only the person" not in page
    assert not ImportFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_import_that_is_cancelled_while_it_is_examined_keeps_no_plan(reviewer, monkeypatch):
    examine = importing_actions.examine

    def cancelled(files, **options):
        Import.objects.update(status="cancelled")
        return examine(files, **options)

    monkeypatch.setattr(importing_actions, "examine", cancelled)
    upload(reviewer, a_txt=ENGLISH, b_txt=FRENCH)
    job = Import.objects.get()
    assert (job.status, job.planned_at) == ("cancelled", None)
    assert not tasks.examine_again(job)
    assert not tasks.start_import(job)


def test_a_title_that_is_the_same_is_no_event(reviewer):
    upload(reviewer, a_txt=ENGLISH, b_txt=FRENCH)
    send(reviewer, Import.objects.get())
    article = Article.objects.get()
    reviewer.post(reverse("rename", args=[article.pk]), {"title": article.title})
    assert not Event.objects.filter(act="renamed").exists()


HEAD = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n"
ROWS = (
    ("The port reopened.", "Le port a <v>rouvert</v>."),
    ("Nobody was hurt at all.", "Personne n’a été <v>blessé</v>."),
    ("The ships left again.", "Les navires <v>sont</v> repartis."),
)


def rated(rater, category):
    rows = [f"s\tnews\t1\t{number}\t{rater}\t{source}\t{target}\t{category}\tmajor\n" for number, (source, target) in enumerate(ROWS, 1)]  # fmt: skip
    return HEAD + "".join(rows)


def test_flags_of_a_second_rater_find_their_words_in_segments_that_were_joined(reviewer, rosa):
    from articles.realignment import operations

    upload(reviewer, r1_mqm_tsv=rated("r1", "Accuracy/Omission"))
    send(reviewer, Import.objects.latest("pk"))
    article = Article.objects.get()
    first = article.segments.get(position=1)
    seen = dict(article.segments.values_list("pk", "revision"))
    operations.merge(first, by=rosa, revisions=seen)
    upload(reviewer, r2_mqm_tsv=rated("r2", "Style/Awkward"))
    send(reviewer, Import.objects.latest("pk"))
    joined, last = article.segments.order_by("position")
    quotes = [[flag.target_span.of(segment.target_text) for flag in segment.flags.order_by("id")] for segment in (joined, last)]  # fmt: skip
    assert quotes == [["rouvert", "blessé", "rouvert", "blessé"], ["sont", "sont"]]


def test_the_list_of_imports_names_three_files_and_counts_the_others(reviewer):
    upload(reviewer, **{f"a{number}_txt": f"{ENGLISH} {number}" for number in range(5)})
    page = reviewer.get(reverse("imports")).content.decode()
    assert "a0.txt, a1.txt, a2.txt and 2 more" in " ".join(page.split())
