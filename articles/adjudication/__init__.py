"""Comparing two blind reviews of an article, and deciding what is kept of them."""
