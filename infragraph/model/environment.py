"""An environment: one place where an application is deployed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from infragraph.model.source import SourceSpan


class Size(StrEnum):
    """How large and how safe: `class` in `infragraph.yaml`."""

    PRODUCTION = "production"
    SMALL = "small"
    PREVIEW = "preview"


class Layout(StrEnum):
    """One stack, or a stack for each service; it never changes by itself."""

    SINGLE = "single"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Actions that a service is given although no edge of the graph asks for them.

    `expiry` is the last day on which it counts, as YYYY-MM-DD.
    """

    actions: tuple[str, ...]
    resources: tuple[str, ...]
    reason: str
    expiry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Where telemetry goes by OTLP; `headers_secret` names the secret that holds its headers."""

    endpoint: str
    headers_secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What `environments.<name>` says; `name` is the deployed one's also where a pattern matched.

    `account` is AWS's, `project` and `project_number` are Google Cloud's; what the target needs is
    there. `bindings` are the ids of nodes that exist already, with their addresses.
    `subscribers` are accounts or projects of others that may subscribe to a topic of ours, by its
    node's id. `patches` are what the file of `overrides` says: properties by the logical address of
    a resource. `places` are where the keys of all this stand, by the keys that lead to them.
    """

    name: str
    target: str
    region: str
    account: str | None = None
    project: str | None = None
    project_number: str | None = None
    size: Size = Size.PRODUCTION
    layout: Layout = Layout.SINGLE
    domain: str | None = None
    image_platform: str = "linux/arm64"
    collector: Collector | None = None
    alarms_to: str | None = None
    isolated_crons: frozenset[str] = frozenset()
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    network: str | None = None
    cluster: str | None = None
    listener: str | None = None
    kms_key: str | None = None
    bindings: Mapping[str, str] = field(default_factory=dict[str, str])
    subscribers: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    grants: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict[str, tuple[Grant, ...]])
    patches: Mapping[str, Mapping[str, object]] = field(
        default_factory=dict[str, Mapping[str, object]]
    )
    places: Mapping[tuple[str, ...], SourceSpan] = field(
        default_factory=dict[tuple[str, ...], SourceSpan]
    )

    def is_created(self, node: str) -> bool:
        """Whether a node's things are ours to create, not bound to what exists."""
        return node not in self.bindings

    def place(self, *keys: str) -> SourceSpan:
        """Where a key stands, else the nearest above it that is written."""
        above = (keys[:length] for length in range(len(keys), -1, -1))
        return next((self.places[it] for it in above if it in self.places), _HEAD)


_HEAD = SourceSpan(path="infragraph.yaml", line=1, column=1, end_line=1, end_column=1)
"""Of an environment that nobody wrote down."""
