"""Signed statements between the services of one application: who is calling, and for whom.

A token is `v1.<payload>.<signature>`, both in base64 for URLs; the signature is an HMAC by a key
that only the application's services hold. It is short-lived, and says for whom it is meant.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

_VERSION = "v1"
_LIFETIME = timedelta(seconds=60)
# Clocks of machines differ a little.
_LEEWAY = timedelta(seconds=10)
_KEY_BYTES = 32


class IdentityError(Exception):
    """A token that proves nothing; the text is for logs, never for whoever sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs and verifies with the application's key."""

    key: bytes

    def __post_init__(self) -> None:
        if len(self.key) < _KEY_BYTES:
            message = f"a signing key has at least {_KEY_BYTES} bytes, this one {len(self.key)}"
            raise ValueError(message)

    def sign(self, claims: Mapping[str, object], *, audience: str, now: datetime) -> str:
        """A token with `claims` for one service, valid for a minute."""
        stated = {**claims, "aud": audience, "exp": (now + _LIFETIME).timestamp()}
        payload = _encode(json.dumps(stated, sort_keys=True, separators=(",", ":")).encode())
        return f"{_VERSION}.{payload}.{self._signature(payload)}"

    def verify(self, token: str, *, audience: str, now: datetime) -> dict[str, Any]:
        """The claims.

        Raises:
            IdentityError: it is not ours, not for `audience`, or too old.
        """
        version, _, rest = token.partition(".")
        payload, _, signature = rest.partition(".")
        expected = self._signature(payload)
        if version != _VERSION or not hmac.compare_digest(expected.encode(), signature.encode()):
            message = "the token is not signed by this application"
            raise IdentityError(message)
        claims = cast("dict[str, Any]", json.loads(_decode(payload)))
        if claims.get("aud") != audience:
            message = f"the token is for {claims.get('aud')!r}, not for {audience!r}"
            raise IdentityError(message)
        if now.timestamp() > claims["exp"] + _LEEWAY.total_seconds():
            message = "the token is too old"
            raise IdentityError(message)
        return claims

    def _signature(self, payload: str) -> str:
        digest = hmac.digest(self.key, f"{_VERSION}.{payload}".encode(), hashlib.sha256)
        return _encode(digest)


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        message = "the token is no base64"
        raise IdentityError(message) from error
