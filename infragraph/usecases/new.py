"""Make an application, or a part of one, for people to go on with.

    name ──check──▶ name; graph ──place──▶ where it goes ──render──▶ artifacts

Nothing here reads or writes; what is there already is never part of what is made.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from infragraph.diagnostics.words import alternatives, nearest
from infragraph.model.artifact import Artifact
from infragraph.model.graph import InfraGraph, Node
from infragraph.model.source import SourceFile
from infragraph.scaffold import project, service, topic
from infragraph.scaffold.names import refusal
from infragraph.scaffold.rendering import is_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Files by path, and what is to be done next, a line each."""

    artifacts: tuple[Artifact, ...]
    next_steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why nothing is made."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package:
    """A package by its dotted name, and the folder that it is."""

    name: str
    folder: str


def application(name: str, version: str) -> Made | Refused:
    """A whole project, whose paths are relative to its folder."""
    refused = refusal("application", name)
    if refused is not None:
        return Refused(reason=refused)
    made = project.artifacts(project.NewProject(name=name, version=version))
    return Made(
        artifacts=made,
        next_steps=(
            f"cd {name}",
            "uv sync                      # an environment, and uv.lock",
            "uv run infragraph analyze    # the graph, and what is wrong",
            "uv run pytest",
        ),
    )


def new_service(
    name: str, graph: InfraGraph, sources: Sequence[SourceFile], package: str | None
) -> Made | Refused:
    """A service beside the others, or in `package`."""
    refused = refusal("service", name)
    if refused is not None:
        return Refused(reason=refused)
    parent = _parent(graph, _own(sources), package)
    if isinstance(parent, Refused):
        return parent
    wanted = service.NewService(name=name, package=parent.name, folder=parent.folder)
    taken = _taken(graph, f"service:{name}", f"{wanted.home}/__init__.py")
    if taken is not None:
        return taken
    made = service.artifacts(wanted)
    return Made(
        artifacts=made,
        next_steps=(
            "infragraph analyze",
            f"infragraph new topic NAME --service {name}",
        ),
    )


def new_topic(
    name: str, graph: InfraGraph, sources: Sequence[SourceFile], owner: str | None
) -> Made | Refused:
    """A topic of the service called `owner`, or of the only one."""
    refused = refusal("topic", name)
    if refused is not None:
        return Refused(reason=refused)
    found = _service(graph, owner)
    if isinstance(found, Refused):
        return found
    package = _home(found, _own(sources))
    if isinstance(package, Refused):
        return package
    module, _, variable = found.symbol.rpartition(".")
    wanted = topic.NewTopic(
        name=name,
        service=found.name,
        package=package.name,
        folder=package.folder,
        owner=module,
        variable=variable,
    )
    made = topic.artifacts(wanted)
    (first, handlers, _) = made
    taken = _taken(graph, f"topic:{name}", first.path)
    if taken is not None:
        return taken
    return Made(
        artifacts=made,
        next_steps=(
            f"call announce() of {first.path}, where a message is to be published",
            f"write what is done with it in {handlers.path}",
            "infragraph analyze",
        ),
    )


def _own(sources: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    return tuple(file for file in sources if not file.is_library)


def _taken(graph: InfraGraph, node: str, path: str) -> Refused | None:
    for one in graph.nodes:
        if one.id == node:
            return Refused(
                reason=f"the {one.kind} '{one.name}' is declared at {one.span.path}:"
                f"{one.span.line}, and would be again in {path}"
            )
    return None


def _parent(
    graph: InfraGraph, sources: Sequence[SourceFile], package: str | None
) -> _Package | Refused:
    """The package that a service's own goes into: that of most others, else the only one."""
    packages = {file.module: file for file in sources if file.is_package}
    if package is not None:
        if package in packages:
            return _plain(_Package(name=package, folder=_folder(packages[package])))
        near = nearest(package, packages)
        hint = f"; did you mean '{near}'?" if near else ""
        return Refused(reason=f"there is no package '{package}'{hint}")
    by_module = {file.module: file for file in sources}
    beside = Counter(
        _Package(name=name.rpartition(".")[0], folder=_above(by_module[name]))
        for name in (
            str(node.properties["package"]) for node in graph.nodes if node.kind == "service"
        )
        if name in by_module
    )
    if beside:
        most = min(beside, key=lambda one: (-beside[one], one.name, one.folder))
        return _plain(most)
    tops = [file for name, file in sorted(packages.items()) if "." not in name]
    if len(tops) == 1:
        return _plain(_Package(name=tops[0].module, folder=_folder(tops[0])))
    known = f"; known: {alternatives(file.module for file in tops)}" if tops else ""
    return Refused(
        reason="no service shows where one belongs; name the package that it goes into with "
        f"--package{known}"
    )


def _service(graph: InfraGraph, owner: str | None) -> Node | Refused:
    services = {node.name: node for node in graph.nodes if node.kind == "service"}
    if not services:
        return Refused(
            reason="the application has no service yet; make one: infragraph new service"
        )
    if owner is None:
        if len(services) == 1:
            return next(iter(services.values()))
        return Refused(
            reason=f"name the service that the topic belongs to with --service: "
            f"{alternatives(services)}"
        )
    if owner in services:
        return services[owner]
    near = nearest(owner, services)
    hint = f"; did you mean '{near}'?" if near else f"; known: {alternatives(services)}"
    return Refused(reason=f"there is no service '{owner}'{hint}")


def _home(node: Node, sources: Sequence[SourceFile]) -> _Package | Refused:
    """The package that a service owns."""
    name = str(node.properties["package"])
    for file in sources:
        if file.module == name and file.is_package:
            return _plain(_Package(name=name, folder=_folder(file)))
    return Refused(
        reason=f"the service '{node.name}' owns the module {node.span.path} alone; give it a "
        "package first"
    )


def _plain(package: _Package) -> _Package | Refused:
    """A name that stands in the text of a module as it is."""
    if is_plain(package.name) and is_plain(package.folder):
        return package
    return Refused(reason=f"the folder '{package.folder}' has a name that no module is made in")


def _folder(file: SourceFile) -> str:
    folder = PurePosixPath(file.path).parent
    return "" if str(folder) == "." else str(folder)


def _above(file: SourceFile) -> str:
    """The folder that a package, or a module, lies in."""
    path = PurePosixPath(file.path)
    folder = path.parent.parent if file.is_package else path.parent
    return "" if str(folder) == "." else str(folder)
