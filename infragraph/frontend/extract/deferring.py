"""Bodies of functions that are not lowered before something of them is asked for.

Most functions of an application have nothing to do with a resource, which their words alone show.
Of such a one the source is kept, which has been parsed once and is parsed again where it is needed.
"""

import ast
import warnings
from collections.abc import KeysView
from sys import intern
from typing import Any

from infragraph.frontend.extract.glancing import glance
from infragraph.frontend.extract.lower import lower_statement
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.tree import Defer, Tree
from infragraph.model import facts

_APART = "".join(chr(it) if chr(it).isalnum() or it == ord("_") else " " for it in range(128))
"""What takes text in ASCII apart: bodies in other letters are not deferred."""


class DeferredBody:
    """The body of a function as its source; `imports` are all that stand in it.

    `heeded` are words that were looked for in it, and that no statement of its module binds.
    """

    __slots__ = ("_body", "_may_make_functions", "_words", "heeded", "imports", "line", "text")

    def __init__(
        self, text: str, line: int, imports: tuple[facts.Import | facts.ImportFrom, ...]
    ) -> None:
        self.text = text
        self.line = line
        self.imports = imports
        self.heeded: frozenset[str] = frozenset()
        self._body: facts.Body | None = None
        self._words: KeysView[str] | None = None
        self._may_make_functions = False

    def __reduce__(self) -> tuple[type["DeferredBody"], tuple[object, ...]]:
        return DeferredBody, (self.text, self.line, self.imports)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, DeferredBody) and (self.line, self.text) == (other.line, other.text):
            return True
        if isinstance(other, DeferredBody | facts.Body):
            return self.lowered() == other.lowered()
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.lowered())

    @property
    def is_lowered(self) -> bool:
        return self._body is not None

    @property
    def words(self) -> KeysView[str]:
        """The words of the whole function, its decorators, texts and comments included."""
        if self._words is None:
            # No name follows a digit, so that words alone are split off.
            found = self.text.translate(_APART).split()
            self._words = dict.fromkeys(map(intern, found)).keys()
            self._may_make_functions = "lambda" in self._words or found.count("def") > 1
        return self._words

    @property
    def may_make_functions(self) -> bool:
        """Whether functions may stand in it."""
        return bool(self.words) and self._may_make_functions

    def lowered(self) -> facts.Body:
        if self._body is None:
            self._body = _lowered(self.text, self.line)
        return self._body


def _lowered(source: str, line: int) -> facts.Body:
    # What stands before it keeps lines and columns what they are in the file.
    is_indented = source[:1] in {" ", "\t"}
    before = "\n" * (line - 2) + "if 1:\n" if is_indented else "\n" * (line - 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (statement,) = ast.parse(before + source).body
    if isinstance(statement, ast.If):
        (statement,) = statement.body
    function = lower_statement(statement, Text(source, first=line))
    assert isinstance(function, facts.Function)
    return function.within.lowered()


def deferral(text: Text) -> Defer | None:
    """What decides which bodies of a file are left for later."""
    # With it, `<>` is an operator, and without it none.
    if "barry_as_FLUFL" in text.text:
        return None

    def defer(node: Any, level: int, tree: Tree) -> DeferredBody | None:
        first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        if not _stands_alone(node, text, first):
            return None
        source = "\n".join(text.lines[first - 1 : node.end_lineno])
        # Python takes some letters for others, which would have to be done to words, too.
        glanced = glance(node, level, source) if source.isascii() else None
        if glanced is None:
            return None
        tree.levels = max(tree.levels, glanced.levels)
        imports: Any = tuple([lower_statement(one, text) for one in glanced.imports])
        return DeferredBody(source, first, imports)

    return defer


def _stands_alone(node: Any, text: Text, first: int) -> bool:
    """Whether the lines from `first` on hold the function, and nothing before it."""
    line, column = int(node.lineno), int(node.col_offset)
    starts = text.lines[line - 1][:column]
    if starts.strip(" \t") or (first > 1 and text.lines[first - 2].endswith("\\")):
        return False
    return not node.decorator_list or text.lines[first - 1].startswith(f"{starts}@")
