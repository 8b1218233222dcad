"""Text to a module of `ast` by way of libcst, which can crash: only to be called in a child."""

import ast
from typing import Any, NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from infragraph.frontend.extract.newer.conversion import Conversion, LiteralError
from infragraph.frontend.extract.newer.expressions import EXPRESSIONS
from infragraph.frontend.extract.newer.patterns import PATTERNS
from infragraph.frontend.extract.newer.statements import STATEMENTS, statements
from infragraph.frontend.extract.newer.strings import STRINGS

_TABLES = {**EXPRESSIONS, **STRINGS, **PATTERNS, **STATEMENTS}


class Parsed(NamedTuple):
    """A module whose columns count code points, and whether it needs a Python later than 3.11."""

    module: ast.Module
    is_newer: bool


class Rejected(NamedTuple):
    """The line that is not Python's, or None where it is not known."""

    line: int | None


def parse(text: str) -> Parsed | Rejected:
    """The module that a text holds, unless libcst rejects it."""
    try:
        tree = cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        return Rejected(error.raw_line)
    except cst.CSTValidationError:
        return Rejected(None)
    # The copy that it would make costs as much as the parse, and this tree is nobody else's.
    wrapper = MetadataWrapper(tree, unsafe_skip_copy=True)
    positions: Any = wrapper.resolve(PositionProvider)
    into = Conversion(wrapper.module, positions, _TABLES)
    try:
        body = statements(wrapper.module.body, into)
    except LiteralError as error:
        return Rejected(error.line)
    return Parsed(ast.Module(body, []), into.is_newer)
