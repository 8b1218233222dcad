"""What can lead to a resource: functions that cannot are never run.

Most code has nothing to do with infrastructure. A function is relevant where a name that it
mentions leads to a resource, to a library whose declarations are read, or to another relevant
function or class; an object or a container where one is held in it. That is judged from the store,
so a judgement is made again when what it read grows.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from infragraph.frontend.activation import Judgement, Known, Subject
from infragraph.frontend.builtin_names import BUILTINS
from infragraph.frontend.classes import container_of, library_bases, resolution_order
from infragraph.frontend.frame import binds
from infragraph.frontend.machine import Machine
from infragraph.frontend.mentions import Chain
from infragraph.frontend.module_names import any_name, imported, module_attribute
from infragraph.frontend.suspects import has_verb, is_read, is_suspect
from infragraph.frontend.values import (
    NOTHING,
    BoundMethod,
    ClassValue,
    ConstantValue,
    Container,
    Declared,
    EnumMember,
    FunctionValue,
    GeneratorValue,
    Handle,
    Instance,
    LibraryValue,
    Member,
    ModuleValue,
    Opaque,
    Partial,
    RecordValue,
    Super,
    TupleValue,
    Value,
    Values,
)
from infragraph.frontend.wording import IMPORTING, may_lead
from infragraph.model.source import Position


def matters(machine: Machine, value: Value, *, is_strict: bool = False) -> bool:
    """Whether a resource can be reached through a value; with `is_strict`, not by running code."""
    return MATTERS[type(value)](machine, value, is_strict=is_strict)


def is_relevant(
    machine: Machine,
    subject: Subject,
    *,
    is_strict: bool = False,
) -> bool:
    """Whether a resource can be reached by running a subject, or by what it holds.

    A function's arguments may be relevant by themselves.
    """
    if machine.known and _place(subject) in machine.known:
        return True
    judgement = machine.judgements.get((subject, is_strict))
    if judgement is None:
        judgement = Judgement(subject, is_strict)
        machine.judgements[subject, is_strict] = judgement
        machine.start(judgement)
    if judgement.is_relevant:
        return True
    if machine.work.running:
        judgement.readers[machine.work.running[-1]] = None
    if not machine.work.is_judging:
        # A judgement that asked for another while that was under way is still to be made again.
        machine.settle_judgements()
        judgement.was_denied = judgement.was_denied or not judgement.is_relevant
    return judgement.is_relevant


def found_late(machine: Machine) -> Known:
    """The functions and classes that were taken for irrelevant before they turned out not to be.

    What was concluded from that stays in the store, so the machine has to run again, knowing them.
    """
    found: set[tuple[str, Position]] = set()
    is_late = False
    for judgement in machine.judgements.values():
        place = _place(judgement.subject)
        if place is not None and judgement.is_relevant:
            found.add(place)
            is_late = is_late or judgement.was_denied
    return frozenset(found) if is_late else frozenset()


def _place(subject: Subject) -> tuple[str, Position] | None:
    match subject:
        case FunctionValue():
            return subject.code.module.name, subject.code.function.at
        case ClassValue():
            return subject.module.name, subject.definition.at
        case _:
            return None


def judge(machine: Machine, judgement: Judgement) -> None:
    """Look once more at what a subject leads to."""
    subject = judgement.subject
    if isinstance(subject, FunctionValue):
        found = _mentions_something(machine, subject)
    elif isinstance(subject, ClassValue) and any(
        is_read(machine, path) for path in library_bases(machine, subject)
    ):
        found = True
    else:
        held = _held(machine, subject)
        found = any(matters(machine, value, is_strict=judgement.is_strict) for value in held)
    if found and not judgement.is_relevant:
        judgement.is_relevant = True
        for reader in judgement.readers:
            machine.work.wake(reader)


def _held(machine: Machine, subject: Subject) -> Values:
    match subject:
        case ModuleValue():
            names = machine.read(("names", subject.name))
            return NOTHING.union(
                *(
                    machine.read(("global", subject.name, name.value))
                    for name in names
                    if isinstance(name, ConstantValue)
                )
            )
        case ClassValue():
            order = resolution_order(machine, subject)
            return NOTHING.union(*(machine.read(("members", current)) for current in order))
        case Instance():
            container = container_of(machine, subject)
            within = NOTHING if container is None else machine.read(("item", container, None))
            return machine.read(("fields", subject)) | within
        case Container():
            return machine.read(("item", subject, None))
        case GeneratorValue():
            return machine.read(("yield", subject.activation))
        case FunctionValue():
            return NOTHING


def _mentions_something(machine: Machine, function: FunctionValue) -> bool:
    at = function.code.function.at
    if any(at.line <= line <= at.end_line for line in function.code.module.uses):
        return True
    deferred = function.code.deferred
    if deferred is not None and not may_lead(
        machine, function, deferred, lambda value: matters(machine, value)
    ):
        return False
    chains = function.code.mentions.chains
    with_suspects = has_verb(machine, function)
    if any(
        _leads_somewhere(machine, function, chain, with_suspects=with_suspects) for chain in chains
    ):
        return True
    if ("getattr",) in chains and any(_ends_in_verb(machine, chain) for chain in chains):
        return True
    return any(
        matters(machine, value)
        for node in function.code.mentions.imports
        for value in imported(machine, function.code.module, node)
    )


def _leads_somewhere(
    machine: Machine,
    function: FunctionValue,
    chain: Chain,
    *,
    with_suspects: bool,
) -> bool:
    root, *names = chain
    values = _free_name(machine, function, root)
    while names and not _NAMED.isdisjoint(map(type, values)):
        name = names.pop(0)
        values = NOTHING.union(*(_attribute(machine, value, name) for value in values))
    if with_suspects and any(is_suspect(machine, value) for value in values):
        return True
    if chain[-1] == "__subclasses__":
        values = NOTHING.union(*(machine.read(("subclasses", value)) for value in values))
    if not values.isdisjoint(IMPORTING) and is_relevant(
        machine, ModuleValue(function.code.module.name)
    ):
        return True
    return any(matters(machine, value) for value in values)


_NAMED: frozenset[type[object]] = frozenset({ModuleValue, LibraryValue})
"""What attributes are looked up in by their names alone."""


def _ends_in_verb(machine: Machine, chain: Chain) -> bool:
    """Whether a chain ends in a word that only resources have, such as `publish`."""
    return any(chain[-1] in library.distinctive for library in machine.libraries)


def _free_name(machine: Machine, function: FunctionValue, name: str) -> Values:
    closure = function.closure
    while closure is not None and closure.code is not None:
        if binds(closure.code.function, name):
            return machine.read(("cell", closure, name))
        closure = None if closure.function is None else closure.function.closure
    module = function.code.module
    values = any_name(machine, module, name)
    if not values and name in BUILTINS:
        return frozenset((LibraryValue(f"builtins.{name}"),))
    return values or machine.read(("star", module.name))


def _attribute(machine: Machine, value: Value, name: str) -> Values:
    if isinstance(value, ModuleValue):
        found = module_attribute(machine, value, name)
        if found or not machine.read(("global", value.name, "__getattr__")):
            return found
        return frozenset((Opaque("it is made in __getattr__", is_tracked=True, is_broad=True),))
    if isinstance(value, LibraryValue):
        return frozenset((LibraryValue(f"{value.path}.{name}"),))
    return frozenset((value,))


# --- values --------------------------------------------------------------------------------------


class _Matters(Protocol):
    """Whether a resource can be reached through a value of one kind."""

    def __call__(self, machine: Machine, value: Any, /, *, is_strict: bool) -> bool: ...


def _resource(_machine: Machine, _value: Declared | Handle, *, is_strict: bool) -> bool:  # noqa: ARG001
    return True


def _constant(_machine: Machine, _value: ConstantValue, *, is_strict: bool) -> bool:  # noqa: ARG001
    return False


def _code(machine: Machine, value: FunctionValue | ClassValue, *, is_strict: bool) -> bool:
    return not is_strict and is_relevant(machine, value)


def _object(machine: Machine, value: Instance, *, is_strict: bool) -> bool:
    if not is_strict and is_relevant(machine, value.of):
        return True
    return is_relevant(machine, value, is_strict=is_strict)


def _holder(machine: Machine, value: Container | GeneratorValue, *, is_strict: bool) -> bool:
    return is_relevant(machine, value, is_strict=is_strict)


def _module(machine: Machine, value: ModuleValue, *, is_strict: bool) -> bool:  # noqa: ARG001
    return is_relevant(machine, value)


def _library(machine: Machine, value: LibraryValue, *, is_strict: bool) -> bool:  # noqa: ARG001
    return is_read(machine, value.path)


def _opaque(_machine: Machine, value: Opaque, *, is_strict: bool) -> bool:  # noqa: ARG001
    return value.is_tracked and not value.is_broad


def _made_of(parts: Callable[[Machine, Any], Iterable[Value]]) -> _Matters:
    def matter(machine: Machine, value: Value, *, is_strict: bool) -> bool:
        return any(matters(machine, part, is_strict=is_strict) for part in parts(machine, value))

    return matter


def _partial_parts(_machine: Machine, value: Partial) -> Values:
    named = (values for _, values in value.keywords)
    return frozenset((value.callee,)).union(*value.positional, *named)


def _record_parts(_machine: Machine, value: RecordValue) -> Values:
    return value.rest.union(*(values for _, values in value.entries))


MATTERS: Mapping[type[object], _Matters] = {
    ConstantValue: _constant,
    Opaque: _opaque,
    Declared: _resource,
    Handle: _resource,
    FunctionValue: _code,
    ClassValue: _code,
    Instance: _object,
    Container: _holder,
    GeneratorValue: _holder,
    ModuleValue: _module,
    LibraryValue: _library,
    EnumMember: _made_of(lambda machine, value: machine.read(("value", value))),
    BoundMethod: _made_of(lambda _machine, value: (value.receiver, value.function)),
    Member: _made_of(lambda _machine, value: (value.receiver,)),
    Super: _made_of(lambda _machine, value: (value.receiver,)),
    Partial: _made_of(_partial_parts),
    TupleValue: _made_of(lambda _machine, value: value.rest.union(*value.elements)),
    RecordValue: _made_of(_record_parts),
}
