"""The function behind a subscription: called with each payload, or with its message."""

from collections.abc import Iterator
from dataclasses import replace

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.kinds.handlers import (
    declared_here,
    first_parameter,
    parameters_written,
    takes_one,
)
from infragraph.kinds.payload import type_findings
from infragraph.kinds.subscription_problems import HANDLER_PARAMETERS, HANDLER_TYPE
from infragraph.kinds.topic import Topic
from infragraph.model.declaration import Declaration, HandlerParameter, TypeFacts, TypeFault
from infragraph.model.types import is_subtype, type_name


def consumer_findings(
    declaration: Declaration, topic: Topic | None, subject: str
) -> Iterator[Diagnostic]:
    """Findings on what the handler takes; a parameter without a type takes anything."""
    handler = declaration.handler
    if handler is None:
        return
    if not takes_one(handler):
        yield HANDLER_PARAMETERS.at(
            handler.span,
            labels=declared_here(declaration, subject, handler),
            subject=subject,
            count=parameters_written(handler),
        )
        return
    parameter = first_parameter(handler)
    payload = None if topic is None else topic.payload
    if parameter is None or parameter.annotation is None:
        return
    unread = _unread(parameter.annotation, payload)
    if unread is not None:
        called = f"parameter '{parameter.name}' of {subject}"
        yield from type_findings(unread, of=called)
    elif topic is not None and payload is not None and not _fits(payload, parameter):
        yield HANDLER_TYPE.at(
            parameter.annotation.span,
            labels=(Label(span=payload.span, text=f"topic '{topic.name}' carries this type"),),
            subject=subject,
            found=_written(parameter, parameter.annotation),
            payload=type_name(payload.type),
        )


def _fits(payload: TypeFacts, parameter: HandlerParameter) -> bool:
    wanted = parameter.message_of
    if wanted is None and parameter.annotation is not None:
        wanted = parameter.annotation.type
    return wanted is None or is_subtype(payload.type, wanted)


def _written(parameter: HandlerParameter, annotation: TypeFacts) -> str:
    if parameter.message_of is None:
        return type_name(annotation.type)
    return f"Message[{type_name(parameter.message_of)}]"


def _unread(annotation: TypeFacts, payload: TypeFacts | None) -> TypeFacts | None:
    """The annotation with the faults that are its own.

    What the payload lacks is reported at the topic, and a supertype need not be sendable.
    """
    known = () if payload is None else payload.faults
    told = {(fault.kind, fault.name) for fault in known}
    own: tuple[TypeFault, ...] = tuple(
        fault
        for fault in annotation.faults
        if fault.kind != "unsupported" and (fault.kind, fault.name) not in told
    )
    return replace(annotation, faults=own) if own else None
