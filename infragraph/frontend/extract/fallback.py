"""Files that the running Python's parser rejects, read as a newer Python would."""

import warnings
from typing import Any

from infragraph.frontend.extract.faults import stopped, too_nested
from infragraph.frontend.extract.isolation import guarded
from infragraph.frontend.extract.lower import lower
from infragraph.frontend.extract.scan import Scan
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.tree import TooDeepError
from infragraph.frontend.extract.wire import decode, encode
from infragraph.model.facts import FileFault, Statement

_TOO_DEEP = "too-deep"


def read_newer(text: Text, scanned: Scan) -> tuple[Statement, ...] | FileFault | None:
    """The statements of a text that needs a Python later than 3.11; None where none reads it."""
    # Here, so that a run whose files all parse never pays for libcst; and before the fork, so that
    # a run with many such files pays once.
    from infragraph.frontend.extract.newer.parse import parse  # noqa: PLC0415

    def work() -> bytes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                parsed = parse(text.text)
                # libcst accepts more than Python does: what no later Python is needed for, the
                # parser of this one has rightly rejected.
                if parsed is None or not parsed.is_newer:
                    return encode(None)
                return encode(lower(parsed.module, text, uses_bytes=False))
            except (SyntaxError, ValueError):
                return encode(None)
            except (TooDeepError, RecursionError, MemoryError):
                return encode(_TOO_DEEP)

    found = guarded(work)
    if isinstance(found, str):
        return stopped(text, scanned, is_timeout=found == "timeout")
    result: Any = decode(found)
    return too_nested(text, scanned) if result == _TOO_DEEP else result
