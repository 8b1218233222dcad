"""Which files can matter: names are followed from the libraries that are read.

Files and names alternate in rounds. A file that names a library is parsed; what it offers is
judged by names; whoever imports a name that leads to a resource is parsed next.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from infragraph.frontend.tiers.taint import (
    DYNAMIC,
    FileNames,
    ImportedName,
    everything,
    tainted_names,
)
from infragraph.model.sketch import ALL, Sketch


class Sketched(NamedTuple):
    """A file of the application before it is parsed."""

    module: str
    is_package: bool
    sketch: Sketch

    def absolute(self, level: int, name: str) -> str | None:
        """The dotted name that an import in this file means; None where it climbs above the top."""
        if level == 0:
            return name
        package = self.module if self.is_package else self.module.rpartition(".")[0]
        parts = package.split(".") if package else []
        if level > len(parts):
            return None
        kept = parts[: len(parts) - level + 1]
        return ".".join([*kept, name] if name else kept)


Parse: TypeAlias = Callable[[Sequence[int]], Sequence[FileNames]]
"""Parses files by their numbers."""


@dataclass(slots=True, kw_only=True)
class _State:
    files: Sequence[Sketched]
    libraries: frozenset[str]
    importers: dict[str, list[tuple[int, tuple[str, ...]]]]
    exports: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    brought: dict[int, frozenset[str]] = field(default_factory=dict[int, frozenset[str]])
    packages: set[str] = field(default_factory=set[str])
    tops: set[str] = field(default_factory=set[str])
    parsed: dict[int, FileNames] = field(default_factory=dict[int, FileNames])

    def names_library(self, file: Sketched) -> bool:
        return not self.libraries.isdisjoint(file.sketch.tokens)

    def offers(self, module: str, name: str) -> bool:
        """Whether a module, or the module below it of that name, offers something tainted."""
        if name == ALL:
            return bool(self.exports.get(module))
        exports = self.exports.get(module, frozenset[str]())
        return not exports.isdisjoint((name, DYNAMIC, ALL)) or self.leads(f"{module}.{name}")

    def leads(self, module: str) -> bool:
        """Whether a module or one below it offers something tainted."""
        return bool(self.exports.get(module)) or module in self.packages


def candidates(
    files: Sequence[Sketched], libraries: frozenset[str], parse: Parse
) -> tuple[int, ...]:
    """The files that can matter, by their numbers.

    `libraries` are the top-level names of the libraries whose declarations are read.
    """
    state = _State(files=files, libraries=libraries, importers=_importers(files))
    by_module = {file.module: number for number, file in enumerate(files)}
    dynamic = {number for number, file in enumerate(files) if file.sketch.is_dynamic}
    waiting = dynamic | {number for number, file in enumerate(files) if state.names_library(file)}
    while waiting:
        new = sorted(waiting - state.parsed.keys())
        state.parsed.update(zip(new, parse(new), strict=True))
        leading = len(state.tops)
        grown = [number for number in sorted(waiting) if _judge(state, number)]
        waiting = set(dynamic) if len(state.tops) > leading else set[int]()
        for number in grown:
            waiting |= _touched(state, files[number].module)
    kept = {
        number
        for number in state.parsed
        if state.names_library(files[number]) or state.exports.get(files[number].module)
    }
    return tuple(sorted(kept | _parents(kept, files, by_module)))


def _importers(files: Iterable[Sketched]) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Who imports what from a module: also from a package, what may be a module below it."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, file in enumerate(files):
        for level, module, names in file.sketch.imports:
            source = module if level == 0 else file.absolute(level, module)
            if source is not None:
                found.setdefault(source, []).append((number, names))
    return found


def _judge(state: _State, number: int) -> bool:
    """Judge a parsed file's names again; whether it offers more than was known."""
    file = state.files[number]
    names = state.parsed[number]
    known = state.brought.get(number, frozenset[str]())
    tainted: set[str] = set()
    for one in names.imports:
        # A name that leads to a resource does so for good; `*` may bring more of them.
        if one.local in known and one.local != ALL:
            continue
        source = file.absolute(one.level, one.module)
        if source is not None:
            tainted |= _brought(state, source, one, names)
    is_dynamic = any(DYNAMIC in bound for bound, _ in names.statements)
    if is_dynamic and _may_make_tainted(state, file, names):
        tainted.add(DYNAMIC)
    if tainted <= known:
        return False
    state.brought[number] = known | tainted
    offered = tainted_names(names, known | tainted)
    before = state.exports.get(file.module, frozenset[str]())
    if offered <= before:
        return False
    state.exports[file.module] = before | offered
    state.tops.add(file.module.partition(".")[0])
    parent = file.module.rpartition(".")[0]
    while parent:
        state.packages.add(parent)
        parent = parent.rpartition(".")[0]
    return True


def _may_make_tainted(state: _State, file: Sketched, names: FileNames) -> bool:
    """Whether `__getattr__` may import what is tainted, by the packages that the file speaks of.

    A module that it imports is named in a text, or relative to where the file is.
    """
    if file.module.partition(".")[0] in state.tops:
        return True
    return any(not words.isdisjoint(state.tops) for _, words in names.statements)


def _brought(state: _State, source: str, one: ImportedName, names: FileNames) -> frozenset[str]:
    """The tainted local names that one import brings."""
    if source.partition(".")[0] in state.libraries:
        return _any_name(names) if one.local == ALL else frozenset((one.local,))
    if one.local == ALL:
        exports = state.exports.get(source, frozenset[str]())
        return exports | _any_name(names) if ALL in exports else exports
    leads = state.offers(source, one.name) if one.name else _any_part_leads(state, source)
    return frozenset((one.local,)) if leads else frozenset()


def _any_name(names: FileNames) -> frozenset[str]:
    """What `*` brings of a library is not known here: any name may be one of its, and go on."""
    return everything(names) | {ALL}


def _any_part_leads(state: _State, module: str) -> bool:
    """`import a.b.c` gives `a`, from which all three can be reached."""
    while module:
        if state.leads(module):
            return True
        module = module.rpartition(".")[0]
    return False


def _touched(state: _State, module: str) -> set[int]:
    """The files whose imports reach what a module offers now."""
    found: set[int] = set()
    for number, names in state.importers.get(module, ()):
        if not names or any(state.offers(module, name) for name in names):
            found.add(number)
    # A package may be imported to reach the module below it, and a name of it may be that module.
    below = module
    while below:
        parent, _, last = below.rpartition(".")
        for number, names in state.importers.get(parent, ()):
            if not names or last in names or ALL in names:
                found.add(number)
        below = parent
    return found


def _parents(
    parsed: Iterable[int], files: Sequence[Sketched], by_module: Mapping[str, int]
) -> set[int]:
    """The packages around the parsed files, whose names hide the modules below them."""
    found: set[int] = set()
    for number in parsed:
        parent = files[number].module.rpartition(".")[0]
        while parent:
            if parent in by_module:
                found.add(by_module[parent])
            parent = parent.rpartition(".")[0]
    return found
