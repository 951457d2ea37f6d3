"""Reviewing machine-translated articles. Start with text/document.py, then models/, then workflow.py; README.md is the map."""
