"""The concordance: how words were translated before, in all articles that a person may read."""
