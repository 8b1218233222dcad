"""A file's bytes to its facts.

    bytes ──decode──▶ text ──ast──▶ tree ──lower──▶ facts
                              └ SyntaxError ──scan──▶ libcst, in a child ──▶ facts or a fault

What is refused, and with which words, is decided by the bytes alone, never by the Python that runs.
"""

import ast
import warnings

from infragraph.frontend.extract.directives import WORD, directives
from infragraph.frontend.extract.encoding import decode
from infragraph.frontend.extract.fallback import read_newer
from infragraph.frontend.extract.faults import syntax_fault, too_nested
from infragraph.frontend.extract.lower import lower
from infragraph.frontend.extract.scan import Scan, scan
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.tree import TooDeepError, documentation
from infragraph.model.facts import FileFault, ModuleFacts, Statement


def extract(content: bytes) -> ModuleFacts:
    """The facts of one file, or the fault for which it has none; raises nothing."""
    text = decode(content)
    if isinstance(text, FileFault):
        return ModuleFacts((), None, (), text)
    # Only a file that needs it is scanned: that costs as much as parsing.
    scanned = scan(text.text) if WORD in text.text else None
    found = () if scanned is None else directives(text, scanned.comments)
    body = _body(text, scanned)
    if isinstance(body, FileFault):
        return ModuleFacts((), None, found, body)
    return ModuleFacts(body, documentation(body), found, None)


def _body(text: Text, scanned: Scan | None) -> tuple[Statement, ...] | FileFault:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return lower(ast.parse(text.text), text)
    except SyntaxError as error:
        rejected = error
    except (TooDeepError, MemoryError, RecursionError):
        return too_nested(text, scanned or scan(text.text))
    scanned = scanned or scan(text.text)
    if scanned.excess is not None:
        return too_nested(text, scanned)
    newer = read_newer(text, scanned)
    return syntax_fault(text, scanned, rejected) if newer is None else newer
