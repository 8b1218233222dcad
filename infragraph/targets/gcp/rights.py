"""Rights: a role that one member has on one thing, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from infragraph.model.graph import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account of this plan, by its name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """An account that Google makes for one of its services, by its e-mail."""

    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """All service accounts of another project, by its number.

    https://cloud.google.com/iam/docs/principal-identifiers, read 2026-11-25.
    """

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Everybody:
    """Who calls a public endpoint."""


Member: TypeAlias = Account | Agent | Project | Everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a right is on: a resource of the plan, or a path that exists without us.

    `called` is what the cloud calls a resource, where that is not its object's name.
    """

    type: str
    name: str
    path: str | None = None
    called: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """`service` is the one on whose account the right is there, whoever has it.

    `ground` and `why` are those of a permission. `role` is predefined or a path of one of the plan.
    """

    member: Member
    role: str
    on: Thing
    service: str
    ground: str
    why: str
    evidence: tuple[Evidence, ...] = ()
    condition: Mapping[str, str] = field(default_factory=dict[str, str])
    node: str | None = None
    after: tuple[str, ...] = ()
