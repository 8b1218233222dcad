"""The names that a function mentions and does not bind, with the attributes that follow them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from infragraph.frontend.extract import parse_expression
from infragraph.frontend.parts import INSIDE
from infragraph.model import facts

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
    search = _Search()
    search.functions.append((function, frozenset()))
    count = 0
    while search.functions:
        count += 1
        _search_function(search, *search.functions.pop())
    return Mentions(
        frozenset(search.chains),
        tuple(search.imports),
        frozenset(search.attributes),
        frozenset(search.selecting),
        count > 1,
    )


@dataclass(slots=True)
class _Search:
    """What was found, and what waits: functions with the names bound around them, facts, types.

    `bound` are the names bound around the facts.
    """

    functions: list[tuple[facts.Function, frozenset[str]]] = field(
        default_factory=list[tuple[facts.Function, frozenset[str]]]
    )
    waiting: list[object] = field(default_factory=list[object])
    types: list[object] = field(default_factory=list[object])
    bound: frozenset[str] = frozenset()
    chains: set[Chain] = field(default_factory=set[Chain])
    imports: list[facts.Import | facts.ImportFrom] = field(
        default_factory=list[facts.Import | facts.ImportFrom]
    )
    attributes: set[str] = field(default_factory=set[str])
    selecting: set[str] = field(default_factory=set[str])


def _search_function(search: _Search, node: facts.Function, around: frozenset[str]) -> None:
    parameters = node.parameters
    search.bound = around | node.locals | {parameter.name for parameter in parameters}
    search.waiting.extend(node.body)
    _search_waiting(search)
    search.bound = around
    search.waiting.extend(node.decorators)
    search.waiting.extend([parameter.default for parameter in parameters])
    search.types.extend([parameter.annotation for parameter in parameters])
    search.types.append(node.returns)
    _search_waiting(search)


def _search_waiting(search: _Search) -> None:
    waiting, types = search.waiting, search.types
    while waiting or types:
        while waiting:
            node = waiting.pop()
            form = type(node)
            if form in _FORMS:
                _FORMS[form](search, node)
            elif form is tuple:
                waiting.extend(cast("tuple[object, ...]", node))
            elif form in INSIDE:
                waiting.extend(INSIDE[form](node))
        if types:
            _search_type(search, types.pop())


def _search_type(search: _Search, node: object) -> None:
    """A type is an expression in which texts are expressions, too."""
    match node:
        case facts.Constant():
            if isinstance(node.value, str):
                search.waiting.append(parse_expression(node.value, node.at))
        case facts.Name():
            _name(search, node)
        case facts.Attribute():
            rest = _chain(search, node)
            if rest is not None:
                search.types.append(rest)
        case facts.Subscript():
            _select(search, (node.index,))
            search.types.extend((node.value, node.index))
        case facts.Call() | facts.Lambda():
            search.waiting.append(node)
        case tuple():
            search.types.extend(cast("tuple[object, ...]", node))
        case _ if type(node) in INSIDE:
            search.types.extend(INSIDE[type(node)](node))
        case _:
            return


def _name(search: _Search, node: facts.Name) -> None:
    if node.id not in search.bound:
        search.chains.add((node.id,))


def _attribute(search: _Search, node: facts.Attribute) -> None:
    rest = _chain(search, node)
    if rest is not None:
        search.waiting.append(rest)


def _chain(search: _Search, node: facts.Attribute) -> facts.Expression | None:
    """Note a dotted name; what it begins with where that is no name."""
    names = [node.name]
    current = node.value
    while isinstance(current, facts.Attribute):
        names.append(current.name)
        current = current.value
    search.attributes.update(names)
    names.append(current.id if isinstance(current, facts.Name) else "")
    if names[-1] not in search.bound:
        search.chains.add(tuple(names[::-1]))
    return None if isinstance(current, facts.Name) else current


def _call(search: _Search, node: facts.Call) -> None:
    values = [keyword.value for keyword in node.keywords]
    values.extend(node.arguments)
    _select(search, values)
    search.waiting.extend(values)
    search.waiting.append(node.callee)


def _subscript(search: _Search, node: facts.Subscript) -> None:
    _select(search, (node.index,))
    search.waiting.extend((node.value, node.index))


def _annotated(search: _Search, node: facts.AnnotatedAssign) -> None:
    search.types.append(node.annotation)
    search.waiting.extend((node.target, node.value))


def _function(search: _Search, node: facts.Function) -> None:
    search.functions.append((node, search.bound))


def _lambda(search: _Search, node: facts.Lambda) -> None:
    search.functions.append((node.function, search.bound))


def _import(search: _Search, node: facts.Import | facts.ImportFrom) -> None:
    search.imports.append(node)


def _passed_over(_search: _Search, _node: object) -> None:
    return


_FORMS: Mapping[type[object], Callable[[_Search, Any], None]] = {
    facts.Name: _name,
    facts.Attribute: _attribute,
    facts.Constant: _passed_over,
    facts.Call: _call,
    facts.Subscript: _subscript,
    facts.AnnotatedAssign: _annotated,
    facts.Function: _function,
    facts.Lambda: _lambda,
    facts.Import: _import,
    facts.ImportFrom: _import,
}


def _select(search: _Search, given: Iterable[object]) -> None:
    """Note the names of which a text or an index is made."""
    waiting = list(given)
    while waiting:
        node = waiting.pop()
        form = type(node)
        if form is facts.Name:
            search.selecting.add(cast("facts.Name", node).id)
        elif form in _MADE_OF_NAMES:
            waiting.extend(INSIDE[form](node))
        elif form is tuple:
            waiting.extend(cast("tuple[object, ...]", node))


_MADE_OF_NAMES = frozenset({facts.Formatted, facts.FormattedString, facts.Binary, facts.Starred})
