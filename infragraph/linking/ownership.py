"""Which service owns which module."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infragraph.model.declaration import Declaration

UNNAMED = ""
"""The owner of what belongs to a service whose name is not known, which is found only once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """The owners of packages and of single modules, by dotted name."""

    packages: Mapping[str, str]
    modules: Mapping[str, str]

    def owner(self, module: str) -> str | None:
        """The service that owns a module, None for a library's; the nearest one counts."""
        if module in self.modules:
            return self.modules[module]
        while module:
            if module in self.packages:
                return self.packages[module]
            module = module.rpartition(".")[0]
        return None


def ownership(
    services: Iterable[Declaration], names: Mapping[str, str], packages: frozenset[str]
) -> Ownership:
    """What each declared service owns.

    `names` are the services' names by the keys of their declarations; `packages` are the modules
    that are an `__init__`. Where two services claim the same, the first one has it.
    """
    by_package: dict[str, str] = {}
    by_module: dict[str, str] = {}
    for service in services:
        name = names.get(service.key, UNNAMED)
        claimed, is_package = claim(service.module, is_package=service.module in packages)
        (by_package if is_package else by_module).setdefault(claimed, name)
    return Ownership(packages=by_package, modules=by_module)


def claim(module: str, *, is_package: bool) -> tuple[str, bool]:
    """What a service declared in a module owns, and whether that is a package with all below it."""
    parent, _, last = module.rpartition(".")
    if is_package:
        return module, True
    if last == "service" and parent:
        return parent, True
    return module, False
