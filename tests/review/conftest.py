"""The segment that the tests of corrections write into."""

from __future__ import annotations

import pytest

from articles.models import Segment
from tests.factories import make_segment
from tests.review.editor import BEFORE


@pytest.fixture
def segment(db: None) -> Segment:
    return make_segment("The mayor spoke yesterday.", BEFORE)
