"""Applications as a run has them, made of a graph's topics alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infragraph.local.application import LocalApplication


def application(root: Path, *topics: Mapping[str, Any]) -> LocalApplication:
    nodes = [{"kind": "topic", "id": f"topic:{it['name']}", **it} for it in topics]
    return LocalApplication(root=root, graph={"application": "shop", "nodes": nodes}, text="")
