"""Formats of newsroom systems: ninjs, ANS, NITF, NewsML-G2, WordPress, EPUB."""
