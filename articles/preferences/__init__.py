"""What each person chose for themselves, applied to every page."""
