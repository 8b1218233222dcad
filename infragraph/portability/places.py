"""Where the options of a declaration are written."""

from collections.abc import Callable, Mapping
from typing import Any

from infragraph.kinds.arguments import Arguments, bind
from infragraph.model.declaration import Declaration
from infragraph.model.source import SourceSpan
from infragraph.sdk.retry import Retry
from infragraph.sdk.service import Service
from infragraph.sdk.topic import Topic

_CONSTRUCTORS: Mapping[str, Callable[..., Any]] = {
    "topic": Topic,
    "subscription": Service.subscribe,
    "cron": Service.cron,
}


def place(declaration: Declaration, option: str) -> SourceSpan:
    """The value of an option, `retry.max_attempts` for one inside; the call where it is not given.

    What is inside an object that is not given stands where the object would.
    """
    arguments = bind(declaration, _CONSTRUCTORS[declaration.kind])
    outer, _, inner = option.partition(".")
    made = _inside(arguments, outer) if inner else None
    if made is None:
        return arguments.span(outer)
    return made.span(inner)


def is_written(declaration: Declaration, option: str) -> bool:
    """Whether source gives the option, as opposed to leaving it to its default."""
    return bind(declaration, _CONSTRUCTORS[declaration.kind]).is_written(option)


def _inside(arguments: Arguments, option: str) -> Arguments | None:
    argument = arguments.by_option.get(option)
    return None if argument is None else arguments.of(argument, Retry)
