"""The modules of an application, by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from infragraph.frontend.blocks import COMPOUND, inner
from infragraph.model import facts
from infragraph.model.facts import ModuleFacts, Statement
from infragraph.model.source import Position


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Module:
    """One module; in one that `is_library`, read from the environment, nothing is reported."""

    name: str
    path: str
    is_package: bool
    is_library: bool
    facts: ModuleFacts
    bindings: Mapping[str, Statement]
    uses: Mapping[int, tuple[tuple[str, str, Position], ...]]

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The modules that were parsed; `packages` are the names that hold others.

    `passed_over` are the application's other modules: no name in them was found to lead to a
    resource. They are taken for a library's until something of them is needed; so are the packages
    of which no module was parsed, `unparsed`.
    """

    modules: Mapping[str, Module]
    packages: frozenset[str]
    passed_over: frozenset[str] = frozenset()
    unparsed: frozenset[str] = frozenset()

    def holds(self, name: str) -> bool:
        return name in self.modules or name in self.packages

    def is_passed_over(self, name: str) -> bool:
        return name in self.passed_over or name in self.unparsed

    def is_unread(self, name: str) -> bool:
        """Whether a module's file could not be analyzed, which is a finding of its own."""
        module = self.modules.get(name)
        return module is not None and module.facts.fault is not None

    def absolute(self, module: Module, name: str, level: int) -> str | None:
        """The dotted name that an import in `module` means; None where it climbs above the top."""
        if level == 0:
            return name
        parts = module.package.split(".") if module.package else []
        if level > len(parts):
            return None
        kept = parts[: len(parts) - level + 1]
        return ".".join([*kept, name] if name else kept)


def bindings(body: Iterable[facts.Statement]) -> dict[str, facts.Statement]:
    """The statement that binds each name of a body last, in whatever block it stands."""
    found: dict[str, facts.Statement] = {}
    stack = list(body)[::-1]
    while stack:
        statement = stack.pop()
        names = _BOUND.get(type(statement))
        if names is not None:
            for name in names(statement):
                found[name] = statement
        if type(statement) in COMPOUND:
            stack.extend(reversed(list(inner(statement))))
    return found


def _name(statement: facts.Function | facts.Class | facts.TypeAliasStatement) -> Iterable[str]:
    return (statement.name,)


def _assigned(statement: facts.Assign) -> Iterable[str]:
    return [name for target in statement.targets for name in _targets(target)]


def _target(
    statement: facts.AnnotatedAssign | facts.AugmentedAssign | facts.For,
) -> Iterable[str]:
    return _targets(statement.target)


def _entered(statement: facts.With) -> Iterable[str]:
    targets = [item.target for item in statement.items if item.target is not None]
    return [name for target in targets for name in _targets(target)]


def _imported(statement: facts.Import) -> Iterable[str]:
    return [name.bound or name.name.partition(".")[0] for name in statement.names]


def _imported_from(statement: facts.ImportFrom) -> Iterable[str]:
    return [name.bound or name.name for name in statement.names if name.name != "*"]


def _targets(target: facts.Expression) -> Iterable[str]:
    match target:
        case facts.Name():
            return (target.id,)
        case facts.Sequence():
            return [name for element in target.elements for name in _targets(element)]
        case facts.Starred():
            return _targets(target.value)
        case _:
            return ()


_BOUND: Mapping[type[object], Callable[[Any], Iterable[str]]] = {
    facts.Function: _name,
    facts.Class: _name,
    facts.TypeAliasStatement: _name,
    facts.Assign: _assigned,
    facts.AnnotatedAssign: _target,
    facts.AugmentedAssign: _target,
    facts.For: _target,
    facts.With: _entered,
    facts.Import: _imported,
    facts.ImportFrom: _imported_from,
}


def program(modules: Iterable[Module], passed_over: frozenset[str] = frozenset()) -> Program:
    """The modules by name; where a package and a module share one, the package wins."""
    by_name: dict[str, Module] = {}
    for module in sorted(modules, key=lambda module: module.path):
        known = by_name.get(module.name)
        if known is None or (module.is_package and not known.is_package):
            by_name[module.name] = module
    packages = _around(by_name)
    ordered = {name: by_name[name] for name in sorted(by_name)}
    return Program(
        modules=ordered,
        packages=packages,
        passed_over=passed_over.difference(ordered),
        unparsed=_around(passed_over) - packages - ordered.keys(),
    )


def _around(names: Iterable[str]) -> frozenset[str]:
    """The packages that hold the modules of these names."""
    found: set[str] = set()
    for name in names:
        package = name.rpartition(".")[0]
        while package and package not in found:
            found.add(package)
            package = package.rpartition(".")[0]
    return frozenset(found)
