"""Floor 0: texts as plain values. Nothing here knows Django, files or people."""

import os

# The matrices of one sentence are small: a second thread only waits for them, and burns the core it waits on (on two
# busy cores 68 ms a segment, 41 with one thread). Must stand before numpy is first loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
