"""Changing which sentences belong together in a stored article."""
