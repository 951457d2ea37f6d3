"""A newer version of an article: its segments take the place of the earlier ones."""
