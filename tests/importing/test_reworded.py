"""Results of imports that were stored in other words are told in the present ones, in both languages."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.translation import override

from articles.models import Import, Team

PAIR = "%(language)s, %(role)s %(partner)s: "


def stored(text, *, plural="", role="original of", **values):
    message = {
        "text": text,
        "values": {"language": {"language": "en"}, "partner": "a.fr.txt", **values},
    }
    message["values"]["role"] = {"text": role}
    if plural:
        message |= {"plural": plural, "count": 3}
    return {
        "name": "a.en.txt",
        "message": message,
        "refused": False,
        "kind": "new",
        "article": None,
    }


@pytest.fixture
def job(rosa):
    lines = [
        stored(
            f"{PAIR}new article with %(count)s segment.",
            plural=f"{PAIR}new article with %(count)s segments.",
            count=3,
        ),
        stored(
            f"{PAIR}new version, segments now: %(count)s; work on %(unplaced)s earlier one has to be "
            "placed by hand.",
            plural=f"{PAIR}new version, segments now: %(count)s; work on %(unplaced)s earlier ones has "
            "to be placed by hand.",
            count=9,
            unplaced=3,
        ),
        {"name": "b.txt", "sentence": "of an old version", "refused": True, "kind": "refused"},
    ]
    return Import.objects.create(by=rosa, team=Team.objects.first_team(), lines=lines)


def test_stored_results_say_source_and_no_longer_count_segments(job):
    import_module("articles.migrations.0046_reword_import_results").reword(apps, None)
    job.refresh_from_db()
    assert job.lines[2]["sentence"] == "of an old version"
    with override("en"):
        said = [result["sentence"] for result in job.file_results]
    assert said[1:] == [
        "English, source of a.fr.txt: new article.",
        "English, source of a.fr.txt: new version; work on 3 earlier sentences has to be placed by hand.",
    ]
    with override("fr"):
        [_old, french, _other] = [result["sentence"] for result in job.file_results]
    assert french == "anglais, texte source de a.fr.txt\u00a0: nouvel article."
