"""A file's bytes to its facts.

    bytes ──decode──▶ text ──ast──▶ tree ──lower──▶ facts
                              └ SyntaxError ──scan──▶ libcst, in a child ──▶ facts or a fault

What is refused, and with which words, is decided by the bytes alone, never by the Python that runs.
"""

import ast
import re
import warnings

from infragraph.frontend.extract.deferring import deferral
from infragraph.frontend.extract.directives import WORD, directives
from infragraph.frontend.extract.encoding import decode
from infragraph.frontend.extract.fallback import Rejected, read_newer
from infragraph.frontend.extract.faults import syntax_fault, too_bracketed, too_nested
from infragraph.frontend.extract.lower import Lowered, lower
from infragraph.frontend.extract.measure import MOST_TOKENS
from infragraph.frontend.extract.scan import Scan, scan
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.tree import TooDeepError, documentation
from infragraph.model.facts import FileFault, ModuleFacts, Statement

_FEW_LEVELS = 40
"""Levels of syntax within which every Python's parser takes 200 brackets."""

_NO_FILE = ""
"""To show an error's line, Python opens a file of the name it is given, be it `<unknown>`."""


def extract(content: bytes) -> ModuleFacts:
    """The facts of one file, or the fault for which it has none; raises nothing."""
    text = decode(content)
    if isinstance(text, FileFault):
        return ModuleFacts((), None, (), text)
    return extract_text(text)


def extract_text(text: Text) -> ModuleFacts:
    """As `extract` does, of what has been decoded."""
    # Only a file that needs it is scanned: that costs as much as parsing. A shorter one cannot hold
    # too many tokens.
    is_scanned = WORD in text.text or _has_many_tokens(text.text)
    scanned = scan(text.text) if is_scanned else None
    found = () if scanned is None else directives(text, scanned.comments)
    body = _body(text, scanned)
    if isinstance(body, FileFault):
        return ModuleFacts((), None, found, body)
    return ModuleFacts(body, documentation(body), found, None)


def _has_many_tokens(text: str) -> bool:
    """Whether there may be more tokens than are read: each holds one of these, and not in part."""
    return len(text) > MOST_TOKENS and sum(1 for _ in _PIECE.finditer(text)) > MOST_TOKENS


_PIECE = re.compile(r"\w+|[^\w\s]")


def _body(text: Text, scanned: Scan | None) -> tuple[Statement, ...] | FileFault:
    if scanned is not None and scanned.excess is not None and scanned.excess.kind == "tokens":
        return too_nested(text, scanned)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text.text, _NO_FILE)
            return _checked(lower(module, text, defer=deferral(text)), text, scanned)
    except SyntaxError as error:
        rejected = error
    except (TooDeepError, MemoryError, RecursionError):
        return _refused(text, scanned or scan(text.text))
    scanned = scanned or scan(text.text)
    if scanned.excess is not None:
        return too_nested(text, scanned)
    return _newer(text, scanned, rejected)


def _newer(text: Text, scanned: Scan, error: SyntaxError) -> tuple[Statement, ...] | FileFault:
    try:
        found = read_newer(text, scanned)
    except TooDeepError:
        return _refused(text, scanned)
    match found:
        case Lowered():
            return _checked(found, text, scanned)
        case Rejected() if scanned.deep is not None:
            # Another Python's parser runs out of stack before it comes to the error.
            return _refused(text, scanned)
        case Rejected(line):
            return syntax_fault(text, scanned, error, line)
        case fault:
            return fault


def _checked(
    lowered: Lowered, text: Text, scanned: Scan | None
) -> tuple[Statement, ...] | FileFault:
    """The statements, unless another Python's parser would have run out of stack."""
    if lowered.levels > _FEW_LEVELS:
        scanned = scanned or scan(text.text)
        if scanned.deep is not None:
            return _refused(text, scanned)
    return lowered.statements


def _refused(text: Text, scanned: Scan) -> FileFault:
    if scanned.excess is None and scanned.deep is not None:
        return too_bracketed(text, scanned.deep)
    return too_nested(text, scanned)
