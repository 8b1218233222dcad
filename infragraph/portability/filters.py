"""Filters as brokers read them."""

from collections.abc import Mapping, Sequence
from math import prod

Conditions = Mapping[str, Sequence[str | int]]
"""By attribute the constants of which it must equal one, as a subscription's node has them."""


def pubsub_filter(conditions: Conditions) -> str:
    """The text of a Pub/Sub subscription's filter."""
    parts = [_alternatives(name, wanted) for name, wanted in sorted(conditions.items())]
    if len(parts) == 1:
        return " OR ".join(parts[0])
    return " AND ".join(one[0] if len(one) == 1 else f"({' OR '.join(one)})" for one in parts)


def combinations(conditions: Conditions) -> int:
    """What SNS counts of a filter policy: the product of the numbers of constants."""
    return prod(len(wanted) for wanted in conditions.values())


def _alternatives(name: str, wanted: Sequence[str | int]) -> list[str]:
    return [f'attributes.{name} = "{_escaped(str(value))}"' for value in wanted]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
