"""What decides how an application is compiled, beside its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from infragraph.model.source import SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`dialects` are those that are read, None for all; `targets` are those whose limits count.

    `services` are the names by which the configuration speaks of services, by their places.
    `audits_all` where every topic keeps a record, whatever it asks for itself.
    """

    dialects: tuple[str, ...] | None = None
    targets: tuple[str, ...] = ()
    services: Mapping[SourceSpan, str] = field(default_factory=dict[SourceSpan, str])
    audits_all: bool = False
