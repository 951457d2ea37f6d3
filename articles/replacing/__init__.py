"""Search and replace in the translation of one article, sent for approval as one group."""
