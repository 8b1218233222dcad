"""Where an endpoint's parameters come from: the path, the query, headers, cookies or the body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.diagnostics.words import nearest
from infragraph.kinds.endpoint_problems import (
    PARAMETER_UNTYPED,
    PARAMETER_WITHOUT_PLACE,
    PATH_PARAMETER_MISSING,
    PATH_PARAMETER_STRUCTURED,
)
from infragraph.kinds.path import Path, PathParameter
from infragraph.kinds.payload import type_findings
from infragraph.model.declaration import Handler, HandlerParameter, TypeFacts
from infragraph.model.source import SourceSpan
from infragraph.model.types import ScalarType, is_subtype, type_name

Place: TypeAlias = Literal["path", "query", "header", "cookie", "body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A parameter with the place that it comes from, None where it has none."""

    parameter: HandlerParameter
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the parameters of a handler are judged by."""

    subject: str
    method: str
    path: Path | None
    path_span: SourceSpan

    @property
    def path_parameters(self) -> dict[str, PathParameter]:
        return {} if self.path is None else {it.name: it for it in self.path.parameters}


BODILESS = frozenset({"GET", "DELETE", "HEAD", "OPTIONS"})
"""Methods whose body means nothing to HTTP, and which proxies and load balancers drop or refuse."""


def placed(parameters: Sequence[HandlerParameter], request: Request) -> tuple[Placed, ...]:
    """Every parameter's place; the body is that of the first structured one."""
    found: list[Placed] = []
    for parameter in parameters:
        place = _place(parameter, request)
        if place == "body" and any(it.place == "body" for it in found):
            place = None
        found.append(Placed(parameter=parameter, place=place))
    return tuple(found)


def parameter_findings(
    handler: Handler, places: Sequence[Placed], request: Request
) -> Iterator[Diagnostic]:
    """At most one finding on each parameter, then what the path has and the function does not."""
    body = next((it.parameter for it in places if it.place == "body"), None)
    for it in places:
        if it.parameter.name in request.path_parameters:
            yield from _path_findings(it.parameter, request)
        else:
            yield from _findings(it, body, request)
    if any(parameter.kind == "variadic-keyword" for parameter in handler.parameters):
        return
    taken = [parameter.name for parameter in handler.parameters]
    for name in request.path_parameters:
        if name not in taken:
            near = nearest(name, (it for it in taken if it not in request.path_parameters))
            yield PATH_PARAMETER_MISSING.at(
                request.path_span,
                labels=(Label(span=handler.span, text="this is the function"),),
                subject=request.subject,
                parameter=name,
                cure=f"write '{{{near}}}' in the path, or rename the function's '{near}'"
                if near
                else f"add '{name}' to the function's parameters, or take it out of the path",
            )


def _place(parameter: HandlerParameter, request: Request) -> Place | None:
    if parameter.kind.startswith("variadic") or parameter.message_of is not None:
        return None
    if parameter.name in request.path_parameters:
        return "path"
    facts = parameter.annotation
    if facts is None:
        return "query"
    is_text = facts.is_scalar or facts.is_scalar_list
    if facts.marker is not None:
        return facts.marker if is_text or facts.faults else None
    if is_text:
        return "query"
    return None if request.method in BODILESS else "body"


def _path_findings(parameter: HandlerParameter, request: Request) -> Iterator[Diagnostic]:
    facts = parameter.annotation
    if facts is None:
        yield _untyped(parameter, request)
        return
    if facts.faults:
        yield from type_findings(facts, of=_called(parameter, request))
        return
    takes_rest = request.path_parameters[parameter.name].takes_rest
    if facts.marker is not None or not facts.is_scalar:
        found = f"a {facts.marker}" if facts.marker else type_name(facts.type)
        cure = "give it a type that is written as one text, such as str, int or UUID"
    elif takes_rest and not _is_text(facts):
        found = type_name(facts.type)
        cure = "give it the type str, since the rest of a path has slashes in it"
    else:
        return
    yield PATH_PARAMETER_STRUCTURED.at(
        facts.span,
        labels=(Label(span=request.path_span, text="the path has it here"),),
        subject=request.subject,
        parameter=parameter.name,
        found=found,
        cure=cure,
    )


def _is_text(facts: TypeFacts) -> bool:
    return is_subtype(ScalarType(name="str"), facts.type)


def _findings(it: Placed, body: HandlerParameter | None, request: Request) -> Iterator[Diagnostic]:
    parameter, facts = it.parameter, it.parameter.annotation
    if parameter.kind.startswith("variadic"):
        yield _without_place(
            parameter, request, "it takes any number of values", "write every parameter out"
        )
    elif facts is None:
        yield _untyped(parameter, request)
    elif parameter.message_of is not None:
        yield _without_place(
            parameter, request, "a Message is what subscriptions receive", "take the payload itself"
        )
    elif facts.faults:
        yield from type_findings(facts, of=_called(parameter, request))
    elif it.place is None and facts.marker is not None:
        yield _without_place(
            parameter,
            request,
            f"a {facts.marker} holds one text, and {type_name(facts.type)} is more",
            "give it a type that is written as one text, such as str, int or UUID",
        )
    elif it.place is None and body is not None:
        yield _without_place(
            parameter,
            request,
            f"the body is already '{body.name}'",
            "put both into one class, which is then the body",
            Label(span=body.span, text="this is the body"),
        )
    elif it.place is None:
        yield _without_place(
            parameter,
            request,
            f"{type_name(facts.type)} is structured, and a {request.method} has no body",
            "take its fields one by one from the query, or use another method",
        )


def _untyped(parameter: HandlerParameter, request: Request) -> Diagnostic:
    return PARAMETER_UNTYPED.at(parameter.span, subject=request.subject, parameter=parameter.name)


def _without_place(
    parameter: HandlerParameter, request: Request, reason: str, cure: str, *labels: Label
) -> Diagnostic:
    return PARAMETER_WITHOUT_PLACE.at(
        parameter.span,
        labels=labels,
        subject=request.subject,
        parameter=parameter.name,
        reason=reason,
        cure=cure,
    )


def _called(parameter: HandlerParameter, request: Request) -> str:
    return f"parameter '{parameter.name}' of {request.subject}"
