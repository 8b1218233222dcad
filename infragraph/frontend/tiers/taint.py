"""The names of a module that may lead to a resource, judged by the words of each statement."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from infragraph.frontend.blocks import inner
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.program import bindings
from infragraph.model import facts
from infragraph.model.sketch import ALL

_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class ImportedName:
    """One name of an import statement; `name` is empty where a module itself is imported."""

    level: int
    module: str
    name: str
    local: str


@dataclass(frozen=True, slots=True)
class FileNames:
    """What a file imports, and for each statement at its top the names it binds and its words."""

    imports: tuple[ImportedName, ...]
    statements: tuple[tuple[frozenset[str], frozenset[str]], ...]


def file_names(body: tuple[facts.Statement, ...], lines: list[str]) -> FileNames:
    """A pure function of one file."""
    return FileNames(
        imports=tuple(file_imports(body)),
        statements=tuple(
            (frozenset(bindings([statement])), _words(statement, lines)) for statement in body
        ),
    )


def tainted_names(names: FileNames, tainted: frozenset[str]) -> frozenset[str]:
    """What the module offers that leads to a resource, given the imported names that do.

    A statement that holds a tainted word taints all that it binds, whatever the word means there:
    a function whose body mentions a topic does, and one whose comment does, too.
    """
    found = set(tainted)
    waiting = list(names.statements) if tainted else []
    for _ in range(_PASSES):
        before = len(found)
        left: list[tuple[frozenset[str], frozenset[str]]] = []
        for statement in waiting:
            if statement[1].isdisjoint(found):
                left.append(statement)
            else:
                found |= statement[0]
        waiting = left
        if len(found) == before:
            return frozenset(found)
    return frozenset(_followed(found, waiting))


_PASSES = 4
"""Looking at every statement again is the fastest for chains of names that are not longer."""


def _followed(
    found: set[str], statements: Iterable[tuple[frozenset[str], frozenset[str]]]
) -> set[str]:
    """The names with those that lead to them, each statement looked at once for each word."""
    by_word: dict[str, list[frozenset[str]]] = {}
    for bound, words in statements:
        for word in words:
            by_word.setdefault(word, []).append(bound)
    waiting = list(found)
    while waiting:
        for bound in by_word.pop(waiting.pop(), ()):
            waiting.extend(bound - found)
            found |= bound
    return found


def everything(names: FileNames) -> frozenset[str]:
    """All that a module offers."""
    return frozenset[str]().union(*(bound for bound, _ in names.statements))


def _words(statement: facts.Statement, lines: list[str]) -> frozenset[str]:
    first = statement.at.line
    decorators = getattr(statement, "decorators", ())
    if decorators:
        first = min(first, decorators[0].at.line)
    return frozenset(_WORD.findall("\n".join(lines[first - 1 : statement.at.end_line])))


def file_imports(body: Iterable[facts.Statement]) -> Iterator[ImportedName]:
    """Every import, wherever it stands."""
    waiting: list[object] = list(body)
    while waiting:
        statement = waiting.pop()
        match statement:
            case facts.Import():
                for name in statement.names:
                    local = name.bound or name.name.partition(".")[0]
                    yield ImportedName(0, name.name, "", local)
            case facts.ImportFrom():
                for name in statement.names:
                    local = ALL if name.name == ALL else name.bound or name.name
                    yield ImportedName(statement.level, statement.module, name.name, local)
            case facts.Function(within=DeferredBody() as deferred):
                waiting.extend(deferred.imports)
            case facts.Function() | facts.Class():
                waiting.extend(statement.body)
            case (
                facts.If()
                | facts.For()
                | facts.While()
                | facts.Try()
                | facts.With()
                | facts.Match()
            ):
                waiting.extend(inner(statement))
            case _:
                continue
