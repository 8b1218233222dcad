"""The dotted name under which each file is imported."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A file with its module; `twin` is the file that already has that name."""

    path: str
    module: str
    is_package: bool
    twin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """`shadowed` are modules hidden by the package of the same name, as `(module, package)`."""

    files: tuple[Named, ...]
    shadowed: tuple[tuple[str, str], ...]


Imports: TypeAlias = Callable[[], Iterable[str]]
"""The dotted names of the modules that a file imports, once for each import."""


def name_modules(files: Mapping[str, Imports], roots: Sequence[str], *, inside: str = "") -> Naming:
    """Names for files by path; `roots` are the folders that imports start from, if they are known.

    `inside` is the package that the tree's root itself is, where it holds an `__init__.py`.
    """
    shadowed = tuple(_shadowed(files))
    hidden = {module for module, _ in shadowed}
    paths = [path for path in sorted(files) if path not in hidden]
    packages = {
        path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] == "__init__.py"
    }
    bases = _Bases(files, paths, packages, roots)
    by_module: dict[str, str] = {}
    named: list[Named] = []
    for path in paths:
        module = _dotted(path, bases.of(path), inside)
        twin = by_module.get(module)
        if twin is not None:
            module = _dotted(path, "", inside)
        by_module.setdefault(module, path)
        is_package = path.rpartition("/")[2] == "__init__.py"
        named.append(Named(path=path, module=module, is_package=is_package, twin=twin))
    return Naming(files=tuple(named), shadowed=shadowed)


def _shadowed(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    known = set(paths)
    for path in sorted(known):
        package = f"{path.removesuffix('.py')}/__init__.py"
        if package in known and not path.endswith("__init__.py"):
            yield path, package


def _dotted(path: str, base: str, inside: str) -> str:
    relative = path[len(base) + 1 :] if base else path
    parts = relative.removesuffix(".py").split("/")
    if parts[-1] == "__init__":
        parts.pop()
    if not base and inside:
        parts.insert(0, inside)
    return ".".join(parts)


class _Bases:
    """The folder that the name of each file starts from."""

    __slots__ = ("_chosen", "_files", "_imports", "_packages", "_roots", "_units")

    def __init__(
        self,
        files: Mapping[str, Imports],
        paths: Sequence[str],
        packages: set[str],
        roots: Sequence[str],
    ) -> None:
        self._files = files
        self._packages = packages
        # The innermost root that holds a file names it.
        self._roots = sorted({root for root in roots if root}, key=len, reverse=True)
        self._chosen: dict[str, str] = {}
        self._imports: dict[str, Counter[str]] = {}
        self._units: dict[str, set[str]] = {}
        for path in paths:
            folder, unit = self._top(path)
            self._units.setdefault(folder, set()).add(unit)

    def of(self, path: str) -> str:
        for root in self._roots:
            if path.startswith(f"{root}/"):
                return root
        folder, _ = self._top(path)
        if not folder:
            return ""
        if folder not in self._chosen:
            self._chosen[folder] = self._choose(folder)
        return self._chosen[folder]

    def _top(self, path: str) -> tuple[str, str]:
        """The folder of the outermost package (or of a module in none), and its name there."""
        folder, _, name = path.rpartition("/")
        unit = name.removesuffix(".py")
        while folder in self._packages and folder:
            folder, _, unit = folder.rpartition("/")
        return folder, unit

    def _choose(self, folder: str) -> str:
        """The folder whose names the application's own imports use; the root where none does.

        A folder without `__init__.py` may be a namespace package of the root or a place that
        imports start from: nothing in the tree but the imports tells the two apart.
        """
        best, most = "", self._uses(folder, "", folder)
        base = folder
        while base:
            uses = self._uses(folder, base, base)
            if uses > most:
                best, most = base, uses
            base = base.rpartition("/")[0]
        return best

    def _uses(self, folder: str, base: str, importers: str) -> int:
        prefix = folder[len(base) + 1 if base else 0 :].replace("/", ".")
        names = [f"{prefix}.{unit}" if prefix else unit for unit in self._units[folder]]
        imported = self._imported(importers if base else "")
        return sum(
            imported[name]
            for name in names
            if not base or name.partition(".")[0] not in sys.stdlib_module_names
        )

    def _imported(self, folder: str) -> Counter[str]:
        """How often files below a folder import each dotted name, or something in it."""
        if folder not in self._imports:
            written: Counter[str] = Counter()
            for path, imports in self._files.items():
                if not folder or path.startswith(f"{folder}/"):
                    written.update(imports())
            found: Counter[str] = Counter()
            for module, count in written.items():
                for name in _with_packages(module):
                    found[name] += count
            self._imports[folder] = found
        return self._imports[folder]


def _with_packages(module: str) -> Iterator[str]:
    parts = module.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))
