"""What every kind offers: how it is declared, what its node shows, what can be wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.problem import Problem
from infragraph.model.declaration import Declaration
from infragraph.model.directory import DirectoryListing
from infragraph.model.graph import Property
from infragraph.model.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a declaration is judged by beside itself.

    `resources` are those declared so far, by the keys of their declarations: a kind is declared
    after the kinds that it refers to. `owner` gives the name of the service that owns a module,
    None for a library's. `migrations` lists a directory's SQL files, None where there is none.
    `audits_all` where every topic keeps a record.
    """

    resources: Mapping[str, Resource]
    owner: Callable[[str], str | None]
    migrations: Callable[[str], DirectoryListing | None]
    audits_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What became of a declaration: with a mistake it stays in the graph with what is known of it.

    `resource` is None only where not even its name is known.
    """

    resource: Resource | None
    diagnostics: tuple[Diagnostic, ...] = ()


def no_findings(_resources: Sequence[Any], _every: Mapping[str, Resource]) -> Iterable[Diagnostic]:
    """The check of a kind whose declarations cannot contradict each other."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of resource.

    `properties` are those of its node, in the order of `graph.md`; None for what is no node of its
    own, such as a service's hooks. `check` looks at all resources of the kind together, sorted by
    span, with every resource by key beside them.
    """

    name: str
    declare: Callable[[Declaration, Surroundings], Declared]
    properties: Callable[[Any, Surroundings], Mapping[str, Property]] | None
    problems: tuple[Problem, ...]
    check: Callable[[Sequence[Any], Mapping[str, Resource]], Iterable[Diagnostic]] = no_findings
