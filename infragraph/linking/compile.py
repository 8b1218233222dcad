"""An application's sources become its graph, with everything that is wrong with it.

sources ──extract──▶ facts ──evaluate──▶ declarations, steps ──declare──▶ resources
resources, steps ──link──▶ graph ──check──▶ diagnostics
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.dialects import ALL_DIALECTS
from infragraph.frontend.analysis import evaluate
from infragraph.frontend.asked_names import AskedNames, asked_names, note_asking
from infragraph.frontend.declarations import declarations
from infragraph.frontend.file_problems import file_findings
from infragraph.frontend.files import Files, InMemory
from infragraph.frontend.foreseen import foreseen
from infragraph.frontend.library import Library
from infragraph.frontend.machine import Machine
from infragraph.frontend.reading import Reading, read
from infragraph.frontend.stack import deep_stack
from infragraph.kinds import ALL_KINDS
from infragraph.linking.certainty import certain
from infragraph.linking.checks import ALL_CHECKS, Check
from infragraph.linking.checks.linked import Linked
from infragraph.linking.declaring import Inventory, inventory
from infragraph.linking.edges import edges
from infragraph.linking.errors import errors_by_endpoint
from infragraph.linking.recalling import Question, recalled, remember
from infragraph.linking.telling import told_once
from infragraph.linking.unresolved import unresolved
from infragraph.linking.used import Used
from infragraph.linking.uses import uses
from infragraph.model.declaration import Declaration, TypeFacts
from infragraph.model.directory import DirectoryListing
from infragraph.model.graph import InfraGraph, Node, Property
from infragraph.model.settings import Settings
from infragraph.model.source import SourceFile


def compile_application(  # noqa: PLR0913 - all that decides the result
    sources: Sequence[SourceFile],
    *,
    application: str,
    migrations: Callable[[str], DirectoryListing | None],
    settings: Settings,
    files: Files | None = None,
    checks: Sequence[Check] = ALL_CHECKS,
) -> tuple[InfraGraph, tuple[Diagnostic, ...]]:
    """The graph of the sources and its findings, sorted; the sources' order does not matter.

    Without `files` the sources hold their contents. `checks` look at the whole graph; whoever keeps
    results gives the same ones in every run.
    """
    libraries = tuple(
        dialect.library
        for dialect in ALL_DIALECTS
        if settings.dialects is None or dialect.name in settings.dialects
    )
    reading = read(sorted(sources, key=_path), libraries, files or InMemory())
    question = Question(
        reading=reading,
        libraries=libraries,
        application=application,
        settings=settings,
        migrations=migrations,
    )
    known = recalled(question)
    if known is not None:
        return known
    seen, linked = _linked(
        reading,
        libraries,
        application=application,
        migrations=question.listed,
        settings=settings,
        checks=checks,
    )
    remember(question, linked, seen.names)
    return linked


def link(  # noqa: PLR0913 - as above
    reading: Reading,
    libraries: tuple[Library, ...],
    *,
    application: str,
    migrations: Callable[[str], DirectoryListing | None],
    settings: Settings,
    checks: Sequence[Check] = ALL_CHECKS,
) -> tuple[InfraGraph, tuple[Diagnostic, ...]]:
    """The graph of what has been read; what else is needed for it is read."""
    _, linked = _linked(
        reading,
        libraries,
        application=application,
        migrations=migrations,
        settings=settings,
        checks=checks,
    )
    return linked


class _Seen(NamedTuple):
    """What running the program showed; `is_first` where it ran once, knowing all it needed."""

    machine: Machine
    declared: tuple[Declaration, ...]
    is_first: bool

    def names(self) -> AskedNames:
        return asked_names(self.machine) if self.is_first else {}


@deep_stack()
def _linked(  # noqa: PLR0913 - as above
    reading: Reading,
    libraries: tuple[Library, ...],
    *,
    application: str,
    migrations: Callable[[str], DirectoryListing | None],
    settings: Settings,
    checks: Sequence[Check],
) -> tuple[_Seen, tuple[InfraGraph, tuple[Diagnostic, ...]]]:
    seen = _understood(reading, libraries)
    machine, declared, _ = seen
    reading.files.told("link", 0, 0)
    program = machine.program
    packages = frozenset(module.name for module in program.modules.values() if module.is_package)
    found = inventory(
        declared, packages=packages, migrations=migrations, audits_all=settings.audits_all
    )
    used = uses(machine, found)
    graph = InfraGraph(
        application=application,
        nodes=tuple(_nodes(found, used)),
        edges=edges(used, found.resources),
        payloads=_payloads(declared),
        unresolved=unresolved(used, found.resources),
    )
    linked = Linked(
        machine=machine,
        declarations=declared,
        inventory=found,
        used=used,
        graph=graph,
        settings=settings,
    )
    judged = (
        *found.diagnostics,
        *(finding for check in checks for finding in check(linked)),
    )
    contents = _Contents(reading)
    diagnostics = {*file_findings(reading.parsed()), *certain(judged, linked, contents)}
    return seen, (graph, told_once(diagnostics))


def _understood(reading: Reading, libraries: tuple[Library, ...]) -> _Seen:
    """What running the program shows, once all that it needs has been parsed."""
    tops = frozenset[str]().union(*(library.top_level for library in libraries))
    reading.read(foreseen(reading.program(), tops))
    is_first = True
    while True:
        reading.files.told("run", 0, 0)
        machine = evaluate(reading.program(), libraries)
        note_asking(machine)
        declared = declarations(machine)
        if not machine.demanded:
            return _Seen(machine, declared, is_first)
        is_first = False
        reading.read(machine.demanded)


class _Contents(Mapping[str, bytes]):
    """The bytes of files by path, read where they are asked for."""

    __slots__ = ("_reading", "_sources")

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._sources = {source.path: source for source in reading.sources}

    def __getitem__(self, path: str) -> bytes:
        return self._reading.text(self._sources[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def _path(source: SourceFile) -> str:
    return source.path


def _nodes(found: Inventory, used: Iterable[Used]) -> Iterator[Node]:
    """The nodes by id; of two that share one, the first in the source."""
    by_name = {kind.name: kind for kind in ALL_KINDS}
    errors = errors_by_endpoint(used)
    seen: set[str] = set()
    for resource in sorted(found.resources.values(), key=lambda one: (one.id, one.span)):
        kind = by_name[resource.kind]
        if kind.properties is None or resource.id in seen:
            continue
        seen.add(resource.id)
        properties: dict[str, Property] = dict(kind.properties(resource, found.surroundings))
        if resource.kind == "endpoint":
            properties["errors"] = errors.get(resource.id, ())
        yield Node(
            id=resource.id,
            kind=resource.kind,
            name=resource.name,
            service=resource.service or None,
            doc=resource.doc,
            symbol=resource.symbol,
            span=resource.span,
            properties=properties,
        )


def _payloads(declared: Iterable[Declaration]) -> Mapping[str, Mapping[str, Property]]:
    """Every named type that a declaration needs, by its dotted name."""
    found: dict[str, Mapping[str, Property]] = {}
    for declaration in declared:
        for facts in _types(declaration):
            found.update(facts.definitions)
    return {name: found[name] for name in sorted(found)}


def _types(declaration: Declaration) -> Iterator[TypeFacts]:
    if declaration.type_argument is not None:
        yield declaration.type_argument
    handler = declaration.handler
    if handler is None or declaration.kind == "subscription":
        return
    annotations = (parameter.annotation for parameter in handler.parameters)
    for facts in (*annotations, handler.returns):
        if facts is not None:
            yield facts
