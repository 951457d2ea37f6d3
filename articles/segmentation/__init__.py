"""Sentence boundaries and language detection."""
