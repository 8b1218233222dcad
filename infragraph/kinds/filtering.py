"""A subscription's filter: for each attribute of the payload the constants that are wanted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from infragraph.diagnostics.diagnostic import Diagnostic, Label
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.kinds.readers import Argument, rejection, text
from infragraph.kinds.subscription_problems import FILTER_EMPTY, FILTER_NOT_AN_ATTRIBUTE
from infragraph.kinds.topic import Topic
from infragraph.model.source import SourceSpan
from infragraph.model.values import Entries, Items, Known, StaticValue, Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """An attribute and the constants of which it must equal one; `span` is where it is named."""

    attribute: str
    values: tuple[str | int, ...]
    span: SourceSpan


Filter: TypeAlias = tuple[Condition, ...]
"""Conditions that must all hold."""

ACCEPTED = 'a dict of attributes and constants, such as {"country": ("NL", "BE")}'


def read_filter(argument: Argument) -> Filter:
    """A reader of a filter, sorted by attribute; of one that is given twice the last counts."""
    if not isinstance(argument.value, Entries):
        raise rejection(argument, ACCEPTED)
    conditions = {
        condition.attribute: condition
        for key, wanted in argument.value.pairs
        for condition in (_condition(argument, key, wanted),)
    }
    return tuple(conditions[attribute] for attribute in sorted(conditions))


def filter_findings(
    wanted: Filter | None, topic: Topic | None, subject: str
) -> Iterator[Diagnostic]:
    """Conditions that nothing can meet, and those on what is no attribute of the payload."""
    for condition in wanted or ():
        if not condition.values:
            yield FILTER_EMPTY.at(condition.span, subject=subject, attribute=condition.attribute)
    payload = None if topic is None else topic.payload
    if topic is None or payload is None or not payload.fields_are_complete:
        return
    known = sorted(payload.attributes)
    for condition in wanted or ():
        attribute = condition.attribute
        if attribute in payload.attributes:
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


def _condition(argument: Argument, key: StaticValue, wanted: StaticValue) -> Condition:
    attribute = text(replace(argument, value=key))
    listed = wanted.elements if isinstance(wanted, Items) and wanted.kind != "set" else (wanted,)
    values = tuple(_constant(replace(argument, value=value)) for value in listed)
    return Condition(attribute=attribute, values=values, span=key.span)


def _constant(argument: Argument) -> str | int:
    value = argument.value
    constant = value.value if isinstance(value, Known | Symbol) else None
    if isinstance(constant, str | int) and not isinstance(constant, bool):
        return constant
    raise rejection(argument, ACCEPTED)
