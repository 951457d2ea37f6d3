"""An HTTP client that takes little of the processor: many of them measure a site beside it.

It is a browser that stays signed in, keeps its connection open and takes pages compressed. It
follows no redirects and keeps no cookies but its own two.
"""

from __future__ import annotations

import http.client
import secrets
import ssl
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE = 60
"""Seconds that a client waits for an answer."""
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Answer:
    """What a site answered; ``body`` is read only where somebody asks for it."""

    url: str
    status_code: int
    sent: bytes
    is_compressed: bool

    @property
    def body(self) -> bytes:
        """Return the page."""
        return zlib.decompress(self.sent, _GZIP) if self.is_compressed else self.sent


class PlainClient:
    """A browser without scripts, of a person or a stranger, on one connection; for one thread."""

    def __init__(
        self, url: str, person: dict[str, Any], *, origin: str = "", certificate: str = ""
    ) -> None:
        """``certificate`` is the file of one that is believed, ``origin`` what pages call the site
        where that is not ``url``."""
        self.url = url
        self.person = person
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        self.connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        if parts.scheme == "https":
            trust = ssl.create_default_context(cafile=certificate or None)
            self.connection = http.client.HTTPSConnection(
                host, port, timeout=PATIENCE, context=trust
            )
        # The token is the client's own to choose: it stands in the cookie and in the header.
        token = secrets.token_hex(16)
        cookies = f"{person['csrf_cookie']}={token}"
        if "session" in person:
            cookies = f"{person['cookie']}={person['session']}; {cookies}"
        self.page_headers = {"Cookie": cookies, "Accept-Encoding": "gzip"}
        self.part_headers = {**self.page_headers, "HX-Request": "true"}
        self.form_headers = {
            **self.part_headers,
            "X-CSRFToken": token,
            "Referer": f"{origin or url}/",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def get(self, address: str, *, htmx: bool = False) -> Answer:
        """Return the page, or a part of one as htmx asks for it. Raises OSError, HTTPException."""
        return self._ask("GET", address, None, self.part_headers if htmx else self.page_headers)

    def post(self, address: str, data: dict[str, Any]) -> Answer:
        """Send a form as htmx does. Raises OSError, HTTPException."""
        return self._ask("POST", address, urlencode(data).encode(), self.form_headers)

    def _ask(
        self, method: str, address: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        try:
            self.connection.request(method, address, body, headers)
            response = self.connection.getresponse()
            sent = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()  # the next request opens it anew
            raise
        is_compressed = response.getheader("Content-Encoding") == "gzip"
        return Answer(f"{self.url}{address}", response.status, sent, is_compressed)
