"""Sentence alignment: which sentences, and which documents, translate each other."""
