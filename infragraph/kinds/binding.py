"""Arguments of a call bound to the parameters of the SDK's own signature."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any, TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.kinds.argument_problems import (
    ARGUMENT_GIVEN_TWICE,
    ARGUMENT_MISSING,
    ARGUMENT_SURPLUS,
    ARGUMENT_UNKNOWN,
    ARGUMENTS_OPEN,
)
from infragraph.kinds.readers import Argument
from infragraph.model.source import SourceSpan
from infragraph.model.values import Items, KeywordValue, Known, Made, StaticValue
from infragraph.sdk.retry import Retry


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The arguments of one call as they are written."""

    subject: str
    call: SourceSpan
    positional: tuple[StaticValue, ...]
    keywords: tuple[KeywordValue, ...]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Each option with its value, and what the signature does not take or misses."""

    by_option: Mapping[str, Argument]
    findings: tuple[Diagnostic, ...]


def bound(given: Given, constructor: Callable[..., Any]) -> Bound:
    """A call's arguments by option; what is not written has the default of the signature.

    An option is left out where it may be what a finding is about: one that is spread, or misspelt.
    """
    findings: list[Diagnostic] = []
    parameters = {parameter.name: parameter for parameter in parameters_of(constructor)}
    written = dict(zip(_by_position(parameters), given.positional, strict=False))
    findings.extend(_surplus(given, parameters))
    for keyword in given.keywords:
        if keyword.name in parameters and keyword.name not in written:
            written[keyword.name] = keyword.value
        else:
            findings.append(_refused(keyword, given.subject, parameters))
    if given.is_open:
        findings.append(ARGUMENTS_OPEN.at(given.call, subject=given.subject))
    hidden = _hidden(given, parameters) - written.keys()
    findings.extend(
        ARGUMENT_MISSING.at(given.call, subject=given.subject, option=name)
        for name, parameter in parameters.items()
        if parameter.default is parameter.empty and name not in {*written, *hidden}
    )
    by_option = {
        name: Argument(
            subject=given.subject,
            option=name,
            value=written.get(name) or _static(parameter.default, given.call),
            is_written=name in written,
            accepts_none="None" in str(parameter.annotation),
        )
        for name, parameter in parameters.items()
        if name in written or (parameter.default is not parameter.empty and name not in hidden)
    }
    return Bound(by_option=by_option, findings=tuple(findings))


@cache
def parameters_of(constructor: Callable[..., Any]) -> tuple[inspect.Parameter, ...]:
    """The parameters that a caller fills."""
    # The SDK's own signature is the grammar, so the two halves cannot drift apart.
    parameters = inspect.signature(constructor).parameters.values()
    return tuple(parameter for parameter in parameters if parameter.name != "self")


Parameters: TypeAlias = Mapping[str, inspect.Parameter]


def _by_position(parameters: Parameters) -> list[str]:
    return [name for name, it in parameters.items() if it.kind is not it.KEYWORD_ONLY]


def _surplus(given: Given, parameters: Parameters) -> Iterator[Diagnostic]:
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


def _hidden(given: Given, parameters: Parameters) -> set[str]:
    """The options that an argument which is not understood may stand for."""
    if given.is_open or len(given.positional) > len(_by_position(parameters)):
        return set(parameters)
    hidden: set[str] = set()
    for keyword in given.keywords:
        if keyword.name not in parameters:
            near = nearest(keyword.name, parameters)
            hidden |= set(parameters) if near is None else {near}
    return hidden


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
