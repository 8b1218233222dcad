"""What a deployment would change, whatever the cloud calls it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """In the order in which a plan tells of them."""

    ADD = "added"
    MODIFY = "changed"
    MAY_REPLACE = "may be replaced"
    REPLACE = "replaced"
    REMOVE = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyChange:
    """A property, at its path, that would be another; without values where the cloud gives none."""

    path: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One resource; `stays` where the thing itself outlives its removal from the plan."""

    action: Action
    id: str
    type: str
    physical: str = ""
    properties: tuple[PropertyChange, ...] = ()
    stays: bool = False
    grants: bool = False
    """Whether it says who may do what."""


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    order = list(Action)
    return tuple(sorted(changes, key=lambda one: (order.index(one.action), one.type, one.id)))
