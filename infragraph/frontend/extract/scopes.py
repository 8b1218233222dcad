"""The names that one function, class or module binds."""

import ast
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias


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


Noted: TypeAlias = Callable[[Any, ScopeNames], None]
"""Adds to the scope what a node alone binds, declares or makes of it."""


def _name(node: ast.Name, scope: ScopeNames) -> None:
    if type(node.ctx) is not ast.Load:
        scope.bound.add(node.id)


def _named(node: Any, scope: ScopeNames) -> None:
    if node.name is not None:
        scope.bound.add(node.name)


def _alias(node: ast.alias, scope: ScopeNames) -> None:
    if node.name != "*":
        scope.bound.add(node.asname or node.name.partition(".")[0])


def _mapping(node: ast.MatchMapping, scope: ScopeNames) -> None:
    if node.rest is not None:
        scope.bound.add(node.rest)


def _elsewhere(node: ast.Global | ast.Nonlocal, scope: ScopeNames) -> None:
    scope.elsewhere.update(node.names)


def _yield(_node: ast.expr, scope: ScopeNames) -> None:
    scope.is_generator = True


NOTES: Mapping[type[object], Noted] = {
    ast.AsyncFunctionDef: _named,
    ast.ClassDef: _named,
    ast.ExceptHandler: _named,
    ast.FunctionDef: _named,
    ast.Global: _elsewhere,
    ast.MatchAs: _named,
    ast.MatchMapping: _mapping,
    ast.MatchStar: _named,
    ast.Name: _name,
    ast.Nonlocal: _elsewhere,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.alias: _alias,
}
