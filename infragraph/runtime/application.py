"""The declarations of an application, imported where the graph says they are."""

import importlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, cast

from infragraph.runtime.starting import StartError, described
from infragraph.sdk.database import SQLDatabase
from infragraph.sdk.service import Service

GRAPH_FILE = "infragraph.graph.json"


class ApplicationError(Exception):
    """The graph and the application's modules do not belong together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """What `infragraph analyze --format json` wrote, by node id."""

    application: str
    nodes: Mapping[str, Mapping[str, Any]]
    edges: tuple[Mapping[str, Any], ...]

    def of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        """The nodes of one kind, by id."""
        return [node for _, node in sorted(self.nodes.items()) if node["kind"] == kind]


def read_graph(path: Path) -> Graph:
    """The graph in a file.

    Raises:
        ApplicationError: it cannot be read.
    """
    try:
        written = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        return Graph(
            application=written["application"],
            nodes={node["id"]: node for node in written["nodes"]},
            edges=tuple(written["edges"]),
        )
    except OSError as error:
        message = f"the graph {path} cannot be read: {error.strerror}"
        raise ApplicationError(message) from error
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path} is no graph of infragraph: {error}"
        raise ApplicationError(message) from error


def load_services(graph: Graph, names: Iterable[str], root: Path) -> dict[str, Service]:
    """The services with everything that is attached to them; `root` is the application's folder.

    Raises:
        ApplicationError: a service is not in the graph, or what is declared is not found.
        StartError: a module does not import.
    """
    wanted = set(names)
    known = {node["name"] for node in graph.of_kind("service")}
    if wanted - known:
        message = (
            f"there is no service {', '.join(sorted(map(repr, wanted - known)))}: "
            f"the graph has {', '.join(sorted(known))}"
        )
        raise ApplicationError(message)
    owned = [node for _, node in sorted(graph.nodes.items()) if node["service"] in wanted]
    _make_importable(owned, root)
    for node in owned:
        _declared(node)
    for module in sorted({it for node in owned for it in _attached(node)}):
        _imported(module)
    return {
        node["name"]: _service(node) for node in graph.of_kind("service") if node["name"] in wanted
    }


def load_database(node: Mapping[str, Any], root: Path) -> SQLDatabase:
    """A database as it is declared.

    Raises:
        ApplicationError: it is not there.
        StartError: its module does not import.
    """
    _make_importable([node], root)
    found = _declared(node)
    if not isinstance(found, SQLDatabase):
        message = f"{node['symbol']} is no SQLDatabase: the graph is of another state of the source"
        raise ApplicationError(message)
    return found


def _service(node: Mapping[str, Any]) -> Service:
    found = _declared(node)
    if not isinstance(found, Service):
        message = f"{node['symbol']} is no Service: the graph is of another state of the source"
        raise ApplicationError(message)
    return found


def _attached(node: Mapping[str, Any]) -> list[str]:
    """The modules in which a service gets what is no node: auth handler, hooks and mounts."""
    if node["kind"] != "service":
        return []
    said = node["properties"]
    functions = [*said["startup"], *said["shutdown"]]
    if said["auth_handler"] is not None:
        functions.append(said["auth_handler"])
    modules = [str(symbol).rpartition(".")[0] for symbol in functions]
    return [*modules, *(str(mount["module"]) for mount in said["mounts"])]


def _imported(module: str) -> object:
    try:
        return importlib.import_module(module)
    except Exception as error:
        message = f"module {module} does not import: {described(error)}"
        raise StartError(message) from error


def _declared(node: Mapping[str, Any]) -> object:
    """The object that a node's symbol names; its module is imported."""
    module, *path = _split(node["symbol"], node["location"]["path"])
    found = _imported(module)
    for name in path:
        try:
            found = getattr(found, name)
        except AttributeError:
            message = (
                f"{node['symbol']} of {node['id']} is not there: "
                "the graph is of another state of the source"
            )
            raise ApplicationError(message) from None
    return found


def _split(symbol: str, path: str) -> list[str]:
    """A symbol as its module, which ends as its file does, and the names within."""
    parts = symbol.split(".")
    stem = _module_parts(path)
    for length in range(min(len(parts) - 1, len(stem)), 0, -1):
        if stem[-length:] == parts[:length]:
            return [".".join(parts[:length]), *parts[length:]]
    message = f"{symbol} is not declared in {path}"
    raise ApplicationError(message)


def _make_importable(nodes: Iterable[Mapping[str, Any]], root: Path) -> None:
    """Puts the folders on `sys.path` from which the modules are imported."""
    for node in nodes:
        path = node["location"]["path"]
        module = _split(node["symbol"], path)[0].split(".")
        stem = _module_parts(path)
        folder = str(root.joinpath(*stem[: len(stem) - len(module)]))
        if folder not in sys.path:
            sys.path.insert(0, folder)


def _module_parts(path: str) -> list[str]:
    stem = PurePosixPath(path).with_suffix("")
    return list(stem.parent.parts if stem.name == "__init__" else stem.parts)
