"""Backing an installation up to one file, and putting it back."""
