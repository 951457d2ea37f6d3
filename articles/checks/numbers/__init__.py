"""Checks of numbers, units and dates, and what they share."""
