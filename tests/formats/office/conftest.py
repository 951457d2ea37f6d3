"""One LibreOffice for all tests of a process: it takes seconds to start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.formats.judge import Office


@pytest.fixture(scope="session")
def office(tmp_path_factory: Any) -> Iterator[Office]:
    program = Office(tmp_path_factory.mktemp("office"))
    yield program
    program.close()
