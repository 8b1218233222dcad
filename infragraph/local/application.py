"""What `infragraph run` runs: the graph, as the analyzer just read it, and where it lies."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STATE = ".infragraph"
"""The folder, in the application's own, with all that is kept between runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalApplication:
    """`graph` is what `infragraph analyze --format json` prints; `text` is the same as written."""

    root: Path
    graph: Mapping[str, Any]
    text: str

    @property
    def name(self) -> str:
        return str(self.graph["application"])

    @property
    def state(self) -> Path:
        return self.root / STATE

    def of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        """The nodes of one kind, by id."""
        return [node for node in self.graph["nodes"] if node["kind"] == kind]

    def services(self) -> tuple[str, ...]:
        return tuple(node["name"] for node in self.of_kind("service"))

    def fingerprint(self) -> str:
        """Two that are run alike have the same, wherever things stand in their source."""
        run = [self.graph["application"], self.graph["payloads"]]
        run += [_without(it, "location", "doc") for it in self.graph["nodes"]]
        run += [_without(it, "evidence") for it in self.graph["edges"]]
        return hashlib.sha256(json.dumps(run, sort_keys=True).encode()).hexdigest()


def _without(written: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in written.items() if name not in names}
