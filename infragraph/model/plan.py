"""A plan: what a cloud must hold for an application to run, before any format renders it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from infragraph.model.environment import Layout
from infragraph.model.graph import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A value known only once `address` is provisioned; without a name, what refers to it."""

    address: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that is given when the plan is carried out, or one that the cloud itself gives."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A text made of others, some of which are known later."""

    parts: tuple["Text", ...]


Text: TypeAlias = str | Attribute | Parameter
PlanValue: TypeAlias = (
    str
    | int
    | float
    | bool
    | Attribute
    | Parameter
    | Joined
    | Sequence["PlanValue"]
    | Mapping[str, "PlanValue"]
    | None
)


class Retention(StrEnum):
    """What is left when a resource leaves its plan or is replaced."""

    DELETE = "delete"
    RETAIN = "retain"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedResource:
    """One thing of a cloud; `type` is the cloud's own name for what it is.

    `address` is its logical address: unique in the plan, stable, and what overrides speak of.
    `origin` are the ids of the nodes that it is there for, none for what every application has.
    `after` are addresses that must be there before it without being mentioned in its properties.
    `layer` is where it goes when the layout is split: `network`, `data` or a service's name.
    `notes` are for those who check a plan: exceptions with their reasons, by the checker's name.
    """

    address: str
    type: str
    properties: Mapping[str, PlanValue]
    layer: str
    origin: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    retention: Retention = Retention.DELETE
    notes: Mapping[str, PlanValue] = field(default_factory=dict[str, PlanValue])


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedParameter:
    """A parameter that the user gives; `pattern` is what its values match."""

    name: str
    description: str
    pattern: str
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Actions on things that one service is allowed, and why.

    `ground` is `edge`, `kind` or `grant`; `why` says it in words. `evidence` are the places in the
    source that ask for it, none for a grant. `condition` narrows it further, in the cloud's words.
    """

    service: str
    actions: tuple[str, ...]
    resources: tuple[PlanValue, ...]
    ground: str
    why: str
    evidence: tuple[Evidence, ...] = ()
    condition: Mapping[str, PlanValue] = field(default_factory=dict[str, PlanValue])


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A property that the user set by hand, at `path` below the properties of a resource.

    `before` is what the plan had there, None also where it had nothing. It `widens` where it gives
    more than the graph asks for.
    """

    address: str
    path: tuple[str, ...]
    before: PlanValue
    after: PlanValue
    widens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Resources are sorted by address; `outputs` are printed once the plan is carried out.

    A cloud that carries it out by stacks makes one of it, or one of each layer, as `layout` says.

    `addresses` are what a running service must know of each node, by its id: the fields of its
    entry in `infragraph.runtime.<env>.json`. `audit` is where services keep the record of audited
    topics, empty where there is none.
    """

    target: str
    application: str
    environment: str
    resources: tuple[PlannedResource, ...]
    layout: Layout = Layout.SINGLE
    parameters: tuple[PlannedParameter, ...] = ()
    permissions: tuple[Permission, ...] = ()
    addresses: Mapping[str, Mapping[str, PlanValue]] = field(
        default_factory=dict[str, Mapping[str, PlanValue]]
    )
    audit: Mapping[str, PlanValue] = field(default_factory=dict[str, PlanValue])
    outputs: Mapping[str, PlanValue] = field(default_factory=dict[str, PlanValue])
    overrides: tuple[Override, ...] = ()
