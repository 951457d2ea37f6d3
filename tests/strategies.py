"""What property tests of several packages draw from."""

from __future__ import annotations

from hypothesis import strategies as st

CHARACTERS = st.characters(exclude_categories=["Cs"])
"""Any character but half a pair of surrogates. Without an alphabet hypothesis tries every code point
to find these, for seconds in each process."""
