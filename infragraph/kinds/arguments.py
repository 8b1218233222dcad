"""A declaration's arguments, bound by the SDK's own signature and read one by one."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.problem import Problem
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.kinds import readers
from infragraph.kinds.argument_problems import (
    ARGUMENT_GIVEN_TWICE,
    ARGUMENT_MISSING,
    ARGUMENT_SURPLUS,
    ARGUMENT_UNKNOWN,
    ARGUMENTS_OPEN,
    NAME_MALFORMED,
)
from infragraph.kinds.naming import LONGEST_NAME, proper_name, subject
from infragraph.kinds.placement import placement_finding
from infragraph.kinds.readers import Argument, Reader, Rejected
from infragraph.model.declaration import Declaration
from infragraph.model.source import SourceSpan
from infragraph.model.values import Items, KeywordValue, Known, Made, StaticValue, Unknown
from infragraph.sdk.retry import Retry

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What a declaration was given, by option; each reader gives a value, or None and one finding.

    An option that was not written has the default of the SDK's signature; one that is missing, or
    whose value a finding already explains, is None without a second finding. `findings` grows with
    every reader.
    """

    subject: str
    call: SourceSpan
    by_option: Mapping[str, Argument]
    findings: list[Diagnostic]

    def read(self, option: str, reader: Reader[T]) -> T | None:
        """The option's value by a reader; the one place where what it rejects is caught."""
        argument = self.by_option.get(option)
        if argument is None or (argument.accepts_none and argument.is_none):
            return None
        try:
            return reader(argument)
        except Rejected as rejected:
            if rejected.diagnostic is not None:
                self.findings.append(rejected.diagnostic)
            return None

    def text(self, option: str) -> str | None:
        return self.read(option, readers.text)

    def name(self, option: str = "name") -> str | None:
        """A resource's name; one that does not match the pattern is reported and stays the name."""
        name = self.text(option)
        if name is not None and not proper_name(name):
            self.findings.append(
                NAME_MALFORMED.at(self.span(option), name=name, longest=LONGEST_NAME)
            )
        return name or None

    def flag(self, option: str) -> bool | None:
        return self.read(option, readers.flag)

    def number(self, option: str) -> int | None:
        return self.read(option, readers.number)

    def choice(self, option: str, choices: Sequence[str]) -> str | None:
        return self.read(option, readers.choice(choices))

    def duration(self, option: str) -> float | None:
        """Seconds, an `int` where they are whole."""
        return self.read(option, readers.duration)

    def size(self, option: str) -> int | None:
        """Bytes."""
        return self.read(option, readers.size)

    def texts(self, option: str) -> tuple[str, ...] | None:
        return self.read(option, readers.texts)

    def reference(self, option: str, kind: str, otherwise: Problem | None = None) -> str | None:
        """The key of what the option names; `otherwise` is the problem of any other kind."""
        return self.read(option, readers.reference(kind, otherwise))

    def is_none(self, option: str) -> bool:
        """Whether the option is `None`, as opposed to unknown."""
        argument = self.by_option.get(option)
        return argument is not None and argument.is_none

    def is_written(self, option: str) -> bool:
        """Whether source gives the option, as opposed to leaving it to its default."""
        argument = self.by_option.get(option)
        return argument is not None and argument.is_written

    def span(self, option: str) -> SourceSpan:
        """Where the option's value is written; the call where it is not."""
        argument = self.by_option.get(option)
        return argument.value.span if argument is not None else self.call

    def of(self, argument: Argument, constructor: Callable[..., Any]) -> "Arguments | None":
        """The arguments of an inert object such as `Retry(max_attempts=5)`; findings are ours."""
        if not isinstance(argument.value, Made):
            return None
        made = argument.value
        given = _Given(
            subject=f"'{argument.option}' of {argument.subject}",
            call=made.span,
            positional=made.positional,
            keywords=made.keywords,
            is_open=False,
        )
        return _bound(given, constructor, self.findings)


