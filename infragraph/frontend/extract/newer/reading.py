"""Bytes to facts by way of libcst; only to be called in a child, which it may take down."""

import sys
import warnings
from typing import Any

from infragraph.frontend.extract.lower import lower
from infragraph.frontend.extract.newer.parse import Rejected, parse
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.tree import TooDeepError
from infragraph.frontend.extract.wire import encode

# libcst's trees nest where those of `ast` are flat, and its visitors recurse. The child's stack is
# large enough for the longest rows that are read.
_CALLS = 100_000


def read(content: bytes) -> bytes:
    """What the text holds, on the wire.

    That is ("read", (statements, levels)), ("too-deep", None) or ("rejected", line), the line being
    None where only the running Python's parser rejects it.
    """
    sys.setrecursionlimit(_CALLS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return encode(_read(Text(content.decode())))


def _read(text: Text) -> tuple[str, Any]:
    try:
        parsed = parse(text.text)
        if isinstance(parsed, Rejected):
            return "rejected", parsed.line
        # libcst accepts more than Python does: what no later Python is needed for, the parser of
        # the running one has rightly rejected.
        if not parsed.is_newer:
            return "rejected", None
        return "read", tuple(lower(parsed.module, text, uses_bytes=False))
    except (TooDeepError, RecursionError):
        return "too-deep", None
