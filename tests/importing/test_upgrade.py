"""A database made before the code was laid out by domain opens, and its imports are carried out.

``data/before_packages.sql`` was made by version 0.1: one article with a draft, one import that was
examined and waits, and one that was started and whose job waits in the queue under the dotted path
that its task had then. It goes through the migrations one by one, a new database through the squashed
one: both end with the same tables and triggers.
"""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection as new_database

ROOT = Path(__file__).parents[2]
DUMP = Path(__file__).with_name("data") / "before_packages.sql"
UPLOADS = {
    "snow.en.txt": (
        "Snow fell all night on the mountain villages. The trains were late this morning."
    ),
    "snow.fr.txt": (
        "La neige est tombée toute la nuit sur les villages de montagne. "
        "Les trains avaient du retard ce matin."
    ),
    "empty.txt": "",
    "talk.csv": (
        "source,target\nThe mayor spoke.,Le maire a parlé.\nNobody laughed.,Personne n’a ri.\n"
    ),
}
APPROVED_BY_FILE = """
INSERT INTO articles_correction VALUES (2, 'La rivière était calme ce jour-là.',
  'La rivière était calme.', 1, 'approved', '2026-11-28 10:00:00', '2026-11-28 10:00:00',
  '2026-11-28 10:00:00', '2026-11-28 11:00:00', '', 2, 1, 2, '');
INSERT INTO articles_event VALUES (0, 2, 'approved', '2026-11-28 11:00:00',
  '{"correction": 2}', 1, 1, 2, 0);
UPDATE articles_segment SET status = 'done';
"""
"""An approval that came in with the article by its file: it is older than the import. All is done."""
STEPS = """
import django
django.setup()
from django.core.management import call_command
from articles.importing import interrupted, tasks
from articles.models import Import

call_command("migrate", "articles", "0036", verbosity=0)
call_command("migrate", verbosity=0)
interrupted.take_up_jobs(own_name="new")
assert tasks.start_import(Import.objects.get(status="examined"))
call_command("worker", "--batch", verbosity=0)
"""
"""What an upgrade does: migrate, start the waiting import, and let a worker take the queue up.

It ended with 0036 once: what follows every upgrade made the first team then, before 0037 could.
"""


@pytest.fixture
def upgraded(tmp_path):
    """The database of the dump after an upgrade, to be read."""
    database = tmp_path / "review.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.executescript(DUMP.read_text())
        connection.executescript(APPROVED_BY_FILE)
    connection.close()
    folder = tmp_path / "files" / "imports"
    folder.mkdir(parents=True)
    for name, text in UPLOADS.items():
        (folder / name).write_text(text)
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "reviewsite.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", STEPS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    connection = sqlite3.connect(database)
    yield connection
    connection.close()


@pytest.mark.slow
def test_a_waiting_import_and_a_queued_job_are_carried_out(upgraded, db):
    def rows(statement):
        return upgraded.execute(statement).fetchall()

    imports = rows("SELECT status, lines FROM articles_import ORDER BY id")
    assert [status for status, _lines in imports] == ["done", "done"]
    waiting, queued = (json.loads(lines) for _status, lines in imports)
    assert [(line["name"], line["kind"]) for line in waiting] == [
        ("empty.txt", "refused"),
        ("snow.en.txt", "new"),
        ("snow.fr.txt", "new"),
    ]
    assert [(line["name"], line["kind"]) for line in queued] == [("talk.csv", "new")]
    articles = rows("SELECT count(*) FROM articles_segment GROUP BY article_id ORDER BY article_id")
    assert articles == [(2,), (2,), (2,)]
    draft, by_file = rows("SELECT text, status, claim, claimed_by FROM articles_correction")
    assert draft == ("Le maire a inauguré le grand pont lundi.", "draft", "", "")
    assert by_file == ("La rivière était calme.", "approved", "approved", "ada")
    assert rows('SELECT id FROM articles_event WHERE "foreign"') == [(0,)]
    assert rows("SELECT count(*) FROM articles_signoff") == [(0,)], "all is done, nobody signed off"
    # The machine's text was checked on record; what came into force by the file was not.
    checked = "SELECT checked FROM articles_segment WHERE article_id = 1 ORDER BY position"
    assert rows(checked) == [("before 0.2",), ("",)]
    jobs = rows("SELECT DISTINCT task_path, status FROM django_tasks_database_dbtaskresult")
    assert ("articles.importing.tasks.carry_out_files", "SUCCESSFUL") in jobs
    assert {status for _path, status in jobs} == {"SUCCESSFUL"}
    assert rows("SELECT count(*) FROM articles_importfile") == [(0,)]
    assert rows("SELECT count(*) FROM articles_worker") == [(0,)]
    if new_database.vendor == "sqlite":
        statement = "SELECT name, sql FROM sqlite_master ORDER BY name"
        with new_database.cursor() as cursor:
            assert rows(statement) == cursor.execute(statement).fetchall()
