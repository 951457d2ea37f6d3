"""Keeping history: articles archived or erased, people anonymised, and proof that it is whole."""
