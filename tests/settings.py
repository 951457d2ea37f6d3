"""The site's settings as the tests use them: a data folder for this run alone, and what makes tests fast."""

from __future__ import annotations

import os
import tempfile

# The settings read it when they are imported. Worker processes of one run share the folder, not the database.
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="review-tests-"))

from reviewsite.settings import *  # noqa: F403
from reviewsite.settings import DATA_DIR, DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES
from tests.clock import time_zone

TIME_ZONE = time_zone()
INSTALLED_APPS = [
    *INSTALLED_APPS,
    "tests",
]  # for its flush, which takes the triggers of history off
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CHECK_PROCESSES = None  # no worker runs: drafts are checked in the process itself
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # In memory, the server's threads and the test would share one connection, and so each other's transactions.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    # Nobody needs a test database after a power failure.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    MIDDLEWARE = [
        name for name in MIDDLEWARE if name != "reviewsite.sqlite.SyncBeforeAnswerMiddleware"
    ]
