"""Read all words of a piece of HTML: what stands inside another file is no page with a menu."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_LINES = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
"""Elements that begin and end a line, as a browser shows them."""
_WORDLESS = frozenset({"script", "style", "template", "title"})


def fragment_lines(markup: str) -> list[str]:
    """Return the lines of words in a piece of HTML, without its tags; entities are resolved.

    Every element is read but scripts, styles and the title of the page. A run of blanks is one
    blank, as a browser shows it; a no-break space stays.
    """
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.end_line()
    return reader.lines


class _Reader(HTMLParser):
    """Collect the ``lines``; ``within`` counts the open elements that hold no words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End the line before an element that has its own."""
        del attrs
        if tag in _WORDLESS:
            self.within += 1
        if tag in _LINES:
            self.end_line()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End the line at an empty element such as ``<br/>``."""
        del attrs
        if tag in _LINES:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        """End the line after an element that has its own."""
        if tag in _WORDLESS:
            self.within = max(0, self.within - 1)
        if tag in _LINES:
            self.end_line()

    def handle_data(self, data: str) -> None:
        """Take up the words."""
        if not self.within:
            self.pieces.append(data)

    def end_line(self) -> None:
        """Put the words since the last line end into a line of their own."""
        text = _BLANKS.sub(" ", "".join(self.pieces)).strip(" ")
        self.pieces.clear()
        if text:
            self.lines.append(text)
