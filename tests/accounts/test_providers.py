"""A provider opens the account whose address it vouches for, and nothing that it did not sign counts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.migrated import copy_of, migration_files

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow  # a process of its own: which providers there are is a setting
def test_sign_in_through_providers(tmp_path: Path) -> None:
    database = tmp_path / "walk.sqlite3"
    copy = copy_of(migration_files())
    if copy.exists():  # else the process migrates, as it does at the first run of all
        shutil.copyfile(copy, database)
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{database}",
    }
    command = [sys.executable, "-m", "tests.accounts.provider_walk"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found == {
        "buttons": True,
        "metadata": True,
        "oidc": "rosa",
        "oidc again": "rosa",
        "oidc unverified": "",
        "oidc unknown": "",
        "oidc forged state": "",
        "oidc for another site": "",
        "saml": "rosa",
        "saml unknown": "",
        "saml by another key": "",
        "saml unsigned": "",
        "saml twice": [302, 403],
        "accounts": ["rosa"],
        "logged": 4,
    }
