"""Text to a module of `ast` by way of libcst, which can crash: only to be called in a child."""

import ast
from typing import Any, NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from infragraph.frontend.extract.newer.conversion import Conversion
from infragraph.frontend.extract.newer.expressions import EXPRESSIONS
from infragraph.frontend.extract.newer.patterns import PATTERNS
from infragraph.frontend.extract.newer.statements import STATEMENTS, statements
from infragraph.frontend.extract.newer.strings import STRINGS

_TABLES = {**EXPRESSIONS, **STRINGS, **PATTERNS, **STATEMENTS}


class Parsed(NamedTuple):
    """A module whose columns count code points, and whether it needs a Python later than 3.11."""

    module: ast.Module
    is_newer: bool


def parse(text: str) -> Parsed | None:
    """The module that a text holds, unless libcst rejects it."""
    try:
        tree = cst.parse_module(text)
    except cst.ParserSyntaxError:
        return None
    # The copy that it would make costs as much as the parse, and this tree is nobody else's.
    wrapper = MetadataWrapper(tree, unsafe_skip_copy=True)
    positions: Any = wrapper.resolve(PositionProvider)
    into = Conversion(wrapper.module, positions, _TABLES)
    body = statements(wrapper.module.body, into)
    return Parsed(ast.Module(body, []), into.is_newer)
