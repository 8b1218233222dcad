"""Contexts: which arguments keep two calls of one function apart."""

from infragraph.frontend.machine import Machine
from infragraph.frontend.relevance import matters
from infragraph.frontend.values import Values


def distinctive(machine: Machine, values: Values, *, is_strict: bool) -> Values:
    """The values by which a call is told from another: resources, and what can lead to one.

    With `is_strict`, what only has code that leads to one is left out; that is the second try for a
    function that is called in too many ways.
    """
    return frozenset(value for value in values if matters(machine, value, is_strict=is_strict))
