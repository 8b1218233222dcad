"""What has to be known of a function whose body is not lowered: its imports, and how deep it is.

Statements are looked at, and expressions only where they are long: to look at everything costs as
much as to lower it.
"""

import ast
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from infragraph.frontend.extract.tree import DEEPEST, levels

_SHORT = 100
"""Characters that nest fewer levels, and open fewer brackets at once, than any parser takes."""

_DEEP = 60
"""Levels around what is short, with which all is surely shallow."""


class Glance(NamedTuple):
    """The imports in a function, and the level of the deepest of what is not short."""

    imports: tuple[ast.stmt, ...]
    levels: int


def glance(node: Any, level: int, source: str) -> Glance | None:
    """Looks through a function at a level of its module; None where it has to be lowered."""
    imports: list[ast.stmt] = []
    deepest = 0
    waiting: list[tuple[Any, int]] = [(one, level + 1) for one in node.body]
    while waiting:
        one, at = waiting.pop()
        kind = one.__class__
        if kind in _SIMPLE:
            if _is_long(one):
                deepest = max(deepest, at - 1 + levels(one))
        elif kind in _IMPORTS:
            imports.append(one)
        elif kind in _HEADS and at <= _DEEP and _is_told(one, source):
            heads, blocks = _HEADS[kind]
            deepest = max([deepest, *(at + levels(head) for head in _long(one, heads))])
            for name in blocks:
                waiting.extend([(inner, at + 1) for inner in getattr(one, name)])
        else:
            return None
    return None if deepest > DEEPEST else Glance(tuple(imports), deepest)


_SIMPLE = frozenset(
    {
        ast.Assert,
        ast.Assign,
        ast.AugAssign,
        ast.Break,
        ast.Continue,
        ast.Delete,
        ast.Expr,
        ast.Global,
        ast.Nonlocal,
        ast.Pass,
        ast.Raise,
        ast.Return,
    }
)
_IMPORTS = frozenset({ast.Import, ast.ImportFrom})

_TYPED = frozenset({ast.AnnAssign, ast.FunctionDef, ast.AsyncFunctionDef})

_HEADS: dict[type, tuple[tuple[str, ...], tuple[str, ...]]] = {
    ast.AnnAssign: (("target", "annotation", "value"), ()),
    ast.AsyncFor: (("target", "iter"), ("body", "orelse")),
    ast.AsyncFunctionDef: (("args", "decorator_list", "returns"), ("body",)),
    ast.AsyncWith: (("items",), ("body",)),
    ast.ClassDef: (("bases", "keywords", "decorator_list"), ("body",)),
    ast.ExceptHandler: (("type",), ("body",)),
    ast.For: (("target", "iter"), ("body", "orelse")),
    ast.FunctionDef: (("args", "decorator_list", "returns"), ("body",)),
    ast.If: (("test",), ("body", "orelse")),
    ast.Try: ((), ("body", "handlers", "orelse", "finalbody")),
    ast.TryStar: ((), ("body", "handlers", "orelse", "finalbody")),
    ast.While: (("test",), ("body", "orelse")),
    ast.With: (("items",), ("body",)),
}
"""The expressions of compound statements, and their blocks; of others nothing is said here."""


def _long(node: Any, names: Iterable[str]) -> Iterator[Any]:
    for name in names:
        value = getattr(node, name)
        heads: Any = value if isinstance(value, list) else [value]  # pyright: ignore[reportUnknownVariableType]
        for one in heads:
            if one is not None and _is_long(one):
                yield one


def _is_long(node: Any) -> bool:
    """Whether it may be more than a few characters; what has no place of its own is."""
    line = getattr(node, "lineno", None)
    return line is None or node.end_lineno != line or node.end_col_offset - node.col_offset > _SHORT


def _is_told(node: Any, source: str) -> bool:
    """Whether all names in its types are words of the source."""
    return node.__class__ not in _TYPED or all(_is_plain(hint, source) for hint in _hints(node))


def _hints(node: Any) -> Iterator[Any]:
    if isinstance(node, ast.AnnAssign):
        yield node.annotation
        return
    every = node.args
    for one in (*every.posonlyargs, *every.args, *every.kwonlyargs, every.vararg, every.kwarg):
        if one is not None:
            yield one.annotation
    yield node.returns


def _is_plain(hint: Any, source: str) -> bool:
    """Whether the names in a type's texts are words of the source, as they are without escapes."""
    if hint is None or isinstance(hint, ast.Name):
        return True
    return all(
        f"'{one.value}'" in source or f'"{one.value}"' in source
        for one in ast.walk(hint)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )
