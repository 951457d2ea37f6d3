"""Every test here has one quick check, and four pairs of sentences."""

import pytest

from articles import checks
from tests.factories import make_article
from tests.realignment.article import PAIRS


@pytest.fixture(autouse=True)
def one_check(monkeypatch):
    """The site has one check, a quick one."""
    for known in set(checks.CHECKS) - {"numbers"}:
        monkeypatch.delitem(checks.CHECKS, known)


@pytest.fixture
def article(db):
    return make_article(PAIRS)
