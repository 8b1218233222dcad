"""From one file's bytes to its facts."""

import ast
import warnings

from infragraph.frontend.extract.lower import lower_expression
from infragraph.frontend.extract.reading import extract
from infragraph.frontend.extract.tree import TooDeepError
from infragraph.model.facts import Expression
from infragraph.model.source import Position

__all__ = ["extract", "parse_expression"]

_LONGEST = 100_000


def parse_expression(text: str, at: Position) -> Expression | None:
    """The expression that a string holds, every position in it `at`; None where it holds none."""
    if len(text) > _LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return lower_expression(ast.parse(text.strip(), mode="eval").body, at)
    except (SyntaxError, ValueError, MemoryError, RecursionError, TooDeepError):
        return None
