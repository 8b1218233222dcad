"""Resources: declarations whose name and options are known."""

from dataclasses import dataclass

from infragraph.model.source import SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What every kind has in common; each kind adds its own fields in its own module of `kinds`.

    `id` is the graph's, `key` the declaration's. `service` is the name of the service that owns it,
    None in a library. `name_span` is where its name is written.
    """

    id: str
    key: str
    kind: str
    name: str
    service: str | None
    span: SourceSpan
    name_span: SourceSpan
    module: str
    symbol: str
    doc: str | None
