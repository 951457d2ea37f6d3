"""The people of the tests."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.clock import set_clock


def pytest_configure() -> None:
    """Set the clock before a test module is imported: some work out their dates then."""
    set_clock()


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of collected tests, which live until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin each test in English: a request of the test before may have left French active."""
    with translation.override("en"):
        yield


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
