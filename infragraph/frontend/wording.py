"""Whether a function that is not lowered may lead to a resource, as far as its words tell.

Too much may be let through, never too little: what the words do not tell is then read.
"""

from collections.abc import Callable, Iterator

from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.frontend.machine import Machine
from infragraph.frontend.module_names import any_name, imported
from infragraph.frontend.suspects import is_suspect, verbs
from infragraph.frontend.values import (
    ConstantValue,
    FunctionValue,
    LibraryValue,
    ModuleValue,
    Value,
    Values,
)

IMPORTING: Values = frozenset(
    LibraryValue(path) for path in ("importlib.import_module", "builtins.__import__")
)
"""What may lead to any module: relevant in modules that have to do with resources anyway."""

_IMPORTING = IMPORTING | {LibraryValue("importlib")}

_FAR = frozenset({"__import__", "__subclasses__"})
"""What leads to more than a name shows."""

TELLING = _FAR | {"getattr"}
"""What is looked for in the words of every function, beside the verbs of libraries."""


def may_lead(
    machine: Machine,
    function: FunctionValue,
    deferred: DeferredBody,
    matters: Callable[[Value], bool],
) -> bool:
    """Whether any of the words is a name that may lead to what `matters`.

    What this reads of the store are all entries that reading the function itself would show to
    lead somewhere, so that it is judged again when one of them grows.
    """
    words = deferred.words
    if function.closure is not None or not words.isdisjoint(_FAR):
        return True
    has_verb = not words.isdisjoint(verbs(machine))
    if has_verb and "getattr" in words:
        return True

    def may(value: Value) -> bool:
        if isinstance(value, ModuleValue) or value in _IMPORTING:
            return True
        if isinstance(value, LibraryValue) and _is_in_library(machine, value):
            return True
        return matters(value) or (has_verb and is_suspect(machine, value))

    module = function.code.module
    for name in _names(machine, function, deferred):
        if any(may(value) for value in any_name(machine, module, name)):
            return True
    return any(may(value) for value in machine.read(("star", module.name))) or any(
        may(value) for node in deferred.imports for value in imported(machine, module, node)
    )


def _names(machine: Machine, function: FunctionValue, deferred: DeferredBody) -> Iterator[str]:
    """The words that the module gives a meaning."""
    module = function.code.module
    yield from [word for word in deferred.words if word in module.bindings]
    unwritten = machine.read(("unwritten", module.name))
    names = frozenset(str(name.value) for name in unwritten if isinstance(name, ConstantValue))
    deferred.heeded |= names
    yield from [name for name in names if name in deferred.words]


def _is_in_library(machine: Machine, value: LibraryValue) -> bool:
    top = value.path.partition(".")[0]
    return any(top in library.top_level for library in machine.libraries)
