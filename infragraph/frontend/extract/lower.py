"""The parser's tree as facts."""

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from infragraph.frontend.extract.expressions import EXPRESSIONS
from infragraph.frontend.extract.patterns import PATTERNS
from infragraph.frontend.extract.scopes import ScopeNames
from infragraph.frontend.extract.statements import STATEMENTS
from infragraph.frontend.extract.text import Text
from infragraph.frontend.extract.tree import Defer, Tree, documented, visits
from infragraph.model import facts
from infragraph.model.source import Position


class _ByKind(dict[type, Callable[..., Any]]):
    """What lowers each kind of node, found by its name the first time."""

    def __missing__(self, kind: type) -> Callable[..., Any]:
        found = self[kind] = _LOWER[kind.__name__]
        return found


_LOWER: Mapping[str, Callable[..., Any]] = {**EXPRESSIONS, **PATTERNS, **STATEMENTS}
_BY_KIND = _ByKind()


class Lowered(NamedTuple):
    """The statements of a module, and how many levels its syntax nests."""

    statements: tuple[facts.Statement, ...]
    levels: int


def lower(
    module: ast.Module, text: Text, *, uses_bytes: bool = True, defer: Defer | None = None
) -> Lowered:
    """What a module's tree says; raises `TooDeepError`.

    `uses_bytes` says that the tree's columns count bytes of UTF-8, as those of `ast` do. Bodies of
    functions for which `defer` gives something are not lowered.
    """
    scope = ScopeNames()
    found: list[facts.Statement] = []
    levels = 0
    # One statement at a time, so that the lists stay short.
    for node in module.body:
        tree = Tree(text, uses_bytes=uses_bytes, defer=defer)
        found.append(_lowered(node, tree, scope, None))
        levels = max(levels, tree.levels)
    return Lowered(documented(tuple(found)), levels)


def lower_statement(node: ast.stmt, text: Text) -> facts.Statement:
    """What one statement says, with all that stands in it; raises `TooDeepError`."""
    found: facts.Statement = _lowered(node, Tree(text), ScopeNames(), None)
    return found


def lower_expression(node: ast.expr, at: Position) -> facts.Expression:
    """An expression all of whose positions are `at`; raises `TooDeepError`."""
    found: facts.Expression = _lowered(node, Tree(Text("")), ScopeNames(), at)
    return found


def _lowered(root: Any, tree: Tree, scope: ScopeNames, pin: Position | None) -> Any:
    tree.lower(reversed(visits(root, tree, scope, pin)), _BY_KIND)
    return tree.of(root)
