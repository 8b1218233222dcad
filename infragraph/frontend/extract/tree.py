"""The nodes below a statement, and what has been made of them.

Nothing here or above it recurses: nodes are listed parents first, and lowered in the reverse order,
so that a tree of any depth the parser accepts cannot exhaust the stack.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeAlias, cast

from infragraph.frontend.extract.documentation import cleaned
from infragraph.frontend.extract.scopes import NOTES, Noted, ScopeNames
from infragraph.frontend.extract.text import Text
from infragraph.model import facts
from infragraph.model.source import Position

DEEPEST = 200
"""Levels of syntax below a module; hand-written code stays below 60."""


class TooDeepError(Exception):
    """A tree of more than `DEEPEST` levels."""


# Not by its own `__new__`, which takes thrice as long.
_position: Callable[[tuple[int, int, int, int]], Position] = partial(
    tuple.__new__,  # pyright: ignore[reportUnknownMemberType] - it is generic
    Position,
)

Visit: TypeAlias = tuple[Any, Position | None]
"""A node to be lowered, and the position it takes instead of its own."""


Defer: TypeAlias = Callable[[Any, int, "Tree"], facts.Within | None]
"""What stands for a function's body that is left for later, by the function's level."""


class Tree:
    """The nodes of one statement or expression that have been lowered so far.

    `defer` is asked about each function that stands in no other; `deferred` are the bodies that are
    left for later.
    """

    __slots__ = ("_counts_bytes", "_done", "_pin", "defer", "deferred", "levels", "scopes", "text")

    def __init__(self, text: Text, *, uses_bytes: bool = True, defer: Defer | None = None) -> None:
        self.text = text
        self._counts_bytes = uses_bytes and not text.is_ascii
        self.levels = 0
        self.scopes: dict[int, ScopeNames] = {}
        self.defer = defer
        self.deferred: dict[int, facts.Within] = {}
        self._done: dict[int, Any] = {}
        self._pin: Position | None = None

    def lower(self, visits: Iterable[Visit], by_kind: Mapping[type, Callable[..., Any]]) -> None:
        """Make facts of nodes, in an order in which children come before their parents."""
        done = self._done
        for node, self._pin in visits:
            done[id(node)] = by_kind[node.__class__](node, self)

    def at(self, node: Any) -> Position:
        """Where the node stands that is being lowered."""
        return self.own_place(node) if self._pin is None else self._pin

    def own_place(self, node: Any) -> Position:
        """Where a node stands, whatever is lowered."""
        line, end_line = node.lineno, node.end_lineno
        if self._counts_bytes:
            return Position(
                line,
                self.text.column(line, node.col_offset),
                end_line,
                self.text.column(end_line, node.end_col_offset),
            )
        return _position((line, node.col_offset + 1, end_line, node.end_col_offset + 1))

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
    deepest = 0
    while waiting:
        node, depth, scope, pin = waiting.pop()
        if depth > deepest:
            if depth > DEEPEST:
                raise TooDeepError
            deepest = depth
        found.append((node, pin))
        kind = node.__class__
        fields, inner, noted = _FORMS[kind] if kind in _FORMS else _form(kind)
        if noted is not None:
            noted(node, scope)
        new = scope
        if inner is not None:
            fields, new, pin = _inside(node, depth, tree, _Inside(fields, scope, pin))
        for field in fields:
            value = getattr(node, field, None)
            below = new if field == inner else scope
            if type(value) is list:
                children = cast("list[object]", value)
                waiting.extend(
                    [
                        (child, depth + 1, below, pin)
                        for child in children
                        if isinstance(child, ast.AST)
                    ]
                )
            elif isinstance(value, ast.AST):
                waiting.append((value, depth + 1, below, pin))
    tree.levels = max(tree.levels, deepest)
    return found


class _Inside(NamedTuple):
    """What is visited of a node, and what holds in it."""

    fields: tuple[str, ...]
    scope: ScopeNames
    pin: Position | None


def _inside(node: Any, depth: int, tree: Tree, around: _Inside) -> _Inside:
    """The same for a node that has names of its own, or a place that all in it takes."""
    kind = node.__class__
    if kind not in _INNER:
        return around._replace(pin=around.pin or tree.own_place(node))
    if tree.defer is not None and kind in _FUNCTIONS:
        deferred = tree.defer(node, depth, tree)
        if deferred is not None:
            tree.deferred[id(node)] = deferred
            return around._replace(fields=_OUTSIDE)
    scope = tree.scopes[id(node)] = ScopeNames()
    return around._replace(scope=scope)


def levels(root: Any) -> int:
    """How many levels of syntax a node has, itself included."""
    deepest = 0
    row: list[Any] = [root]
    while row:
        deepest += 1
        below: list[Any] = []
        for node in row:
            kind = node.__class__
            for field in (_FORMS[kind] if kind in _FORMS else _form(kind))[0]:
                value = getattr(node, field, None)
                if type(value) is list:
                    children = cast("list[object]", value)
                    below.extend([child for child in children if isinstance(child, ast.AST)])
                elif isinstance(value, ast.AST):
                    below.append(value)
        row = below
    return deepest


# Pythons disagree about positions inside f-strings; all of them take the whole string's.
_STRINGS = frozenset({"JoinedStr", "TemplateStr"})

_PINNED = ""
"""In place of what has names of its own."""

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

_TEXTS: Mapping[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "AsyncFunctionDef": "name",
        "Attribute": "attr",
        "ClassDef": "name",
        "Constant": "value",
        "ExceptHandler": "name",
        "FunctionDef": "name",
        "Global": "names",
        "ImportFrom": "module level",
        "Name": "id",
        "Nonlocal": "names",
        "alias": "name asname",
        "arg": "arg",
        "keyword": "arg",
    }.items()
}
"""Fields that never hold a node, of the most frequent kinds."""

_Form: TypeAlias = tuple[tuple[str, ...], str | None, Noted | None]
"""What is visited of a kind of node; which of it has names of its own; what it binds."""

_FORMS: dict[type, _Form] = {}


def _form(kind: Any) -> _Form:
    left_out = _LEFT_OUT | _TEXTS.get(kind.__name__, frozenset())
    fields = tuple(field for field in kind._fields if field not in left_out)
    inner = _PINNED if kind.__name__ in _STRINGS else _INNER.get(kind)
    found = _FORMS[kind] = (fields, inner, NOTES.get(kind))
    return found
