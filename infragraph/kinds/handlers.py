"""What stands behind an entry point, whatever its kind."""

from collections.abc import Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic, Label, Severity
from infragraph.diagnostics.problem import Example, Problem
from infragraph.model.declaration import Declaration, Handler, HandlerParameter

_GOOD: Mapping[str, str] = {
    "shop.py": """\
from infragraph import Service

shop = Service("shop")


@shop.cron("reorder", every="1h")
async def reorder() -> None: ...
"""
}

HANDLER_NOT_A_FUNCTION = Problem(
    code="IG2013",
    slug="handler-not-a-function",
    severity=Severity.ERROR,
    summary="the handler of {subject} is {found}, and has to be a function",
    why="Only a function with a name of its own can be found again, in the graph and when it runs.",
    help="decorate a function that is written with 'def' or 'async def'",
    example=Example(
        bad={
            "shop.py": """\
from infragraph import Service

shop = Service("shop")


@shop.cron("reorder", every="1h")
class «Reorder»: ...
"""
        },
        good=_GOOD,
    ),
)

HANDLER_IS_GENERATOR = Problem(
    code="IG2014",
    slug="handler-is-generator",
    severity=Severity.ERROR,
    summary="the handler of {subject} is a generator, so that calling it runs nothing",
    why="A function that contains 'yield' begins to run only when somebody asks for its items.",
    help="return a result instead, or move the 'yield' to a function that the handler calls",
    example=Example(
        bad={
            "shop.py": """\
from collections.abc import AsyncIterator

from infragraph import Service

shop = Service("shop")


@shop.cron("reorder", every="1h")
async def «reorder»() -> AsyncIterator[int]:
    yield 1
"""
        },
        good=_GOOD,
    ),
)

HANDLER_PROBLEMS = (HANDLER_NOT_A_FUNCTION, HANDLER_IS_GENERATOR)


def handler_findings(declaration: Declaration, subject: str) -> tuple[Diagnostic, ...]:
    """A finding where what is declared is not a function, or one that does not run when called."""
    handler = declaration.handler
    if handler is None or handler.form != "function":
        span = declaration.span if handler is None else handler.span
        return (
            HANDLER_NOT_A_FUNCTION.at(
                span,
                labels=declared_here(declaration, subject, handler),
                subject=subject,
                found=_found(declaration, handler),
            ),
        )
    if handler.is_generator:
        labels = declared_here(declaration, subject, handler)
        return (HANDLER_IS_GENERATOR.at(handler.span, labels=labels, subject=subject),)
    return ()


def declared_here(
    declaration: Declaration, subject: str, handler: Handler | None
) -> tuple[Label, ...]:
    """The second place of a finding about a handler: what makes it one."""
    if handler is None or handler.span == declaration.span:
        return ()
    return (Label(span=declaration.span, text=f"{subject} is declared here"),)


def by_position(handler: Handler) -> tuple[HandlerParameter, ...]:
    """The parameters that a value can be given to without its name."""
    kinds = {"positional-only", "positional"}
    return tuple(parameter for parameter in handler.parameters if parameter.kind in kinds)


def required(handler: Handler) -> Iterator[HandlerParameter]:
    """The parameters that a caller has to give."""
    for parameter in handler.parameters:
        if not parameter.has_default and not parameter.kind.startswith("variadic"):
            yield parameter


def takes_one(handler: Handler) -> bool:
    """Whether a function can be called with one argument by position."""
    named = [parameter for parameter in required(handler) if parameter.kind == "keyword-only"]
    needed = [parameter for parameter in required(handler) if parameter.kind != "keyword-only"]
    has_place = bool(by_position(handler)) or any(
        parameter.kind == "variadic" for parameter in handler.parameters
    )
    return has_place and len(needed) <= 1 and not named


def first_parameter(handler: Handler) -> HandlerParameter | None:
    """The parameter that the first argument by position goes to."""
    places = [it for it in handler.parameters if it.kind == "variadic"]
    return next(iter([*by_position(handler), *places]), None)


def parameters_written(handler: Handler) -> str:
    """`no parameters`, `1 parameter`, `2 parameters`."""
    count = len(handler.parameters)
    return f"{count or 'no'} parameter{'' if count == 1 else 's'}"


def _found(declaration: Declaration, handler: Handler | None) -> str:
    match None if handler is None else handler.form:
        case "lambda":
            return "a lambda"
        case "class":
            return "a class"
        case _ if handler is None or handler.span == declaration.span:
            return "missing, or an object"
        case _:
            return "an object"
