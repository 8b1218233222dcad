"""Signatures as they are written, and their parameters as the rows of a table."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_WIDTH = 88


def written(name: str, function: Callable[..., Any]) -> str:
    """One line, or one for each parameter where it would be long."""
    signature = inspect.signature(function)
    parameters = list(_parameters(signature))
    before = "async " if inspect.iscoroutinefunction(function) else ""
    after = "" if signature.return_annotation is signature.empty else _result(signature)
    line = f"{before}{name}({', '.join(parameters)}){after}"
    if len(line) <= _WIDTH:
        return line
    return "\n".join(
        (f"{before}{name}(", *(f"    {parameter}," for parameter in parameters), f"){after}")
    )


def rows(function: Callable[..., Any], meanings: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Name, default, type and meaning of every parameter."""
    for parameter in _visible(inspect.signature(function)):
        default = "required" if parameter.default is parameter.empty else f"`{parameter.default!r}`"
        yield (
            f"`{parameter.name}`",
            default,
            _alternatives(str(parameter.annotation)),
            meanings.get(parameter.name, ""),
        )


def _visible(signature: inspect.Signature) -> list[inspect.Parameter]:
    return [one for one in signature.parameters.values() if one.name not in {"self", "_app"}]


def _parameters(signature: inspect.Signature) -> Iterator[str]:
    is_keyword_only = False
    for parameter in _visible(signature):
        if parameter.kind is parameter.KEYWORD_ONLY and not is_keyword_only:
            is_keyword_only = True
            yield "*"
        stars = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        yield f"{stars}{parameter.name}: {parameter.annotation}{default}"


def _result(signature: inspect.Signature) -> str:
    return f" -> {signature.return_annotation}"


def _alternatives(annotation: str) -> str:
    return " or ".join(f"`{part}`" for part in _parts(annotation))


def _parts(annotation: str) -> Iterator[str]:
    # A bar inside brackets belongs to what the brackets hold.
    for part in re.split(r" \| (?![^\[]*\])", annotation):
        if part.startswith("Literal["):
            yield from part.removeprefix("Literal[").removesuffix("]").split(", ")
        else:
            yield part
