"""Running checks over stored segments and drafts, and storing findings of other tools."""
