"""A subscription's filter: for each attribute of the payload the constants that are wanted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.kinds.readers import Argument, rejection, text
from infragraph.kinds.schemas import may_be, member_schema
from infragraph.kinds.subscription_problems import (
    FILTER_EMPTY,
    FILTER_NOT_AN_ATTRIBUTE,
    FILTER_VALUE,
    FILTER_WITHOUT_CONDITION,
)
from infragraph.kinds.topic import Topic
from infragraph.model.declaration import TypeFacts
from infragraph.model.source import SourceSpan
from infragraph.model.types import type_name
from infragraph.model.values import Entries, Items, Known, StaticValue, Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """An attribute and the constants of which it must equal one.

    `span` is where the attribute is named, `places` are those of the constants.
    """

    attribute: str
    values: tuple[str | int, ...]
    span: SourceSpan
    places: tuple[SourceSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Conditions that must all hold, sorted by attribute."""

    conditions: tuple[Condition, ...]
    span: SourceSpan


ACCEPTED = 'a dict of attributes and constants, such as {"country": ("NL", "BE")}'


def read_filter(argument: Argument) -> Filter:
    """A reader of a filter; of an attribute that is given twice the last counts."""
    if not isinstance(argument.value, Entries):
        raise rejection(argument, ACCEPTED)
    conditions = {
        condition.attribute: condition
        for key, wanted in argument.value.pairs
        for condition in (_condition(argument, key, wanted),)
    }
    ordered = tuple(conditions[attribute] for attribute in sorted(conditions))
    return Filter(conditions=ordered, span=argument.value.span)


def filter_findings(
    wanted: Filter | None, topic: Topic | None, subject: str
) -> Iterator[Diagnostic]:
    """Conditions that nothing can meet, and those on what is no attribute of the payload."""
    if wanted is None:
        return
    if not wanted.conditions:
        yield FILTER_WITHOUT_CONDITION.at(wanted.span, subject=subject)
    for condition in wanted.conditions:
        if not condition.values:
            yield FILTER_EMPTY.at(condition.span, subject=subject, attribute=condition.attribute)
    payload = None if topic is None else topic.payload
    if topic is None or payload is None or not payload.fields_are_complete:
        return
    known = sorted(payload.attributes)
    for condition in wanted.conditions:
        attribute = condition.attribute
        if attribute in payload.attributes:
            yield from _value_findings(condition, payload, subject)
            continue
        near = nearest(attribute, known)
        declare = f"type the field '{attribute}' as Attribute[str]"
        names = f"name {alternatives(known)}" if known else "leave the filter out"
        at = topic.span if payload.definition is None else payload.definition
        yield FILTER_NOT_AN_ATTRIBUTE.at(
            condition.span,
            labels=(Label(span=at, text="the payload is defined here"),),
            subject=subject,
            attribute=attribute,
            cure=declare if attribute in payload.fields else f"write '{near}'" if near else names,
        )


def _value_findings(condition: Condition, payload: TypeFacts, subject: str) -> Iterator[Diagnostic]:
    """The constants that no message has under an attribute."""
    schema = member_schema(payload, condition.attribute)
    for value, place in zip(condition.values, condition.places, strict=True):
        if not may_be(value, schema, payload.definitions):
            yield FILTER_VALUE.at(
                place,
                labels=()
                if payload.definition is None
                else (Label(span=payload.definition, text="the payload is defined here"),),
                subject=subject,
                attribute=condition.attribute,
                value=value,
                type=type_name(payload.fields[condition.attribute]),
            )


def _condition(argument: Argument, key: StaticValue, wanted: StaticValue) -> Condition:
    attribute = text(replace(argument, value=key))
    listed = wanted.elements if isinstance(wanted, Items) and wanted.kind != "set" else (wanted,)
    values = tuple(_constant(replace(argument, value=value)) for value in listed)
    places = tuple(value.span for value in listed)
    return Condition(attribute=attribute, values=values, span=key.span, places=places)


def _constant(argument: Argument) -> str | int:
    value = argument.value
    constant = value.value if isinstance(value, Known | Symbol) else None
    if isinstance(constant, str | int) and not isinstance(constant, bool):
        return constant
    raise rejection(argument, ACCEPTED)
