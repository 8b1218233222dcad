"""The names that one function, class or module binds."""

import ast
from typing import Any


class ScopeNames:
    """What has been seen of one scope so far."""

    __slots__ = ("bound", "elsewhere", "is_generator")

    def __init__(self) -> None:
        self.bound: set[str] = set()
        self.elsewhere: set[str] = set()
        self.is_generator = False

    @property
    def locals(self) -> frozenset[str]:
        return frozenset(self.bound - self.elsewhere)


def note(node: Any, scope: ScopeNames) -> None:
    """Adds to the scope what this node alone binds, declares or makes of it."""
    kind = type(node)
    if kind is ast.Name:
        if type(node.ctx) is not ast.Load:
            scope.bound.add(node.id)
    elif kind in _NAMED:
        if node.name is not None:
            scope.bound.add(node.name)
    elif kind is ast.alias:
        if node.name != "*":
            scope.bound.add(node.asname or node.name.partition(".")[0])
    elif kind is ast.MatchMapping:
        if node.rest is not None:
            scope.bound.add(node.rest)
    elif kind is ast.Global or kind is ast.Nonlocal:
        scope.elsewhere.update(node.names)
    elif kind is ast.Yield or kind is ast.YieldFrom:
        scope.is_generator = True


_NAMED = frozenset(
    {
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.ExceptHandler,
        ast.MatchAs,
        ast.MatchStar,
    }
)
