"""The modules that running the program will surely ask for, told from what its files import.

The machine runs anew for what it asks for; what is parsed beforehand saves that run.
"""

from collections.abc import Iterator
from typing import cast

from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.parts import INSIDE
from infragraph.frontend.program import Module, Program, bindings
from infragraph.frontend.tiers.taint import FileNames, file_imports, tainted_names
from infragraph.model import facts
from infragraph.model.sketch import ALL


def foreseen(program: Program, libraries: frozenset[str]) -> frozenset[str]:
    """Modules that were passed over, whose names stand beside such as may lead to a resource.

    A message, a constant of a topic's name or a helper that is handed one stands in the statement
    that uses the resource. `libraries` are the top-level names of those that are read.
    """
    if not program.passed_over:
        return frozenset()
    modules = (module for module in program.modules.values() if not module.is_library)
    return frozenset(name for module in modules for name in _foreseen(program, module, libraries))


def _foreseen(program: Program, module: Module, libraries: frozenset[str]) -> Iterator[str]:
    unread: dict[str, str] = {}
    leading: set[str] = set()
    for one in file_imports(module.facts.body):
        source = program.absolute(module, one.module, one.level)
        if source is None or one.local == ALL:
            continue
        if f"{source}.{one.name}" in program.passed_over:
            unread[one.local] = f"{source}.{one.name}"
        elif source in program.passed_over:
            unread[one.local] = source
        elif source.partition(".")[0] in libraries or program.holds(source):
            leading.add(one.local)
    if unread and leading:
        names = _file_names(module.facts.body)
        tainted = tainted_names(names, frozenset(leading))
        for _, words in names.statements:
            if not words.isdisjoint(tainted):
                yield from (unread[word] for word in words & unread.keys())


def _file_names(body: tuple[facts.Statement, ...]) -> FileNames:
    """As `file_names`, of names alone: neither attributes nor texts lead to a module."""
    return FileNames(
        imports=(),
        statements=tuple(
            (frozenset(bindings([statement])), frozenset(_names(statement))) for statement in body
        ),
    )


def _names(statement: facts.Statement) -> Iterator[str]:
    """The names, and all words of functions that are not lowered, which is not worth it here."""
    waiting: list[object] = [statement]
    while waiting:
        node = waiting.pop()
        form = type(node)
        if form is tuple:
            waiting.extend(cast("tuple[object, ...]", node))
        elif form is facts.Name:
            yield cast("facts.Name", node).id
        elif form is DeferredBody:
            yield from cast("DeferredBody", node).words
        elif form is not facts.Constant and form in INSIDE:
            waiting.extend(INSIDE[form](node))
