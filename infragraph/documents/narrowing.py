"""Properties of the graph as what they should be; where one is not, as nothing."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from infragraph.model.graph import Property

Object: TypeAlias = Mapping[str, Property]


def text(value: Property) -> str | None:
    return value if isinstance(value, str) else None


def number(value: Property) -> int | float | None:
    """Durations and sizes; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value


def mapping(value: Property) -> Object:
    return value if isinstance(value, Mapping) else {}


def items(value: Property) -> Sequence[Property]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def texts(value: Property) -> list[str]:
    return [item for item in items(value) if isinstance(item, str)]


def present(members: Object) -> dict[str, Property]:
    """The members that have a value."""
    return {name: value for name, value in members.items() if value is not None}
