"""Contexts: which arguments keep two calls of one function apart."""

from infragraph.frontend.machine import Machine
from infragraph.frontend.relevance import is_relevant, matters
from infragraph.frontend.values import Instance, Value, Values


def distinctive(machine: Machine, values: Values, *, is_strict: bool) -> Values:
    """The values by which a call is told from another: resources, and what can lead to one.

    With `is_strict`, what only has code that leads to one is left out; that is the second try for a
    function that is called in too many ways. Objects that hold nothing of the kind are told apart
    by their class alone, which decides what runs.
    """
    return frozenset(
        _any_object(machine, value)
        for value in values
        if matters(machine, value, is_strict=is_strict)
    )


def _any_object(machine: Machine, value: Value) -> Value:
    if isinstance(value, Instance) and not is_relevant(machine, value):
        return general(value)
    return value


def general(value: Value) -> Value:
    """Any object of the class where the value is one."""
    return value.of.object(None, None) if isinstance(value, Instance) else value
