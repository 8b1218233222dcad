"""Expressions written back as short source text, for messages and the list of unresolved uses."""

from infragraph.model import facts

LENGTH_LIMIT = 80
"""Characters after which a text is cut: it names an expression, the excerpt shows it."""


def written(expression: facts.Expression) -> str:
    """The expression on one line; what does not help to recognise it becomes `…`."""
    text = _written(expression, 0)
    return text if len(text) <= LENGTH_LIMIT else f"{text[: LENGTH_LIMIT - 1]}…"


def _written(expression: facts.Expression, depth: int) -> str:
    if depth > 12:
        return "…"
    match expression:
        case facts.Name():
            return expression.id
        case facts.Attribute():
            return f"{_written(expression.value, depth + 1)}.{expression.name}"
        case facts.Constant():
            return "..." if expression.is_ellipsis else repr(expression.value)
        case facts.Call():
            parts = [_written(argument, depth + 1) for argument in expression.arguments]
            parts += [
                f"{keyword.name}={_written(keyword.value, depth + 1)}"
                if keyword.name
                else f"**{_written(keyword.value, depth + 1)}"
                for keyword in expression.keywords
            ]
            return f"{_written(expression.callee, depth + 1)}({', '.join(parts)})"
        case facts.Subscript():
            index = _written(expression.index, depth + 1)
            if isinstance(expression.index, facts.Sequence) and expression.index.kind == "tuple":
                index = index[1:-1] or "()"
            return f"{_written(expression.value, depth + 1)}[{index}]"
        case facts.Starred():
            return f"*{_written(expression.value, depth + 1)}"
        case facts.Await():
            return f"await {_written(expression.value, depth + 1)}"
        case facts.Sequence():
            inner = ", ".join(_written(element, depth + 1) for element in expression.elements)
            return {"tuple": f"({inner})", "list": f"[{inner}]", "set": f"{{{inner}}}"}[
                expression.kind
            ]
        case facts.Binary():
            left = _written(expression.left, depth + 1)
            return f"{left} {expression.operator} {_written(expression.right, depth + 1)}"
        case facts.Lambda():
            return "lambda …"
        case facts.FormattedString():
            return 'f"…"'
        case _:
            return "…"
