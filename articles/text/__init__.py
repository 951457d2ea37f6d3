"""Floor 0: texts as plain values. Nothing here knows Django, files or people."""
