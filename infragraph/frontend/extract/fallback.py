"""Files that the running Python's parser rejects, read as a newer Python would."""

from typing import NamedTuple

from infragraph.frontend.extract.faults import stopped, too_heavy
from infragraph.frontend.extract.isolation import guarded
from infragraph.frontend.extract.lower import Lowered
from infragraph.frontend.extract.scan import Scan
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.tree import TooDeepError
from infragraph.frontend.extract.wire import decode
from infragraph.model.facts import FileFault


class Rejected(NamedTuple):
    """A text that no Python reads; `line` is what libcst rejects, None where it rejects nothing."""

    line: int | None


def read_newer(text: Text, scanned: Scan) -> Lowered | Rejected | FileFault:
    """What a text holds that needs a Python later than 3.11; raises `TooDeepError`."""
    if scanned.heavy is not None:
        return too_heavy(text, scanned.heavy)
    # Here, so that a run whose files all parse never pays for libcst; and before the fork, so that
    # a run with many such files pays once.
    from infragraph.frontend.extract.newer.reading import read  # noqa: PLC0415

    found = guarded(read, text.text.encode())
    if isinstance(found, str):
        return stopped(text, scanned, is_timeout=found == "timeout")
    kind, value = decode(found)
    if kind == "too-deep":
        raise TooDeepError
    return Lowered(*value) if kind == "read" else Rejected(value)
