"""The state of turning one tree of libcst into nodes of `ast`."""

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

import libcst as cst

Node = TypeVar("Node", bound=ast.AST)


class Span(NamedTuple):
    """Lines are 1-based, columns 0-based, as those of `ast`; columns count code points."""

    line: int
    column: int
    end_line: int
    end_column: int


class LiteralError(Exception):
    """A literal that libcst accepts and no Python does; `line` is where it stands."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Conversion:
    """Where libcst's nodes stand, and whether one of them needs a Python later than 3.11."""

    __slots__ = ("_positions", "_tables", "block_end", "is_newer", "module")

    def __init__(
        self,
        module: cst.Module,
        positions: Mapping[cst.CSTNode, Any],
        tables: Mapping[type, Callable[[Any, "Conversion"], Any]],
    ) -> None:
        self.module = module
        self.is_newer = False
        self.block_end = (1, 0)
        self._positions = positions
        self._tables = tables

    def of(self, node: Any) -> Any:
        """The node of `ast` for one of libcst."""
        return self._tables[type(node)](node, self)

    def maybe(self, node: Any) -> Any:
        return None if node is None else self.of(node)

    def span(self, node: Any) -> Span:
        """Where the node stands, without parentheses around it."""
        found = self._positions[node]
        start, end = found.start, found.end
        return Span(start.line, start.column, end.line, end.column)

    def outer(self, node: Any) -> Span:
        """Where the node stands, with the parentheses around it."""
        span = self.span(node)
        if not getattr(node, "lpar", ()):
            return span
        return self.across(self.span(node.lpar[0]), self.span(node.rpar[-1]))

    def across(self, first: Span, last: Span) -> Span:
        return Span(first.line, first.column, last.end_line, last.end_column)

    def compound(self, node: Any) -> Span:
        """Where a statement stands that ends with the block converted last."""
        span = self.span(node)
        return Span(span.line, span.column, *self.block_end)

    def put(self, made: Node, span: Span) -> Node:
        """The made node at its place."""
        made.lineno, made.col_offset, made.end_lineno, made.end_col_offset = span  # type: ignore[attr-defined]
        return made

    def literal(self, node: Any, written: str) -> Any:
        """The value of a literal that is, or is part of, the node; raises `LiteralError`."""
        try:
            return ast.literal_eval(written)
        except (SyntaxError, ValueError):
            raise LiteralError(self.span(node).line) from None

    def code(self, node: cst.CSTNode) -> str:
        """The node's own text."""
        return self.module.code_for_node(node)
