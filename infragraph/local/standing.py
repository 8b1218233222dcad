"""What a run leaves to be found by other commands while it is up: `.infragraph/run.json`."""

import json
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infragraph.local.application import STATE

_FILE = "run.json"


class NotRunningError(Exception):
    """No run of the application is up."""

    def __init__(self, root: Path) -> None:
        super().__init__(f"no run of '{root}' is up: start one by 'infragraph run'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`configuration` is the runtime configuration, `graph` the graph that is run."""

    root: Path
    configuration: Mapping[str, Any]
    graph: Mapping[str, Any]
    signing_key: str

    def address(self, service: str) -> str:
        """Where a service answers."""
        return str(self.configuration["resources"][f"service:{service}"]["url"])

    def names(self, kind: str) -> list[str]:
        """The names of the nodes of one kind."""
        return sorted(str(it["name"]) for it in self.graph["nodes"] if it["kind"] == kind)


@contextmanager
def announced(state: Path, signing_key: str) -> Generator[None]:
    """A block in which other commands find the run; for the user alone, since it holds a key."""
    path = state / _FILE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"pid": os.getpid(), "signing_key": signing_key}, file)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def state_above(folder: Path) -> Path:
    """The application's folder that `folder` is or lies in; itself, where none was ever run."""
    folders = (folder, *folder.parents)
    return next((it for it in folders if (it / STATE / "lock").exists()), folder)


def standing(folder: Path) -> Standing:
    """The run of the application that `folder` is or lies in.

    Raises:
        NotRunningError: none is up.
    """
    root = state_above(folder)
    state = root / STATE
    try:
        said = json.loads((state / _FILE).read_text(encoding="utf-8"))
        configuration = json.loads((state / "runtime.json").read_text(encoding="utf-8"))
        graph = json.loads((state / "graph.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        raise NotRunningError(root) from None
    if not _lives(int(said["pid"])):
        raise NotRunningError(root)
    return Standing(
        root=root,
        configuration=configuration,
        graph=graph,
        signing_key=str(said["signing_key"]),
    )


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
