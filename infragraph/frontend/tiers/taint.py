"""The names of a module that may lead to a resource, judged by the words of each statement."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from infragraph.frontend.blocks import inner
from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.program import bindings
from infragraph.model import facts
from infragraph.model.sketch import ALL

_WORD = re.compile(r"[^\W\d]\w*")

Named: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""The names that a statement binds, and its words."""

DYNAMIC = "__getattr__"
"""A module that binds this may offer any name of a top-level package that it is in or speaks of."""


class ImportedName(NamedTuple):
    """One name of an import statement; `name` is empty where a module itself is imported."""

    level: int
    module: str
    name: str
    local: str


class FileNames(NamedTuple):
    """What a file imports, and for each statement at its top the names it binds and its words.

    Words that no name of the file can be are left out.
    """

    imports: tuple[ImportedName, ...]
    statements: tuple[Named, ...]


def file_names(body: tuple[facts.Statement, ...], lines: list[str]) -> FileNames:
    """A pure function of one file."""
    imports = tuple(file_imports(body))
    bound = [frozenset(bindings([statement])) for statement in body]
    known = {one.local for one in imports}.union(*bound)
    # What `*` brings may be any word, and any may be what a module is that is made late.
    if ALL in known or DYNAMIC in known:
        statements = [
            (names, _words(statement, lines)) for names, statement in zip(bound, body, strict=True)
        ]
    else:
        statements = [
            (names, _words(statement, lines) & known)
            for names, statement in zip(bound, body, strict=True)
            if names
        ]
    return FileNames(imports, tuple(statements))


def plain_names(names: FileNames) -> Any:
    """The names as values that `marshal` can write, which are the same for the same names."""
    return (
        tuple([tuple(one) for one in names.imports]),
        tuple([(tuple(sorted(bound)), tuple(sorted(words))) for bound, words in names.statements]),
    )


def names_from(plain: Any) -> FileNames:
    """What `plain_names` was given."""
    imports, statements = plain
    return FileNames(
        tuple([ImportedName(*one) for one in imports]),
        tuple([(frozenset(bound), frozenset(words)) for bound, words in statements]),
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
        left: list[Named] = []
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


def _followed(found: set[str], statements: Iterable[Named]) -> set[str]:
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
    text = "\n".join(lines[first - 1 : statement.at.end_line])
    # Splitting takes half the time. What begins with a digit is no name, nor is what follows it.
    return frozenset(text.translate(_SPACED).split() if text.isascii() else _WORD.findall(text))


_SPACED = "".join(
    character if character.isalnum() or character == "_" else " "
    for character in map(chr, range(128))
)


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
