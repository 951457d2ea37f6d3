"""The files that packages carry can be mirrored, and a bill of materials says what the site is made of."""

from __future__ import annotations

import json
import logging
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.alignment import sentence_encoder
from articles.supply import models
from articles.supply.models import CARRIED, CarriedFile
from articles.supply.sbom import read_lock
from articles.text.carried_files import carried_folder, find_carried_file

ROOT = Path(__file__).resolve().parents[2]
DIGEST = re.compile(r"[0-9a-f]{64}")


def test_every_carried_file_is_installed_and_has_a_licence() -> None:
    for file in CARRIED:
        assert find_carried_file(file.package, file.name).stat().st_size > 10_000_000
        assert file.licence
        assert file.source
    assert carried_folder() == ROOT / "models"


def test_copies_are_found_first_and_compared(tmp_path: Path, monkeypatch: Any) -> None:
    small = CarriedFile("py.typed", "pypdf", "BSD-3-Clause", "the test")
    monkeypatch.setattr(models, "CARRIED", (small,))
    monkeypatch.setenv("MODELS", str(tmp_path / "mirror"))
    packaged = find_carried_file("pypdf", "py.typed")
    for _time in range(2):  # also over what is there
        call_command("models", stdout=StringIO())
    copied = tmp_path / "mirror" / "py.typed"
    assert find_carried_file("pypdf", "py.typed") == copied != packaged
    assert sorted(path.name for path in copied.parent.iterdir()) == ["models.json", "py.typed"]
    # Who installs the site copies them, and who runs it reads them.
    assert copied.parent.stat().st_mode & 0o777 == 0o755
    assert (copied.parent / "models.json").stat().st_mode & 0o777 == 0o644
    (row,) = json.loads((tmp_path / "mirror" / "models.json").read_text())
    assert (row["package"], row["licence"], row["source"]) == ("pypdf", "BSD-3-Clause", "the test")
    assert DIGEST.fullmatch(row["sha256"])
    out = StringIO()
    call_command("models", check=True, stdout=out)
    assert "as the list says" in out.getvalue()
    copied.unlink()
    copied.write_text("another")
    with pytest.raises(CommandError, match="another file"):
        call_command("models", check=True)
    copied.unlink()
    with pytest.raises(CommandError, match="missing"):
        call_command("models", check=True)
    with pytest.raises(CommandError, match="No such file"):
        call_command("models", tmp_path / "nowhere", check=True)


def test_a_mirror_serves_without_the_package(tmp_path: Path, monkeypatch: Any, caplog: Any) -> None:
    monkeypatch.setenv("MODELS", str(tmp_path))
    monkeypatch.setattr(sentence_encoder, "PACKAGE", "no-such-package")
    with caplog.at_level(logging.WARNING):
        assert sentence_encoder._load.__wrapped__("") is None
    assert "no-such-package" in caplog.text
    (tmp_path / sentence_encoder.FILE).write_bytes(b"")
    assert find_carried_file("no-such-package", sentence_encoder.FILE).parent == tmp_path


def test_the_bill_names_every_locked_package_with_its_hashes() -> None:
    out = StringIO()
    call_command("sbom", stdout=out)
    bill = json.loads(out.getvalue())
    # What the schema of CycloneDX 1.6 asks for.
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", bill["metadata"]["timestamp"])
    kinds = {"application", "library", "machine-learning-model", "data"}
    references = set()
    for component in [*bill["components"], bill["metadata"]["component"]]:
        assert component["type"] in kinds
        assert component["name"]
        references.add(component["bom-ref"])
        for digest in component.get("hashes", []):
            assert digest["alg"] == "SHA-256"
            assert DIGEST.fullmatch(digest["content"])
        for row in component.get("licenses", []):
            assert len(row["license"]) == 1
    assert len(references) == len(bill["components"]) + 1
    lock = (ROOT / "requirements.lock").read_text()
    named = {row["name"] for row in bill["components"]}
    assert set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)) < named
    assert {file.name for file in CARRIED} < named
    without = [row["name"] for row in bill["components"] if not row.get("hashes")]
    assert without == []
    unlicensed = [row["name"] for row in bill["components"] if not row.get("licenses")]
    assert len(unlicensed) < 8


def test_a_lock_is_read() -> None:
    digest = "a" * 64
    text = f"one==1.0 \\\n    --hash=sha256:{digest} \\\n    --hash=sha256:{'b' * 64}\ntwo-three==2 ; sys_platform == 'win32' \\\n    --hash=sha256:{digest}\n"
    one, two = read_lock(text)
    assert (one.name, one.version, one.hashes) == ("one", "1.0", (digest, "b" * 64))
    assert (two.name, two.version, two.hashes) == ("two-three", "2", (digest,))
