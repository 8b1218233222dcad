"""What may be a resource as far as names tell: paths, verbs, and values that were not read."""

from infragraph.frontend.machine import Machine
from infragraph.frontend.values import FunctionValue, Instance, Member, Opaque, Value


def is_read(machine: Machine, path: str) -> bool:
    return any(library.is_read(path) for library in machine.libraries)


def has_verb(machine: Machine, function: FunctionValue) -> bool:
    """Whether a word that only resources have, such as `publish`, stands anywhere in a function."""
    code = function.code
    deferred = code.deferred
    if deferred is not None and deferred.words.isdisjoint(verbs(machine)):
        return False
    return not code.mentions.attributes.isdisjoint(verbs(machine))


def verbs(machine: Machine) -> frozenset[str]:
    """The words that only resources have."""
    return machine.verbs


def is_suspect(machine: Machine, value: Value) -> bool:
    """Whether a resource may come out of a value that was not read."""
    match value:
        case Opaque():
            return value.is_tracked or bool(machine.read(("given", value)))
        case Instance():
            return bool(machine.read(("given", value)))
        case Member():
            return is_suspect(machine, value.receiver)
        case _:
            return False
