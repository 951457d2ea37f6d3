"""Checks of the French text, and what they share."""
