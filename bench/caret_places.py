"""How often the place that is shown for a lost adjective is where the French had it.

    python bench/caret_places.py [--show]

``bench/caret_places.txt`` holds invented pairs, "English | French", one a line, with an English
adjective and its French counterpart in brackets. The French words are taken out, and the place at
which the checks would show the gap is compared with theirs. Blanks do not count.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from articles.checks.carets import caret_at
from articles.checks.registry import Pair
from articles.text.document import Span

FILE = Path(__file__).with_suffix(".txt")
BRACKETED = re.compile(r" ?\[(.*?)\]")


def main() -> None:
    """Print how many places are right in each part of the file; with ``--show`` the others."""
    shows = "--show" in sys.argv
    title = ""
    right = total = 0
    for line in [*FILE.read_text(encoding="utf-8").splitlines(), "#"]:
        if not line.startswith("#"):
            total += 1
            right += is_right(line, shows=shows)
            continue
        if total:
            print(f"{title}: {right} of {total}")
        title = line.removeprefix("# ")
        right = total = 0


def is_right(line: str, *, shows: bool) -> bool:
    """Return whether the gap of a line is shown where its French words were."""
    source, target = line.split("|")
    lost = BRACKETED.findall(source)[-1]
    english = source.replace("[", "").replace("]", "")
    gap = BRACKETED.search(target)
    assert gap is not None
    french = target[: gap.start()] + target[gap.end() :]
    at = english.index(lost)
    caret = caret_at(Pair(english, french), Span(at, at + len(lost)))
    if caret is None:
        return False
    between = french[min(caret, gap.start()) : max(caret, gap.start())]
    if shows and between.strip():
        print(f"{lost}: {french[:caret]}‸{french[caret:]}")
    return not between.strip()


if __name__ == "__main__":
    main()
