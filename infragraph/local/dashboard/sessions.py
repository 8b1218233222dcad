"""The run's token, and the one-time addresses that a browser gets it by."""

import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

FILE = "dashboard.json"
_BYTES = 32


def _made() -> str:
    return secrets.token_urlsafe(_BYTES)


@dataclass(slots=True, kw_only=True)
class Sessions:
    """`file` always holds an address that opens the dashboard once, and the token for programs."""

    file: Path
    token: str = field(default_factory=_made)
    url: str = ""
    _key: str = field(default_factory=_made)

    @property
    def cookie(self) -> str:
        """The cookie's name: the browser sends it to all ports, so that two runs need two."""
        return f"infragraph_{self.url.rpartition(':')[2]}"

    @property
    def address(self) -> str:
        """Opens the dashboard in a browser, once."""
        return f"{self.url}/open?key={self._key}"

    def serve_at(self, url: str) -> None:
        """The dashboard answers at `url`."""
        self.url = url
        self._write()

    def redeem(self, key: str) -> bool:
        """Whether the key is good; it is good once, and another one is made then."""
        if not _same(key, self._key):
            return False
        self._key = _made()
        self._write()
        return True

    def has_cookie(self, headers: Sequence[str]) -> bool:
        """Whether one of the `Cookie` headers holds the token."""
        return any(_same(value, self.token) for value in self._cookies(headers))

    def has_bearer(self, headers: Sequence[str]) -> bool:
        """Whether the only `Authorization` header holds the token."""
        scheme, _, value = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
        return scheme.lower() == "bearer" and _same(value, self.token)

    def set_cookie(self) -> str:
        """The header by which a browser keeps the token from every script, and for this site."""
        return f"{self.cookie}={self.token}; Path=/; HttpOnly; SameSite=Strict"

    def forget(self) -> None:
        """The run ends: what the file says opens nothing any more."""
        self.file.unlink(missing_ok=True)

    def _cookies(self, headers: Sequence[str]) -> list[str]:
        found: list[str] = []
        for header in headers:
            try:
                morsel = SimpleCookie(header).get(self.cookie)
            except CookieError:
                continue
            if morsel is not None:
                found.append(morsel.value)
        return found

    def _write(self) -> None:
        descriptor = os.open(
            self.file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600
        )
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump({"url": self.url, "open": self.address, "token": self.token}, file)


def _same(given: str, wanted: str) -> bool:
    """In a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())
