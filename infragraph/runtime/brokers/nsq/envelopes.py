"""Our metadata within a message, since NSQ has no headers: `{"v":1,"h":{…},"d":…}`.

`d` is the payload as it was given, byte by byte; what is no JSON is base64 in `b` in its place. A
message that does not look like this is foreign: all of it is the payload.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, cast

import msgspec

_START = '{"v":1,"h":'
_PAYLOAD = ',"d":'
_BINARY = ',"b":'


def wrapped(headers: Mapping[str, str], body: bytes) -> bytes:
    """The message to publish."""
    head = _START.encode() + json.dumps(dict(headers), separators=(",", ":")).encode()
    if _is_json(body):
        return head + _PAYLOAD.encode() + body + b"}"
    encoded = json.dumps(base64.b64encode(body).decode())
    return head + _BINARY.encode() + encoded.encode() + b"}"


def unwrapped(data: bytes) -> tuple[dict[str, str], bytes]:
    """Headers and payload of a message that arrived."""
    return _ours(data) or _written_by_others(data) or ({}, data)


def _is_json(body: bytes) -> bool:
    try:
        msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _ours(data: bytes) -> tuple[dict[str, str], bytes] | None:
    """The payload stays as it is."""
    if not (data.startswith(_START.encode()) and data.endswith(b"}")):
        return None
    try:
        text = data.decode()
        headers, end = json.JSONDecoder().raw_decode(text, len(_START))
    except ValueError:
        return None
    payload = text[end:-1].removeprefix(_PAYLOAD).encode()
    if not text.startswith(_PAYLOAD, end) or not isinstance(headers, dict) or not _is_json(payload):
        return None
    return _texts(cast("dict[str, Any]", headers)), payload


def _written_by_others(data: bytes) -> tuple[dict[str, str], bytes] | None:
    """Members in another order, with blanks between, or with a binary payload."""
    try:
        read: Any = json.loads(data)
    except ValueError:
        return None
    found = cast("dict[str, Any]", read) if isinstance(read, dict) else {}
    headers: Any = found.get("h")
    if found.get("v") != 1 or not isinstance(headers, dict):
        return None
    body = _payload({name: it for name, it in found.items() if name not in ("v", "h")})
    return None if body is None else (_texts(cast("dict[str, Any]", headers)), body)


def _payload(rest: Mapping[str, Any]) -> bytes | None:
    """None where the members are not ours."""
    match rest:
        case {"d": payload} if len(rest) == 1:
            return json.dumps(payload, ensure_ascii=False).encode(errors="surrogatepass")
        case {"b": str(encoded)} if len(rest) == 1:
            try:
                return base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                return None
        case _:
            return None


def _texts(headers: Mapping[str, Any]) -> dict[str, str]:
    return {name: it if isinstance(it, str) else json.dumps(it) for name, it in headers.items()}
