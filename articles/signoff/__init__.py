"""Signing an article off: what is still open in it, who may sign it off, and who did."""
