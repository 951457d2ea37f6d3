"""A backup holds everything, is compared before it replaces anything, and gives back each article as it was."""

from __future__ import annotations

import json
import sqlite3
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.backup import archive
from articles.exporting.actions import write_articles
from articles.history.archive import erase
from articles.models import Article, Event
from tests.factories import make_article, make_flag


@pytest.fixture
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    (settings.MEDIA_ROOT / "imports").mkdir(parents=True)
    (settings.MEDIA_ROOT / "imports" / "a.txt").write_text("Bonjour.")
    (tmp_path / "secret-key").write_text("k" * 60)
    return settings.MEDIA_ROOT


def everything() -> dict[str, bytes]:
    """Each article as a JSON Lines file, by title."""
    articles = Article.objects.order_by("pk")
    return {each.title: b"".join(write_articles([each], "jsonl")) for each in articles}


@pytest.mark.django_db(transaction=True)
def test_a_restore_gives_back_each_article_as_it_was(uploads: Path, tmp_path: Path) -> None:
    from tests.factories import make_person

    rosa = make_person("rosa", role="Reviewers")
    for title in ("The mayor", "The bridge"):
        article = make_article(title=title)
        Event.objects.record("imported", article=article, by=rosa, segments=2)
        make_flag(article.segments.get(position=1), by=rosa, comment="Où est-il ?")
    before = everything()
    file = tmp_path / "all.tar"
    call_command("backup", file)
    erase(Article.objects.get(title="The bridge"), reason="a test")
    (uploads / "imports" / "a.txt").write_text("changed")
    (tmp_path / "secret-key").write_text("another")
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", file)
    call_command("restore", file, replace=True)
    assert everything() == before
    assert (uploads / "imports" / "a.txt").read_text() == "Bonjour."
    assert (tmp_path / "secret-key").read_text() == "k" * 60
    assert list(tmp_path.glob("restore-*")) == []


def test_a_backup_lists_its_members_with_their_checksums(
    db: None, uploads: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.tar"
    call_command("backup", file)
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    with tarfile.open(file) as opened:
        names = opened.getnames()
        manifest = json.load(opened.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert names[0] == "manifest.json"
    assert [member["name"] for member in manifest["members"]] == names[1:]
    assert {"secret-key", "files/imports/a.txt"} <= set(names)
    assert not list(tmp_path.glob("*.unfinished"))
    with pytest.raises(CommandError, match="there already"):
        call_command("backup", file)


def test_a_damaged_backup_replaces_nothing(db: None, uploads: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.tar"
    archive.back_up(file)
    data = file.read_bytes()
    place = data.index(b"Bonjour.")
    damaged = tmp_path / "damaged.tar"
    damaged.write_bytes(data[:place] + b"Bonsoir." + data[place + 8 :])
    for name, content in (("cut.tar", data[:2000]), ("text.tar", b"no archive")):
        (tmp_path / name).write_bytes(content)
    for name in ("damaged.tar", "cut.tar", "text.tar", "nowhere.tar"):
        with pytest.raises(CommandError, match="was not restored"):
            call_command("restore", tmp_path / name, replace=True)
    assert (uploads / "imports" / "a.txt").read_text() == "Bonjour."
    call_command("restore", file, only_look=True)


def test_what_is_not_in_the_list_of_a_backup_is_not_restored(
    db: None, uploads: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.tar"
    archive.back_up(file)
    (tmp_path / "more.txt").write_text("Bonsoir.")
    with tarfile.open(file, "a") as opened:
        opened.add(tmp_path / "more.txt", arcname="files/imports/more.txt")
    with pytest.raises(CommandError, match=r"more\.txt is not in its list"):
        call_command("restore", file, replace=True)
    assert not (uploads / "imports" / "more.txt").exists()


@pytest.mark.parametrize("is_other_disk", [False, True])
def test_uploads_that_come_and_go_meanwhile_do_not_spoil_a_backup(
    db: None, uploads: Path, tmp_path: Path, monkeypatch: Any, is_other_disk: bool
) -> None:
    """One is gone before it is held, one after that, and one is still being received."""
    folder = uploads / "imports"
    for name in ("gone.txt", "ended.txt", "growing.txt"):
        (folder / name).write_text("Bonjour.")
    hold, add = archive._hold, archive._add

    def hold_late(path: Path, held: Path) -> bool:
        (folder / "gone.txt").unlink(missing_ok=True)
        return hold(path, held)

    def add_late(opened: tarfile.TarFile, member: archive.Member, path: Path) -> None:
        (folder / "ended.txt").unlink(missing_ok=True)
        if path.name == "growing.txt":
            path.write_text("Bonjour. Bonsoir.")
        add(opened, member, path)

    def refuse(*_paths: Any) -> None:
        raise OSError("another disk")

    monkeypatch.setattr(archive, "_hold", hold_late)
    monkeypatch.setattr(archive, "_add", add_late)
    if is_other_disk:
        monkeypatch.setattr(archive.os, "link", refuse)
    archive.back_up(tmp_path / "all.tar")
    names = {member.name for member in archive.check(tmp_path / "all.tar")}
    assert "files/imports/gone.txt" not in names
    assert {"files/imports/ended.txt", "files/imports/growing.txt"} <= names
    assert not list(tmp_path.glob("backup-*"))


def test_an_archive_cannot_write_outside_its_folder(
    db: None, uploads: Path, tmp_path: Path
) -> None:
    link = tarfile.TarInfo("manifest.json")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
    for number, member in enumerate((tarfile.TarInfo("../out"), tarfile.TarInfo("/out"), link)):
        file = tmp_path / f"{number}.tar"
        with tarfile.open(file, "w") as made:
            made.addfile(member)
        with pytest.raises(CommandError, match="was not restored"):
            call_command("restore", file, replace=True)
    assert not (tmp_path.parent / "out").exists()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_backup_is_of_one_moment(db: None, uploads: Path, tmp_path: Path) -> None:
    archive.back_up(tmp_path / "all.tar")
    with tarfile.open(tmp_path / "all.tar") as opened:
        content = opened.extractfile("database.sqlite3")
        assert content is not None
        (tmp_path / "database.sqlite3").write_bytes(content.read())
    copy = sqlite3.connect(tmp_path / "database.sqlite3")
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert connection.vendor == "sqlite"


def test_an_upgrade_backs_up_first(
    db: None, uploads: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    from articles.management.commands import upgrade

    calls = []
    monkeypatch.setattr(upgrade, "call_command", lambda *given, **_options: calls.append(given[0]))
    call_command("upgrade")
    assert calls == ["backup", "migrate"]
