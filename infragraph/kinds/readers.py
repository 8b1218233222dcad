"""Readers of one argument each: a value of the wanted type, or a finding on what was given."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias, TypeVar

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.diagnostics.problem import Problem
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.kinds import causes
from infragraph.kinds.argument_problems import (
    ARGUMENT_NOT_A_CHOICE,
    ARGUMENT_NOT_CONSTANT,
    ARGUMENT_OF_WRONG_TYPE,
    DURATION_MALFORMED,
    SIZE_MALFORMED,
)
from infragraph.kinds.descriptions import described, short
from infragraph.kinds.naming import noun
from infragraph.model.values import (
    Items,
    Known,
    Reference,
    StaticValue,
    Symbol,
    Unknown,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One option with its value; `subject` is what messages call the declaration."""

    subject: str
    option: str
    value: StaticValue
    is_written: bool
    accepts_none: bool

    @property
    def is_none(self) -> bool:
        return isinstance(self.value, Known) and self.value.value is None


Reader: TypeAlias = Callable[[Argument], T]


class Rejected(Exception):  # noqa: N818 - a reader's other outcome, not an error of ours
    """A value that is not accepted; without a diagnostic where a finding already explains it."""

    def __init__(self, diagnostic: Diagnostic | None) -> None:
        super().__init__()
        self.diagnostic = diagnostic


def text(argument: Argument) -> str:
    return _constant(argument, str, 'a text, such as "orders"')


def flag(argument: Argument) -> bool:
    return _constant(argument, bool, "True or False")


def number(argument: Argument) -> int:
    accepted = "a whole number"
    if isinstance(argument.value, Known) and isinstance(argument.value.value, bool):
        raise rejection(argument, accepted)
    return _constant(argument, int, accepted)


def choice(choices: Sequence[str]) -> Reader[str]:
    """A reader of one of several texts."""

    def read(argument: Argument) -> str:
        chosen = _constant(argument, str, alternatives(choices))
        if chosen not in choices:
            near = nearest(chosen, choices)
            raise Rejected(
                ARGUMENT_NOT_A_CHOICE.at(
                    argument.value.span,
                    subject=argument.subject,
                    option=argument.option,
                    chosen=chosen,
                    cure=f"write '{near}'" if near else f"use {alternatives(choices)}",
                )
            )
        return chosen

    return read


# Beyond 15 digits a number of seconds or bytes means nothing, and a float loses its last ones.
DURATION = re.compile(r"([0-9]{1,15})(ms|s|m|h|d)")
SIZE = re.compile(r"([0-9]{1,15})(B|KiB|MiB|GiB)")

SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
BYTES = {"B": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


def duration(argument: Argument) -> float:
    """Seconds, an `int` where they are whole."""
    value = known(argument, 'a duration such as "30s" or "7d", or a timedelta')
    match value:
        case timedelta() if value >= timedelta():
            return _whole(value / timedelta(seconds=1))
        case timedelta():
            written = f"{_whole(value / timedelta(seconds=1))} seconds"
            raise Rejected(_malformed(DURATION_MALFORMED, argument, written))
        case str():
            match = DURATION.fullmatch(value)
            if match is None:
                raise Rejected(_malformed(DURATION_MALFORMED, argument, repr(value)))
            amount, unit = int(match[1]), match[2]
            return _whole(amount / 1000) if unit == "ms" else amount * SECONDS[unit]
        case _:
            raise rejection(argument, 'a duration such as "30s" or "7d", or a timedelta')


def size(argument: Argument) -> int:
    """Bytes."""
    accepted = 'a size such as "2MiB", or a number of bytes'
    value = known(argument, accepted)
    match value:
        case bool():
            raise rejection(argument, accepted)
        case int() if value >= 0:
            return value
        case int():
            raise Rejected(_malformed(SIZE_MALFORMED, argument, repr(value)))
        case str():
            match = SIZE.fullmatch(value)
            if match is None:
                raise Rejected(_malformed(SIZE_MALFORMED, argument, repr(value)))
            return int(match[1]) * BYTES[match[2]]
        case _:
            raise rejection(argument, accepted)


def texts(argument: Argument) -> tuple[str, ...]:
    """The texts of a tuple or list, in order."""
    value = argument.value
    if not isinstance(value, Items) or value.kind == "set":
        raise rejection(argument, 'a tuple of texts, such as ("orders",)')
    return tuple(text(replace(argument, value=element)) for element in value.elements)


def reference(kind: str, otherwise: Problem | None = None) -> Reader[str]:
    """A reader of the key of a declaration; `otherwise` is the problem of other kinds."""

    def read(argument: Argument) -> str:
        value = argument.value
        if isinstance(value, Reference) and value.kind == kind:
            return value.key
        if otherwise is None or isinstance(value, Unknown):
            raise rejection(argument, f"a {noun(kind)}")
        library = value.name if isinstance(value, Symbol) and value.kind == "library" else None
        raise Rejected(
            otherwise.at(
                value.span,
                labels=_definitions(value),
                expected=f"expected a {noun(kind)}",
                help=None if library is None else _READ_IT,
                cause="" if library is None else causes.of_library(library),
                subject=argument.subject,
                option=argument.option,
                found=described(value),
            )
        )

    return read


_READ_IT = (
    "name something that the application declares; "
    "where a library declares it, list its package under 'libraries' in infragraph.yaml"
)


def known(argument: Argument, accepted: str) -> object:
    """The constant of an argument, whatever its type; `accepted` is for the help of a finding."""
    if not isinstance(argument.value, Known):
        raise rejection(argument, accepted)
    return argument.value.value


def rejection(argument: Argument, accepted: str) -> Rejected:
    """What to raise on a value that is not constant, or not `accepted`."""
    value = argument.value
    if not isinstance(value, Unknown):
        return Rejected(
            ARGUMENT_OF_WRONG_TYPE.at(
                value.span,
                labels=_definitions(value),
                subject=argument.subject,
                option=argument.option,
                found=described(value),
                accepted=accepted,
            )
        )
    if value.is_reported:
        return Rejected(None)
    return Rejected(
        ARGUMENT_NOT_CONSTANT.at(
            value.span,
            labels=() if value.origin is None else (Label(span=value.origin, text=value.reason),),
            subject=argument.subject,
            option=argument.option,
            reason=value.reason,
            accepted=accepted,
        )
    )


def _constant(argument: Argument, wanted: type[T], accepted: str) -> T:
    value = known(argument, accepted)
    if not isinstance(value, wanted):
        raise rejection(argument, accepted)
    return value


def _whole(seconds: float) -> float:
    return int(seconds) if seconds == int(seconds) else seconds


def _malformed(problem: Problem, argument: Argument, written: str) -> Diagnostic:
    return problem.at(
        argument.value.span,
        subject=argument.subject,
        option=argument.option,
        written=short(written),
    )


def _definitions(value: StaticValue) -> tuple[Label, ...]:
    if not isinstance(value, Symbol) or value.definition is None:
        return ()
    name = value.name.rpartition(".")[2]
    return (Label(span=value.definition, text=f"`{name}` is defined here"),)
