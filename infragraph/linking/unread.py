"""What the files that could not be analyzed may hold, as far as their words tell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from infragraph.frontend.blocks import inner
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.program import Module, Program
from infragraph.model import facts

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """The files without facts, and how far what they lack goes.

    `affected` are those files, the modules that lack names for another reason, and every module
    that takes names from one of them, in turn; `reachable` is what any of these may use; `words`
    are those of each file, by path.
    """

    files: tuple[Module, ...]
    modules: Mapping[str, Module]
    affected: frozenset[str]
    reachable: frozenset[str]
    words: Mapping[str, frozenset[str]]

    def may_hold(self, word: str) -> bool:
        """Whether one of the files has a word."""
        return any(word in self.words[file.path] for file in self.files)

    def may_mention(self, symbol: str) -> bool:
        """Whether an affected module other than its own names what a module binds."""
        holder, _, name = symbol.rpartition(".")
        paths = (self.modules[module].path for module in self.affected - {holder})
        return any(name in self.words[path] for path in paths)

    def may_own(self, module: str) -> bool:
        """Whether one of the files may declare the service that owns a module."""
        return any(
            "Service" in self.words[file.path] and _is_within(module, file) for file in self.files
        )


def unread(
    program: Program, contents: Mapping[str, bytes], lacking: frozenset[str]
) -> Unread | None:
    """What is not read of a program; None where all is.

    `contents` are its files by path, `lacking` the paths of those that use names without a meaning.
    """
    modules = program.modules
    files = tuple(
        module
        for module in modules.values()
        if module.facts.fault is not None and not module.is_library
    )
    if not files and not lacking:
        return None
    words = {module.path: _words(contents[module.path]) for module in modules.values()}
    imports = {module.name: set(_imports(module, program)) for module in modules.values()}
    for file in files:
        named = words[file.path]
        imports[file.name] = {name for name in modules if name.rpartition(".")[2] in named}
    importers: dict[str, set[str]] = {}
    for importer, names in imports.items():
        for name in names & modules.keys():
            importers.setdefault(name, set()).add(importer)
    starts = {module.name for module in modules.values() if module.path in lacking}
    affected = _closure(starts | {file.name for file in files}, importers)
    return Unread(
        files=files,
        modules=modules,
        affected=affected,
        reachable=_closure(affected, imports),
        words=words,
    )


def _is_within(module: str, file: Module) -> bool:
    """Whether a module lies in what a service declared in a file would own."""
    is_package = file.is_package or file.name.endswith(".service")
    owned = file.package if is_package else file.name
    return module == owned or (is_package and module.startswith(f"{owned}."))


def _words(content: bytes) -> frozenset[str]:
    return frozenset(WORD.findall(content.decode(errors="replace")))


def _closure(
    starts: set[str] | frozenset[str], following: Mapping[str, set[str]]
) -> frozenset[str]:
    found, waiting = set(starts), list(starts)
    while waiting:
        new = following.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def _imports(module: Module, program: Program) -> Iterator[str]:
    """The modules that a module takes names from; a package only where the name is its own."""
    waiting: list[facts.Statement] = list(module.facts.body)
    while waiting:
        statement = waiting.pop()
        match statement:
            case facts.Import():
                yield from (name.name for name in statement.names)
            case facts.ImportFrom():
                source = program.absolute(module, statement.module, statement.level) or ""
                for name in statement.names:
                    below = f"{source}.{name.name}"
                    yield below if below in program.modules else source
            case facts.Function(within=DeferredBody() as deferred):
                waiting.extend(deferred.imports)
            case facts.Function() | facts.Class():
                waiting.extend(statement.body)
            case _:
                waiting.extend(inner(statement))
