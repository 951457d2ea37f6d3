"""What every test stands on: a cheap password hasher, plain static files, a database in a file of its own, the cast."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import pytest

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="review-tests-"))


def pytest_configure() -> None:
    """Settings that make tests fast; everything else is as in production."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # In memory, the server's threads and the test would share one connection, and so each other's transactions.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(settings.DATA_DIR / "test.sqlite3")


@pytest.fixture
def rosa(db: None) -> Any:
    """Rosa reviews."""
    from tests.factories import make_person

    return make_person("rosa", role="Reviewers")


@pytest.fixture
def ruth(db: None) -> Any:
    """Ruth reviews too."""
    from tests.factories import make_person

    return make_person("ruth", role="Reviewers")


@pytest.fixture
def edith(db: None) -> Any:
    """Edith approves."""
    from tests.factories import make_person

    return make_person("edith", role="Approvers")


@pytest.fixture
def otto(db: None) -> Any:
    """Otto can sign in and has no role."""
    from tests.factories import make_person

    return make_person("otto")


@pytest.fixture
def ada(db: None) -> Any:
    """Ada is the admin."""
    from tests.factories import make_person

    return make_person("ada", admin=True)
