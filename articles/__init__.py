"""Reviewing machine-translated articles. README.md is the map."""
