"""The statements inside a statement."""

from collections.abc import Iterator

from infragraph.model import facts

COMPOUND: frozenset[type[object]] = frozenset(
    {facts.If, facts.For, facts.While, facts.Try, facts.With, facts.Match}
)
"""The forms of statements that have statements in them, definitions aside."""


def inner(statement: facts.Statement) -> Iterator[facts.Statement]:
    """The statements of a compound statement's blocks, not those of a definition's body."""
    match statement:
        case facts.If() | facts.For() | facts.While():
            yield from statement.body
            yield from statement.orelse
        case facts.Try():
            yield from statement.body
            for handler in statement.handlers:
                yield from handler.body
            yield from statement.orelse
            yield from statement.final
        case facts.With():
            yield from statement.body
        case facts.Match():
            for branch in statement.cases:
                yield from branch.body
        case _:
            return


def nonlocal_names(function: facts.Function) -> frozenset[str]:
    """The names that functions inside a function declare nonlocal."""
    found: set[str] = set()
    waiting: list[tuple[facts.Statement, bool]] = [(each, False) for each in function.body]
    while waiting:
        statement, is_inside = waiting.pop()
        match statement:
            case facts.Scope(kind="nonlocal") if is_inside:
                found.update(statement.names)
            case facts.Function():
                waiting.extend((each, True) for each in statement.body)
            case facts.Class():
                waiting.extend((each, is_inside) for each in statement.body)
            case _ if type(statement) in COMPOUND:
                waiting.extend((each, is_inside) for each in inner(statement))
            case _:
                continue
    return frozenset(found)