def bind(declaration: Declaration, constructor: Callable[..., Any]) -> Arguments:
    """The arguments of a declaration, with findings on what the SDK's signature does not take."""
    misplaced = placement_finding(declaration)
    findings: list[Diagnostic] = [] if misplaced is None else [misplaced]
    positional, keywords = declaration.positional, declaration.keywords
    if misplaced is not None:
        # What a loop or a factory passes is seldom constant: its place is the one mistake.
        positional = tuple(_reported(value) for value in positional)
        keywords = tuple(replace(given, value=_reported(given.value)) for given in keywords)
    given = _Given(
        subject=_subject(declaration, constructor),
        call=declaration.call,
        positional=positional,
        keywords=keywords,
        is_open=declaration.is_open,
    )
    return _bound(given, constructor, findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """The arguments of one call as they are written."""

    subject: str
    call: SourceSpan
    positional: tuple[StaticValue, ...]
    keywords: tuple[KeywordValue, ...]
    is_open: bool


def _reported(value: StaticValue) -> StaticValue:
    return replace(value, is_reported=True) if isinstance(value, Unknown) else value


def _subject(declaration: Declaration, constructor: Callable[..., Any]) -> str:
    """What messages call the declaration, by the name it was given where that is known."""
    names = [parameter.name for parameter in _parameters(constructor)]
    given = {keyword.name: keyword.value for keyword in declaration.keywords}
    given.update(zip(names, declaration.positional, strict=False))
    name = given.get("name")
    known = name.value if isinstance(name, Known) and isinstance(name.value, str) else None
    return subject(declaration.kind, known)


def _parameters(constructor: Callable[..., Any]) -> list[inspect.Parameter]:
    # The SDK's own signature is the grammar, so the two halves cannot drift apart.
    parameters = inspect.signature(constructor).parameters.values()
    return [parameter for parameter in parameters if parameter.name != "self"]


def _bound(given: _Given, constructor: Callable[..., Any], findings: list[Diagnostic]) -> Arguments:
    parameters = {parameter.name: parameter for parameter in _parameters(constructor)}
    written = dict(zip(_by_position(parameters), given.positional, strict=False))
    findings.extend(_surplus(given, parameters))
    for keyword in given.keywords:
        if keyword.name in parameters and keyword.name not in written:
            written[keyword.name] = keyword.value
        else:
            findings.append(_refused(keyword, given.subject, parameters))
    if given.is_open:
        findings.append(ARGUMENTS_OPEN.at(given.call, subject=given.subject))
    else:
        findings.extend(_missing(given, written, parameters))
    by_option = {
        name: Argument(
            subject=given.subject,
            option=name,
            value=written.get(name) or _static(parameter.default, given.call),
            is_written=name in written,
            accepts_none="None" in str(parameter.annotation),
        )
        for name, parameter in parameters.items()
        if name in written or (parameter.default is not parameter.empty and not given.is_open)
    }
    return Arguments(subject=given.subject, call=given.call, by_option=by_option, findings=findings)


Parameters: TypeAlias = Mapping[str, inspect.Parameter]


def _by_position(parameters: Parameters) -> list[str]:
    return [name for name, it in parameters.items() if it.kind is not it.KEYWORD_ONLY]


def _surplus(given: _Given, parameters: Parameters) -> Iterator[Diagnostic]:
    taken = _by_position(parameters)
    if len(given.positional) > len(taken):
        named = [name for name in parameters if name not in taken]
        yield ARGUMENT_SURPLUS.at(
            given.positional[len(taken)].span,
            subject=given.subject,
            takes="1 argument" if len(taken) == 1 else f"{len(taken)} arguments",
            cure=f"name the option: {', '.join(named)}" if named else "leave the others out",
        )


def _refused(keyword: KeywordValue, subject: str, parameters: Parameters) -> Diagnostic:
    span = _name_span(keyword)
    if keyword.name in parameters:
        return ARGUMENT_GIVEN_TWICE.at(span, option=keyword.name, subject=subject)
    near = nearest(keyword.name, parameters)
    cure = f"write '{near}'" if near is not None else f"use {alternatives(parameters)}"
    return ARGUMENT_UNKNOWN.at(span, subject=subject, option=keyword.name, cure=cure)


def _name_span(keyword: KeywordValue) -> SourceSpan:
    """The name of `name=value`; all of an argument that is written in another way."""
    span = keyword.span
    if span == keyword.value.span:
        return span
    return replace(span, end_line=span.line, end_column=span.column + len(keyword.name))


def _missing(
    given: _Given, written: Mapping[str, StaticValue], parameters: Parameters
) -> Iterator[Diagnostic]:
    for name, parameter in parameters.items():
        if parameter.default is parameter.empty and name not in written:
            yield ARGUMENT_MISSING.at(given.call, subject=given.subject, option=name)


def _static(default: object, span: SourceSpan) -> StaticValue:
    """A default of the SDK's signature as a static value."""
    match default:
        case None | str() | int() | float() | bool() | timedelta():
            return Known(value=default, span=span)
        case tuple():
            assert default == (), "a default that is a tuple holds nothing"
            return Items(kind="tuple", elements=(), span=span)
        case Retry():
            return Made(constructor="infragraph.Retry", positional=(), keywords=(), span=span)
        case _:
            message = f"no static value for the default {default!r}"
            raise AssertionError(message)
