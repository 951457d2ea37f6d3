"""The people of the tests."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.template import Context, RequestContext, Template
from django.test import Client
from django.test.signals import template_rendered
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests import migrated
from tests.clock import Clock

# A deadline would be a test of the machine: another process can hold any example up.
hypothesis_settings.register_profile("patient", hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("patient")


# The clock is set before a test module is imported: some work out their dates then.
clock = Clock()


def pytest_runtest_setup() -> None:
    """Begin each test at the same moment."""
    clock.restart()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the data folder of this run, which its worker processes share."""
    folder = Path(os.environ["DATA_DIR"])
    if not hasattr(config, "workerinput") and folder.name.startswith("review-tests-"):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Spare a run of the slow and browser tests alone the import of files that have none."""
    if config.option.markexpr not in ("slow or browser", "slow and not browser"):
        return None
    is_test = collection_path.suffix == ".py" and collection_path.name.startswith("test_")
    if is_test and not re.search(r"mark\.(slow|browser)", collection_path.read_text("utf-8")):
        return True
    return None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have every other process import the test files from the last to the first.

    All processes collect all files from the first to the last, and pytest takes longest to compile one: so each
    process finds half of them compiled by another.
    """
    worker = getattr(session.config, "workerinput", {"workerid": "gw0"})["workerid"]
    if session.config.args != session.config.getini("testpaths") or int(worker[2:]) % 2 == 0:
        return
    for path in sorted(Path("tests").rglob("test_*.py"), reverse=True):
        if not pytest_ignore_collect(path, session.config):
            # A file that cannot be imported is reported when it is collected.
            with contextlib.suppress(Exception):
                importlib.import_module(".".join(path.with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of collected tests, which live until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, django_db_modify_db_settings: None) -> bool:
    """Whether the test database is there already: also when a run before has left one to copy."""
    return django_db_keepdb or migrated.begin_with_copy()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Leave the migrated database to the next run, and to the tests that commit."""
    with django_db_blocker.unblock():
        migrated.keep_copy()
        migrated.keep_beginning()


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages(django_test_environment: None) -> None:
    """Keep the context of each page for ``response.context``, and not those of its thirty parts and widgets."""

    def render(template: Template, context: Context) -> str:
        if context.template is template and isinstance(context, RequestContext):
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render


@pytest.fixture(scope="session", autouse=True)
def sessions_alone() -> None:
    """Have ``force_login`` write a session and nothing else: whom a test signs in so is no sign-in to be logged."""

    def force_login(client: Client, user: Any, backend: str | None = None) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = backend or settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    Client.force_login = force_login


@pytest.fixture(scope="session", autouse=True)
def languages_known(django_test_environment: None) -> None:
    """Keep the model that tells languages: each of the many small imports would load it anew, in half a second."""
    from articles.importing import actions

    actions.forget_model = lambda: None


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin each test in English: a request of the test before may have left French active."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nobody_refused() -> None:
    """Forget whom the sign-in of an earlier test refused: the process keeps that, no database."""
    caches[settings.REFUSED_SIGN_INS].clear()


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
    """Otto reads: he has no other role."""
    from tests.factories import make_person

    return make_person("otto", role="Readers")


@pytest.fixture
def ada(db: None) -> Any:
    """Ada is the admin."""
    from tests.factories import make_person

    return make_person("ada", admin=True)
