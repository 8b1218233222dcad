"""The names that a function mentions and does not bind, with the attributes that follow them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeAlias, cast

from infragraph.frontend.extract import parse_expression
from infragraph.model import facts
from infragraph.model.source import Position

Chain: TypeAlias = tuple[str, ...]
"""`a.b.c` as `("a", "b", "c")`; what follows another expression, as in `f().c`, as `("", "c")`."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """The dotted names that lead out of a function, and what it imports itself.

    `attributes` are the names of all attributes in it, `selecting` the names that stand in an index
    or in an argument of a call, and `makes_functions` holds where functions stand in it, one of
    which it may give back.
    """

    chains: frozenset[Chain]
    imports: tuple[facts.Import | facts.ImportFrom, ...]
    attributes: frozenset[str]
    selecting: frozenset[str]
    makes_functions: bool


def mentions(function: facts.Function) -> Mentions:
    """What the function, its defaults and its annotations lead to outside of it.

    Functions inside it count as parts of it. A text in an annotation is read as the name that it
    is.
    """
    found: set[Chain] = set()
    imports: list[facts.Import | facts.ImportFrom] = []
    attributes: set[str] = set()
    selecting: set[str] = set()
    functions = 0
    waiting: list[_Part] = [(function, frozenset(), False)]
    while waiting:
        part = waiting.pop()
        node, bound, _ = part
        match node:
            case facts.Name() | facts.Attribute():
                chain, _ = _chain(node)
                attributes.update(chain[1:])
                if chain[0] not in bound:
                    found.add(chain)
            case facts.Function():
                functions += 1
            case facts.Call():
                for given in (*node.arguments, *(one.value for one in node.keywords)):
                    selecting.update(_names(given))
            case facts.Subscript():
                selecting.update(_names(node.index))
            case facts.Import() | facts.ImportFrom():
                imports.append(node)
            case _:
                pass
        waiting.extend(_inside(part))
    return Mentions(
        frozenset(found),
        tuple(imports),
        frozenset(attributes),
        frozenset(selecting),
        functions > 1,
    )


_Part: TypeAlias = tuple[object, frozenset[str], bool]
"""A fact, the names bound around it, and whether it is a type."""


def _inside(part: _Part) -> Iterator[_Part]:
    node, bound, is_type = part
    match node:
        case facts.Name() | facts.Attribute():
            yield _chain(node)[1], bound, is_type
        case facts.Constant():
            yield _quoted(node) if is_type else None, bound, False
        case facts.Function():
            yield from _of_function(node, bound)
        case facts.AnnotatedAssign():
            yield node.annotation, bound, True
            yield from ((inner, bound, False) for inner in (node.target, node.value))
        case facts.Import() | facts.ImportFrom():
            return
        case _:
            inside_type = is_type and not isinstance(node, facts.Call)
            yield from ((inner, bound, inside_type) for inner in parts(node))


def _names(expression: facts.Expression) -> Iterator[str]:
    """The names of which a text or an index is made."""
    waiting: list[object] = [expression]
    while waiting:
        node = waiting.pop()
        match node:
            case facts.Name():
                yield node.id
            case facts.Formatted() | facts.FormattedString() | facts.Binary() | facts.Starred():
                waiting.extend(parts(node))
            case tuple():
                waiting.extend(parts(cast("object", node)))
            case _:
                continue


def parts(node: object) -> Iterator[object]:
    """What a fact, or a tuple of them, is made of."""
    if isinstance(node, Position):
        return
    if isinstance(node, tuple):
        yield from node  # pyright: ignore[reportUnknownVariableType] - tuples of facts
    elif is_dataclass(node):
        for field in fields(node):
            yield getattr(node, field.name)


def _quoted(node: facts.Constant) -> facts.Expression | None:
    """The type that a text in an annotation is."""
    return parse_expression(node.value, node.at) if isinstance(node.value, str) else None


def _chain(node: facts.Name | facts.Attribute) -> tuple[Chain, facts.Expression | None]:
    """The dotted name, and what it begins with where that is no name."""
    names: list[str] = []
    current: facts.Expression = node
    while isinstance(current, facts.Attribute):
        names.append(current.name)
        current = current.value
    if isinstance(current, facts.Name):
        return (current.id, *reversed(names)), None
    return ("", *reversed(names)), current


def _of_function(node: facts.Function, bound: frozenset[str]) -> Iterator[_Part]:
    inside = bound | node.locals | {parameter.name for parameter in node.parameters}
    for statement in node.body:
        yield statement, inside, False
    for parameter in node.parameters:
        yield parameter.default, bound, False
        yield parameter.annotation, bound, True
    yield node.returns, bound, True
    for decorator in node.decorators:
        yield decorator, bound, False
