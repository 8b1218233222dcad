"""Which names of modules were asked for while the program was run and its graph was made."""

from collections.abc import Mapping
from typing import TypeAlias

from infragraph.frontend.activation import Activation, Judgement, Reader
from infragraph.frontend.machine import Machine
from infragraph.frontend.values import FunctionValue, ModuleValue

AskedNames: TypeAlias = Mapping[str, frozenset[str] | None]
"""Names by module, None where any name that the module has may have been asked for."""


def note_asking(machine: Machine) -> None:
    """Take what is read from now on for read by somebody, though nothing runs any more."""
    some = next(iter(machine.program.modules.values()), None)
    if some is not None:
        machine.work.running.append(Activation(some, None, None, ()))


def asked_names(machine: Machine) -> AskedNames:
    """What one machine was asked; nothing is told of what others have been asked before it.

    A name that has been given a meaning from outside counts as asked for. Judging a module asks
    what its names lead to, and not what they are; judging a function asks for its own name, which
    stands in it.
    """
    # What an earlier machine asked for is gone with it.
    if machine.known:
        return {}
    found: dict[str, set[str]] = {}
    listed: set[str] = set()
    for key in machine.store.noted():
        if key[0] not in {"global", "names"}:
            continue
        module, name = str(key[1]), str(key[-1])
        readers = machine.store.readers_of(key)
        is_asked = any(not _is_judging(reader, module, name) for reader in readers)
        if key[0] == "names" and is_asked:
            listed.add(module)
        elif key[0] == "global" and (is_asked or _is_bound_elsewhere(machine, module, name)):
            found.setdefault(module, set()).add(name)
    return {
        module: None if module in listed else frozenset(found.get(module, ()))
        for module in machine.program.modules
    }


def _is_bound_elsewhere(machine: Machine, module: str, name: str) -> bool:
    """Whether a name has a meaning that no statement at the top of its module gives it alone."""
    known = machine.program.modules.get(module)
    values = machine.store.get(("global", module, name))
    return known is None or name not in known.bindings or len(values) > 1


def _is_judging(reader: Reader, module: str, name: str) -> bool:
    if not isinstance(reader, Judgement):
        return False
    match reader.subject:
        case ModuleValue():
            return True
        case FunctionValue(code):
            return (code.module.name, code.function.name) == (module, name)
        case _:
            return False
