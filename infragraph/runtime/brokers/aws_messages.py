"""A message as SNS and SQS carry it: text, and at most ten attributes with raw delivery.

All of our metadata is one attribute, as JSON, and the trace is a second; the attributes of the
payload stand for themselves, so that filter policies see them. What cannot be an attribute of its
own (an empty value, one too many) is in the JSON.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from infragraph.runtime.envelope import PREFIX, TRACEPARENT

METADATA = "infragraph"
"""The attribute with our metadata."""

# https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html (read 2026-11-25): a message
# with more than ten is dropped where delivery is raw.
_ATTRIBUTES = 10
_NAME = re.compile(r"(?!AWS\.|Amazon\.)[A-Za-z0-9_-](\.?[A-Za-z0-9_-])*", re.IGNORECASE)
_LONGEST_NAME = 256
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html (read
# 2026-11-25). A carriage return is legal too, and readers of XML make a line feed of it.
_TEXT = re.compile("[\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
# https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (read 2026-11-25): of groups and
# of ids for deduplication, in FIFO topics and queues.
_TOKEN = re.compile(r"[A-Za-z0-9!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]{1,128}")
_ENCODING = "encoding"
_REST = "attributes"
# SNS and SQS take no empty message.
_NOTHING = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A message to send; `attributes` are texts by their names."""

    text: str
    attributes: Mapping[str, str]

    @property
    def size(self) -> int:
        """What counts against the largest message: the text, and names, types and values."""
        parts = [(len(name), len("String"), len(it.encode())) for name, it in self._sorted()]
        return len(self.text.encode()) + sum(map(sum, parts))

    def described(self) -> dict[str, Any]:
        """The attributes as both services want them."""
        return {name: {"DataType": "String", "StringValue": it} for name, it in self._sorted()}

    def _sorted(self) -> list[tuple[str, str]]:
        return sorted(self.attributes.items())


def carried(written: Mapping[str, str], body: bytes, *, beside: tuple[str, ...] = ()) -> Carried:
    """A message with headers `written`; those in `beside` are attributes before all others."""
    first = {name: written[name] for name in (TRACEPARENT, *beside) if written.get(name)}
    metadata: dict[str, Any] = {
        name: it for name, it in written.items() if name.startswith(PREFIX) and name not in first
    }
    others = {
        name: it for name, it in written.items() if name not in first and name not in metadata
    }
    shown = [name for name, it in sorted(others.items()) if _is_attribute(name, it)]
    attributes = {**first, **{name: others[name] for name in shown[: _ATTRIBUTES - 1 - len(first)]}}
    rest = {name: it for name, it in others.items() if name not in attributes}
    if rest:
        metadata[_REST] = rest
    text, encoding = _text(body)
    if encoding is not None:
        metadata[_ENCODING] = encoding
    attributes[METADATA] = json.dumps(metadata, separators=(",", ":"), sort_keys=True)
    return Carried(text=text, attributes=attributes)


def uncarried(text: str, attributes: Mapping[str, Any]) -> tuple[dict[str, str], bytes]:
    """Headers and body of a message that arrived; a foreign one has its own attributes alone."""
    given = {
        name: str(it["StringValue"])
        for name, it in attributes.items()
        if it.get("StringValue") is not None
    }
    metadata = _metadata(given.pop(METADATA, None))
    encoding = metadata.pop(_ENCODING, None)
    rest = _object(metadata.pop(_REST, None))
    ours = {name: it for name, it in metadata.items() if name.startswith(PREFIX)}
    more = {name: str(it) for name, it in {**rest, **ours}.items()}
    return {**given, **more}, _body(text, encoding)


def token(text: str) -> str:
    """A group or an id for deduplication: what has other characters goes by its hash."""
    if _TOKEN.fullmatch(text):
        return text
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _is_attribute(name: str, value: str) -> bool:
    fits = len(name) <= _LONGEST_NAME and name != METADATA
    return fits and bool(_NAME.fullmatch(name)) and bool(_TEXT.fullmatch(value))


def _text(body: bytes) -> tuple[str, str | None]:
    if not body:
        return _NOTHING, "empty"
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = ""
    if _TEXT.fullmatch(text):
        return text, None
    return base64.b64encode(body).decode(), "base64"


def _metadata(written: str | None) -> dict[str, Any]:
    """A foreign publisher may use our attribute's name for something else."""
    try:
        return _object(json.loads(written or "{}"))
    except ValueError:
        return {}


def _object(read: object) -> dict[str, Any]:
    return cast("dict[str, Any]", read) if isinstance(read, dict) else {}


def _body(text: str, encoding: object) -> bytes:
    if encoding == "empty":
        return b""
    if encoding == "base64":
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            pass
    return text.encode(errors="surrogatepass")
