"""Blind review: who may see which marks while two people read an article separately."""
