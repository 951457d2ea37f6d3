"""Word alignment, and the model that finds words left without a translation."""
