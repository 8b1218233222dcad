"""Where a test's things are; its databases are made when it first asks for one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infragraph.runtime.configuration import Configuration
from infragraph.testing.session import Session
from infragraph.testing.templates import Entry

_ELSEWHERE = ("endpoint", "external")


@dataclass(frozen=True, slots=True)
class Addresses(Mapping[str, Mapping[str, object]]):
    """The entries of a runtime configuration; `folder` is for the test's buckets."""

    session: Session
    folder: Path
    databases: dict[str, Entry] = field(default_factory=dict[str, Entry])

    def __getitem__(self, node: str) -> Mapping[str, object]:
        known = self.session.graph.nodes[node]
        name = str(known["name"])
        match known["kind"]:
            case "database":
                if node not in self.databases:
                    self.databases[node] = self.session.clone(name)
                return self.databases[node]
            case "bucket":
                return {"directory": str(self.folder / name)}
            case "topic":
                return {"topic": name}
            case "service":
                return {"url": f"http://{name}.test", "audience": node}
            case _:
                return {}

    def __iter__(self) -> Iterator[str]:
        nodes = self.session.graph.nodes
        return (node for node in sorted(nodes) if nodes[node]["kind"] not in _ELSEWHERE)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def configuration(addresses: Addresses) -> Configuration:
    """The runtime configuration of a test."""
    return Configuration(
        application=addresses.session.application.name,
        environment="test",
        provider="memory",
        resources=addresses,
        settings={},
    )
