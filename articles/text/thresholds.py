"""The thresholds that a person may tune, in one place, each with its reason."""

from __future__ import annotations

SHOWN = 0.5
"""A finding less likely than this is not shown unless it is asked for: more than half of those shown are right."""
