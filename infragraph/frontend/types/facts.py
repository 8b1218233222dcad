"""A type as a declaration writes it, with everything that it reaches."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from infragraph.frontend.machine import Machine
from infragraph.frontend.types.definitions import definition
from infragraph.frontend.types.parameters import variables
from infragraph.frontend.types.reader import Reader
from infragraph.frontend.types.reading import Definition, Named, Reading
from infragraph.frontend.types.scope import Fault, Unit
from infragraph.frontend.types.special import MESSAGE
from infragraph.frontend.types.surroundings import scope_of
from infragraph.frontend.values import TypeArgument
from infragraph.frontend.writing import written
from infragraph.model.declaration import TypeFacts, TypeFault
from infragraph.model.source import SourceSpan
from infragraph.model.types import ClassType, ContainerType, Type, UnknownType

DEFINITION_LIMIT = 2_000
"""Named types that one type may reach; specialisations could go on for ever."""


def type_facts(machine: Machine, argument: TypeArgument) -> TypeFacts:
    """What a type as written is, once the machine has settled."""
    reader = _reader(machine)
    scope = scope_of(machine, argument)
    reading = reader.read(scope, argument.expression)
    span = SourceSpan.at(scope.module.path, argument.at)
    reached, faults = _reached(reader, scope.unit, span)
    members = [reached[named.name] for named in reading.members if named.name in reached]
    return TypeFacts(
        type=reading.type,
        span=span,
        schema=reading.schema,
        definitions={name: reached[name].schema for name in sorted(reached)},
        fields=_fields(members),
        fields_are_complete=_is_complete(reading, members),
        attributes=frozenset[str]().union(*(member.attributes for member in members)),
        faults=tuple(faults),
        is_scalar=reading.is_scalar,
        is_scalar_list=reading.is_scalar_list,
        marker=reading.marker if reading.marker != "attribute" else None,
        definition=members[0].span if len(members) == 1 else None,
    )


def carried_facts(machine: Machine, argument: TypeArgument) -> TypeFacts:
    """The same of T in `Topic[T]`, where nothing gives a type to a type variable."""
    found = type_facts(machine, argument)
    mentioned = variables(machine, scope_of(machine, argument), argument.expression)
    free = [variable for variable in mentioned if variable.is_open]
    fault = [
        TypeFault(
            kind="unsupported",
            name=written(argument.expression),
            detail=f"'{variable.key.rpartition('.')[2]}' is a type variable, "
            "and nothing says what it stands for",
            span=found.span,
        )
        for variable in free[:1]
    ]
    return replace(found, faults=(*found.faults, *fault))


@lru_cache(maxsize=1)
def _reader(machine: Machine) -> Reader:
    """One reader for a machine, so that what types have in common is read once."""
    return Reader(machine)


def message_type(found: Type) -> Type | None:
    """T where a type is `Message[T]`, under whatever name; else None."""
    if isinstance(found, ClassType) and found.symbol == MESSAGE and found.arguments:
        return found.arguments[0]
    return None


def _reached(
    reader: Reader, unit: Unit, span: SourceSpan
) -> tuple[Mapping[str, Definition], list[TypeFault]]:
    """Every definition behind the type, with all faults; a library's stand where it is used."""
    reached: dict[str, Definition] = {}
    faults: dict[TypeFault, None] = dict.fromkeys(_told(fault, span) for fault in unit.faults)
    waiting: list[tuple[Named, SourceSpan]] = [
        (named, place or span) for named, place in unit.references.values()
    ]
    while waiting:
        named, place = waiting.pop(0)
        if named.name in reached:
            continue
        if len(reached) >= DEFINITION_LIMIT:
            detail = f"it reaches more than {DEFINITION_LIMIT} types"
            faults[TypeFault(kind="unsupported", name=named.name, detail=detail, span=place)] = None
            break
        found = reached[named.name] = definition(reader, named)
        faults.update(dict.fromkeys(_told(fault, place) for fault in found.faults))
        waiting += [(inner, inside or place) for inner, inside in found.references.values()]
    return reached, list(faults)


def _told(fault: Fault, place: SourceSpan) -> TypeFault:
    return TypeFault(
        kind=fault.kind,
        name=fault.name,
        detail=fault.detail,
        span=fault.span or place,
        library=fault.library,
    )


def _fields(members: list[Definition]) -> Mapping[str, Type]:
    """The members that all of several classes have."""
    if not members:
        return {}
    first, *others = members
    return {
        name: kind
        for name, kind in first.fields.items()
        if all(name in other.fields for other in others)
    }


def _is_complete(reading: Reading, members: list[Definition]) -> bool:
    if not members:
        return not isinstance(reading.type, UnknownType | ContainerType | ClassType)
    return all(member.is_complete for member in members)
