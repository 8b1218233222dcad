"""From one file's bytes to its facts."""

import ast
import warnings

from infragraph.frontend.extract.lower import lower, lower_expression
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.tree import TooDeepError, documentation
from infragraph.model.facts import Expression, FileFault, ModuleFacts
from infragraph.model.source import Position


def extract(content: bytes) -> ModuleFacts:
    """The facts of one file, or the fault for which it has none; never raises."""
    text = Text(content.decode().replace("\r\n", "\n").replace("\r", "\n"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = lower(ast.parse(text.text), text)
    except SyntaxError as error:
        at = Position(error.lineno or 1, 1, error.lineno or 1, 1)
        return ModuleFacts((), None, (), FileFault("syntax", "the syntax is not Python's", at))
    return ModuleFacts(body, documentation(body), (), None)


def parse_expression(text: str, at: Position) -> Expression | None:
    """The expression that a string holds, every position in it `at`; None where it holds none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return lower_expression(ast.parse(text.strip(), mode="eval").body, at)
    except (SyntaxError, ValueError, MemoryError, RecursionError, TooDeepError):
        return None
