"""Articles leave the site as files."""
