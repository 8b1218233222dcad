"""The dotted name under which each file is imported."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias


class Named(NamedTuple):
    """A file with its module; `twin` is the file that already has that name."""

    path: str
    module: str
    is_package: bool
    twin: str | None = None


class Naming(NamedTuple):
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

    __slots__ = ("_chosen", "_files", "_importers", "_packages", "_roots", "_units")

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
        self._importers: Mapping[str, Sequence[str]] | None = None
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
        best, most = "", self._uses(folder, "")
        for base in _around(folder):
            uses = self._uses(folder, base)
            if uses > most:
                best, most = base, uses
        return best

    def _uses(self, folder: str, base: str) -> int:
        """How often files below the base import what it holds by a name that starts from it."""
        importers = (importer for name in self._names(folder, base) for importer in self._of(name))
        if not base:
            return sum(1 for _ in importers)
        return sum(importer.startswith(f"{base}/") for importer in importers)

    def _of(self, name: str) -> Sequence[str]:
        """Every file that imports a name, or something in it, once for each time."""
        if self._importers is None:
            wanted = {
                name
                for folder in self._units
                for base in ("", *_around(folder))
                for name in self._names(folder, base)
            }
            self._importers = _importers(self._files, wanted)
        return self._importers.get(name, ())

    def _names(self, folder: str, base: str) -> Iterator[str]:
        """The names of what a folder holds, if names start from the base."""
        prefix = folder[len(base) + 1 if base else 0 :].replace("/", ".")
        for unit in self._units[folder]:
            name = f"{prefix}.{unit}" if prefix else unit
            if not base or name.partition(".")[0] not in sys.stdlib_module_names:
                yield name


def _around(folder: str) -> Iterator[str]:
    """A folder and those that it lies in, below the root."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _importers(files: Mapping[str, Imports], wanted: set[str]) -> Mapping[str, Sequence[str]]:
    """The files that import each name that is wanted, or something in it."""
    found: dict[str, list[str]] = {}
    # Most modules are imported again and again.
    known: dict[str, tuple[list[str], ...]] = {}
    for path, imports in files.items():
        for module in imports():
            lists = known.get(module)
            if lists is None:
                names = [name for name in _with_packages(module) if name in wanted]
                lists = known[module] = tuple([found.setdefault(name, []) for name in names])
            for importers in lists:
                importers.append(path)
    return found


def _with_packages(module: str) -> Iterator[str]:
    parts = module.split(".")
    yield from (".".join(parts[:count]) for count in range(1, len(parts) + 1))
