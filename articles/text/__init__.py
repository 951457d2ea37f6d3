"""Texts as plain values: documents, spans, tokens, differences. Nothing here imports Django."""

import os

# The matrices of one sentence are small: a second thread only waits for them and keeps the
# processor busy while it waits (figures in docs/decisions/0005). OpenBLAS reads this when numpy is
# first loaded, so it must be set before.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
