"""The nodes below a statement, and what has been made of them.

Nothing here or above it recurses: nodes are listed parents first, and lowered in the reverse order,
so that a tree of any depth the parser accepts cannot exhaust the stack.
"""

import ast
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias, cast

from infragraph.frontend.extract.documentation import cleaned
from infragraph.frontend.extract.scopes import ScopeNames, note
from infragraph.frontend.extract.text import Text
from infragraph.model import facts
from infragraph.model.source import Position

DEEPEST = 200
"""Levels of syntax below a module; hand-written code stays below 60."""


class TooDeepError(Exception):
    """A tree of more than `DEEPEST` levels."""


class Visit(NamedTuple):
    """A node to be lowered; `pin` is the position it takes instead of its own."""

    node: Any
    scope: ScopeNames
    pin: Position | None


Defer: TypeAlias = Callable[[Any, int, "Tree"], facts.Within | None]
"""What stands for a function's body that is left for later, by the function's level."""


class Tree:
    """The nodes of one statement or expression that have been lowered so far.

    `defer` is asked about each function that stands in no other; `deferred` are the bodies that are
    left for later.
    """

    __slots__ = ("_done", "_pin", "defer", "deferred", "levels", "scopes", "text", "uses_bytes")

    def __init__(self, text: Text, *, uses_bytes: bool = True, defer: Defer | None = None) -> None:
        self.text = text
        self.uses_bytes = uses_bytes
        self.levels = 0
        self.scopes: dict[int, ScopeNames] = {}
        self.defer = defer
        self.deferred: dict[int, facts.Within] = {}
        self._done: dict[int, Any] = {}
        self._pin: Position | None = None

    def begin(self, visit: Visit) -> None:
        self._pin = visit.pin

    def finish(self, node: Any, fact: Any) -> None:
        self._done[id(node)] = fact

    def at(self, node: Any) -> Position:
        """Where the node stands that is being lowered."""
        if self._pin is not None:
            return self._pin
        line, end_line = node.lineno, node.end_lineno
        if self.uses_bytes and not self.text.is_ascii:
            return Position(
                line,
                self.text.column(line, node.col_offset),
                end_line,
                self.text.column(end_line, node.end_col_offset),
            )
        return Position(line, node.col_offset + 1, end_line, node.end_col_offset + 1)

    def name_at(self, at: Position) -> Position:
        """Where the name of the `def` or `class` stands that begins at this place."""
        return at if self._pin is not None else self.text.name_after(at.line, at.column)

    def of(self, node: Any) -> Any:
        """What a child became."""
        return self._done.pop(id(node))

    def maybe(self, node: Any) -> Any:
        return None if node is None else self._done.pop(id(node))

    def all_of(self, nodes: Iterable[Any]) -> tuple[Any, ...]:
        done = self._done
        return tuple([done.pop(id(node)) for node in nodes])

    def suite(self, nodes: Iterable[Any]) -> tuple[facts.Statement, ...]:
        return documented(self.all_of(nodes))


def documented(statements: tuple[facts.Statement, ...]) -> tuple[facts.Statement, ...]:
    """The statements of a block, assignments with the string literals that follow them."""
    found = list(statements)
    for index, statement in enumerate(statements[:-1]):
        if isinstance(statement, facts.Assign | facts.AnnotatedAssign):
            doc = documentation(statements[index + 1 : index + 2])
            if doc is not None:
                found[index] = replace(statement, doc=doc)
    return tuple(found)


def documentation(statements: tuple[facts.Statement, ...]) -> str | None:
    """The string literal that a block begins with."""
    match statements[:1]:
        case (facts.Evaluate(value=facts.Constant(value=str(doc))),):
            return cleaned(doc)
        case _:
            return None


def visits(root: Any, tree: Tree, scope: ScopeNames, pin: Position | None = None) -> list[Visit]:
    """The nodes from `root` down, parents first; notes what each scope binds."""
    found: list[Visit] = []
    waiting: list[tuple[Any, int, ScopeNames, Position | None]] = [(root, 1, scope, pin)]
    while waiting:
        node, depth, scope, pin = waiting.pop()
        if depth > DEEPEST:
            raise TooDeepError
        tree.levels = max(tree.levels, depth)
        found.append(Visit(node, scope, pin))
        note(node, scope)
        kind: type[object] = node.__class__
        if pin is None and kind.__name__ in _STRINGS:
            tree.begin(found[-1])
            pin = tree.at(node)
        fields = _FIELDS[kind] if kind in _FIELDS else _fields(kind)
        inner = _INNER.get(kind)
        new = scope
        if inner is not None:
            deferred = None
            if tree.defer is not None and kind in _FUNCTIONS:
                deferred = tree.defer(node, depth, tree)
            if deferred is not None:
                tree.deferred[id(node)] = deferred
                fields = _OUTSIDE
            else:
                tree.scopes[id(node)] = new = ScopeNames()
        for field in fields:
            value = getattr(node, field, None)
            below = new if field == inner else scope
            if isinstance(value, ast.AST):
                waiting.append((value, depth + 1, below, pin))
            elif type(value) is list:
                children = cast("list[object]", value)
                waiting.extend(
                    [
                        (child, depth + 1, below, pin)
                        for child in children
                        if isinstance(child, ast.AST)
                    ]
                )
    return found


def levels(root: Any) -> int:
    """How many levels of syntax a node has, itself included."""
    deepest = 0
    row: list[Any] = [root]
    while row:
        deepest += 1
        below: list[Any] = []
        for node in row:
            kind = node.__class__
            for field in _FIELDS[kind] if kind in _FIELDS else _fields(kind):
                value = getattr(node, field, None)
                if isinstance(value, ast.AST):
                    below.append(value)
                elif type(value) is list:
                    children = cast("list[object]", value)
                    below.extend([child for child in children if isinstance(child, ast.AST)])
        row = below
    return deepest


# Pythons disagree about positions inside f-strings; all of them take the whole string's.
_STRINGS = frozenset({"JoinedStr", "TemplateStr"})

_INNER: dict[type[object], str] = {
    ast.FunctionDef: "body",
    ast.AsyncFunctionDef: "body",
    ast.Lambda: "body",
    ast.ClassDef: "body",
    # Its names are its own; a walrus in its other parts binds outside.
    ast.comprehension: "target",
}

_FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef})

_OUTSIDE = ("args", "decorator_list", "returns")
"""What stands outside of a function's body."""

_LEFT_OUT = frozenset({"ctx", "op", "ops", "type_params", "type_comment", "kind", "type_ignores"})

_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields(kind: Any) -> tuple[str, ...]:
    fields = tuple(field for field in kind._fields if field not in _LEFT_OUT)
    _FIELDS[kind] = fields
    return fields
