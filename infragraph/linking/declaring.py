"""Declarations become resources, kind after kind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from infragraph.diagnostics.diagnostic import Diagnostic, Severity
from infragraph.kinds import ALL_KINDS
from infragraph.kinds.kind import Surroundings
from infragraph.linking.ownership import Ownership, ownership
from infragraph.model.declaration import Declaration
from infragraph.model.directory import DirectoryListing
from infragraph.model.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """All resources by the keys of their declarations, in order of kind and then of place.

    `faulty` are the ids of those whose declarations have an error.
    """

    resources: Mapping[str, Resource]
    surroundings: Surroundings
    ownership: Ownership
    diagnostics: tuple[Diagnostic, ...]
    faulty: frozenset[str]


def inventory(
    declarations: Iterable[Declaration],
    *,
    packages: frozenset[str],
    migrations: Callable[[str], DirectoryListing | None],
    audits_all: bool,
) -> Inventory:
    """What the declarations come to; `packages` are the modules that are an `__init__`."""
    by_kind: dict[str, list[Declaration]] = {}
    for declaration in declarations:
        by_kind.setdefault(declaration.kind, []).append(declaration)
    resources: dict[str, Resource] = {}
    diagnostics: list[Diagnostic] = []
    faulty: set[str] = set()
    owned = Ownership(packages={}, modules={})
    surroundings = Surroundings(
        resources=resources, owner=owned.owner, migrations=migrations, audits_all=audits_all
    )
    for kind in ALL_KINDS:
        of_kind = by_kind.get(kind.name, [])
        for declaration in of_kind:
            declared = kind.declare(declaration, surroundings)
            diagnostics.extend(declared.diagnostics)
            if declared.resource is not None:
                resources[declaration.key] = declared.resource
                if any(one.severity == Severity.ERROR for one in declared.diagnostics):
                    faulty.add(declared.resource.id)
        if kind.name == "service":
            names = {key: resource.name for key, resource in resources.items()}
            owned = ownership(of_kind, names, packages)
            surroundings = replace(surroundings, owner=owned.owner)
    for kind in ALL_KINDS:
        found = [resource for resource in resources.values() if resource.kind == kind.name]
        found.sort(key=lambda resource: resource.span)
        diagnostics.extend(kind.check(found, resources))
    return Inventory(
        resources=resources,
        surroundings=surroundings,
        ownership=owned,
        diagnostics=tuple(diagnostics),
        faulty=frozenset(faulty),
    )
