"""What a value of a plan mentions: attributes of resources, and parameters."""

from collections.abc import Iterator, Mapping, Sequence

from infragraph.model.plan import Attribute, Joined, Parameter, PlanValue


def attributes(value: PlanValue) -> Iterator[Attribute]:
    yield from (leaf for leaf in _leaves(value) if isinstance(leaf, Attribute))


def parameters(value: PlanValue) -> Iterator[str]:
    """Their names."""
    yield from (leaf.name for leaf in _leaves(value) if isinstance(leaf, Parameter))


def _leaves(value: PlanValue) -> Iterator[PlanValue]:
    match value:
        case Joined():
            yield from value.parts
        case Mapping():
            for item in value.values():
                yield from _leaves(item)
        case Sequence() if not isinstance(value, str):
            for item in value:
                yield from _leaves(item)
        case _:
            yield value
