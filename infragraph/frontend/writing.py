"""Expressions written back as short source text, for messages and the list of unresolved uses."""

from collections.abc import Callable, Mapping
from typing import Any

from infragraph.model import facts

LENGTH_LIMIT = 80
"""Characters after which a text is cut: it names an expression, the excerpt shows it."""

NESTING_LIMIT = 12
"""What is nested deeper does not help to recognise an expression."""


def written(expression: facts.Expression) -> str:
    """The expression on one line; what does not help to recognise it becomes `…`."""
    text = _written(expression, 0)
    return text if len(text) <= LENGTH_LIMIT else f"{text[: LENGTH_LIMIT - 1]}…"


def _written(expression: facts.Expression, depth: int) -> str:
    write = FORMS.get(type(expression))
    return "…" if write is None or depth > NESTING_LIMIT else write(expression, depth + 1)


def _name(node: facts.Name, _depth: int) -> str:
    return node.id


def _attribute(node: facts.Attribute, depth: int) -> str:
    return f"{_written(node.value, depth)}.{node.name}"


def _constant(node: facts.Constant, _depth: int) -> str:
    return "..." if node.is_ellipsis else repr(node.value)


def _call(node: facts.Call, depth: int) -> str:
    positional = (_written(argument, depth) for argument in node.arguments)
    keywords = (
        f"{keyword.name}={_written(keyword.value, depth)}"
        if keyword.name
        else f"**{_written(keyword.value, depth)}"
        for keyword in node.keywords
    )
    return f"{_written(node.callee, depth)}({', '.join((*positional, *keywords))})"


def _subscript(node: facts.Subscript, depth: int) -> str:
    index = _written(node.index, depth)
    if isinstance(node.index, facts.Sequence) and node.index.kind == "tuple":
        index = index[1:-1] or "()"
    return f"{_written(node.value, depth)}[{index}]"


def _starred(node: facts.Starred, depth: int) -> str:
    return f"*{_written(node.value, depth)}"


def _await(node: facts.Await, depth: int) -> str:
    return f"await {_written(node.value, depth)}"


def _sequence(node: facts.Sequence, depth: int) -> str:
    inner = ", ".join(_written(element, depth) for element in node.elements)
    return {"tuple": f"({inner})", "list": f"[{inner}]", "set": f"{{{inner}}}"}[node.kind]


def _binary(node: facts.Binary, depth: int) -> str:
    left, right = _written(node.left, depth), _written(node.right, depth)
    return f"{left} {node.operator} {right}"


def _lambda(_node: facts.Lambda, _depth: int) -> str:
    return "lambda …"


def _formatted(_node: facts.FormattedString, _depth: int) -> str:
    return 'f"…"'


FORMS: Mapping[type[object], Callable[[Any, int], str]] = {
    facts.Name: _name,
    facts.Attribute: _attribute,
    facts.Constant: _constant,
    facts.Call: _call,
    facts.Subscript: _subscript,
    facts.Starred: _starred,
    facts.Await: _await,
    facts.Sequence: _sequence,
    facts.Binary: _binary,
    facts.Lambda: _lambda,
    facts.FormattedString: _formatted,
}
