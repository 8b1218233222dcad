"""Names in types: what each stands for, followed through imports and assignments."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from infragraph.frontend.activation import Activation
from infragraph.frontend.builtin_names import BUILTINS
from infragraph.frontend.machine import Machine
from infragraph.frontend.program import Module, bindings
from infragraph.frontend.types.scope import FaultKind, Scope, Unit
from infragraph.frontend.types.standard import KNOWN_LIBRARIES, OFFERED, canonical
from infragraph.frontend.values import (
    ClassValue,
    Code,
    FunctionValue,
    LibraryValue,
    ModuleValue,
    Values,
)
from infragraph.model import facts

HOPS = 32
"""Imports followed from one name: a cycle of re-exports ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTarget:
    of: ClassValue


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryTarget:
    """Something of a library by its canonical dotted name."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleTarget:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedTarget:
    """A name that is bound to an expression: an alias, a `NewType`, a `TypeVar`, or no type."""

    symbol: str
    expression: facts.Expression
    module: Module
    owner: ClassValue | None = None
    closure: Activation | None = None
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterTarget:
    """A type parameter in the syntax of PEP 695."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionTarget:
    """A function of the application, which is no type but may be a decorator."""

    function: facts.Function
    module: Module


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingTarget:
    """A name that leads nowhere when the program runs."""

    kind: FaultKind
    detail: str


Target: TypeAlias = (
    ClassTarget
    | LibraryTarget
    | ModuleTarget
    | AssignedTarget
    | ParameterTarget
    | FunctionTarget
    | MissingTarget
)


def target(machine: Machine, scope: Scope, expression: facts.Expression) -> Target | None:
    """What a name or an attribute stands for; None for any other expression."""
    match expression:
        case facts.Name():
            return name_target(machine, scope, expression.id)
        case facts.Attribute():
            holder = target(machine, scope, expression.value)
            return None if holder is None else _attribute(machine, holder, expression.name)
        case _:
            return None


def name_target(machine: Machine, scope: Scope, name: str) -> Target:
    """A name where it is written: type parameters, the class's own names, then those around."""
    if name in scope.parameters or (scope.owner and name in scope.owner.definition.type_parameters):
        return ParameterTarget(name=name)
    if scope.owner is not None:
        found = _in_class(machine, scope.owner, name)
        if found is not None:
            return found
    closure = scope.closure
    while closure is not None and closure.code is not None:
        found = _in_function(machine, closure, name)
        if found is not None:
            return found
        closure = None if closure.function is None else closure.function.closure
    return module_target(machine, scope.module.name, name)


def _attribute(machine: Machine, holder: Target, name: str, hops: int = 8) -> Target:
    match holder:
        case ModuleTarget():
            return _imported(machine, holder.name, name, HOPS)
        case LibraryTarget():
            return LibraryTarget(path=canonical(f"{holder.path}.{name}"))
        case ClassTarget():
            found = _in_class(machine, holder.of, name)
            return found or MissingTarget(
                kind="not-found", detail=f"'{holder.of.symbol}' has no class '{name}'"
            )
        case MissingTarget():
            return holder
        case AssignedTarget() if hops:
            scope = Scope(
                module=holder.module, unit=Unit(), owner=holder.owner, closure=holder.closure
            )
            behind = target(machine, scope, holder.expression)
            if behind is not None:
                return _attribute(machine, behind, name, hops - 1)
        case _:
            pass
    return MissingTarget(kind="unsupported", detail="it is an attribute of a value, not a type")


# --- scopes --------------------------------------------------------------------------------------


class Body(NamedTuple):
    """The statements among which a name is bound: a module's, a class's or a function's."""

    module: Module
    owner: ClassValue | None
    closure: Activation | None


def _in_class(machine: Machine, owner: ClassValue, name: str) -> Target | None:
    """A name of a class's body; a field is none, since it says what objects have."""
    statement = _class_names(owner).get(name)
    if isinstance(statement, facts.AnnotatedAssign | facts.Function | None):
        return None
    return _bound(machine, statement, name, Body(owner.module, owner, owner.closure), HOPS)


@lru_cache(maxsize=1024)
def _class_names(owner: ClassValue) -> Mapping[str, facts.Statement]:
    return bindings(owner.definition.body)


@lru_cache(maxsize=1024)
def _function_names(code: Code) -> Mapping[str, facts.Statement]:
    return bindings(code.function.body)


def _in_function(machine: Machine, closure: Activation, name: str) -> Target | None:
    code = closure.code
    if code is None or name not in code.function.locals:
        return None
    statement = _function_names(code).get(name)
    if statement is None:
        return None
    return _bound(machine, statement, name, Body(closure.module, None, closure), HOPS)


def module_target(machine: Machine, module: str, name: str, hops: int = HOPS) -> Target:
    """A name at the top of a module of the application, or a built-in one."""
    known = machine.program.modules.get(module)
    if known is None or machine.program.is_unread(module):
        kind: FaultKind = "unread" if known else "not-found"
        return MissingTarget(kind=kind, detail=f"the module '{module}' was not read")
    if hops <= 0:
        return MissingTarget(kind="not-found", detail=f"'{name}' is imported in a circle")
    running = machine.read(("global", module, name))
    if not running and machine.read(("typing", module, name)):
        detail = "it is imported only under TYPE_CHECKING"
        return MissingTarget(kind="type-checking-only", detail=detail)
    statement = known.bindings.get(name)
    if statement is not None:
        found = _bound(machine, statement, name, Body(known, None, None), hops)
        if found is not None:
            return found
    for source in _stars(known.facts.body):
        absolute = machine.program.absolute(known, source.module, source.level)
        if absolute is not None and (running or absolute not in machine.program.modules):
            found = _imported(machine, absolute, name, hops - 1)
            if not isinstance(found, MissingTarget) and _is_certain(found):
                return found
    return _of_values(running) or _elsewhere(machine, known, name)


def _is_certain(found: Target) -> bool:
    """Whether a star import surely gives the name: what a library offers is known of some alone."""
    return not isinstance(found, LibraryTarget) or found.path in OFFERED


def _elsewhere(machine: Machine, module: Module, name: str) -> Target:
    """A name that no statement at the top of a module binds."""
    inner = f"{module.name}.{name}"
    if machine.program.holds(inner):
        return ModuleTarget(name=inner)
    if name in BUILTINS:
        return LibraryTarget(path=name)
    local = [
        of
        for of in machine.classes.values()
        if of.module is module and of.closure is not None and of.definition.name == name
    ]
    if len(local) == 1:  # A declaration knows its module and classes, not the function around it.
        return ClassTarget(of=local[0])
    detail = f"'{name}' is not defined in '{module.name}'"
    for star in _stars(module.facts.body):
        source = machine.program.absolute(module, star.module, star.level)
        if source is not None and not machine.program.holds(source):
            detail = f"it may come from '{source}', all of whose names are imported"
    return MissingTarget(kind="not-found", detail=detail)


def _imported(machine: Machine, source: str, name: str, hops: int) -> Target:
    """What `from source import name` gives."""
    program = machine.program
    machine.demand(f"{source}.{name}")
    if source.partition(".")[0] in KNOWN_LIBRARIES:
        return LibraryTarget(path=canonical(f"{source}.{name}"))
    if source in program.modules:
        found = module_target(machine, source, name, hops - 1)
        is_builtin = isinstance(found, LibraryTarget) and found.path == name
        if not is_builtin:
            return found
        return MissingTarget(kind="not-found", detail=f"'{name}' is not defined in '{source}'")
    inner = f"{source}.{name}"
    if program.holds(inner):
        return ModuleTarget(name=inner)
    if program.holds(source) or program.holds(source.partition(".")[0]):
        return MissingTarget(kind="not-found", detail=f"there is no '{inner}' in the application")
    return LibraryTarget(path=canonical(inner))


def _bound(
    machine: Machine, statement: facts.Statement, name: str, body: Body, hops: int
) -> Target | None:
    """What one binding statement makes of a name; None where only running it would show."""
    module, owner, closure = body
    match statement:
        case facts.Class():
            of = machine.classes.get((module.name, statement.at, closure))
            return None if of is None else ClassTarget(of=of)
        case facts.Function():
            return FunctionTarget(function=statement, module=module)
        case facts.Import():
            return _import(machine, statement, name)
        case facts.ImportFrom():
            return _import_from(machine, statement, name, module, hops)
        case facts.TypeAliasStatement():
            expression, parameters = statement.value, statement.type_parameters
        case facts.Assign() if any(_is_name(target, name) for target in statement.targets):
            expression, parameters = statement.value, ()
        case facts.AnnotatedAssign(value=facts_value) if facts_value is not None:
            expression, parameters = facts_value, ()
        case _:
            return None
    prefix = module.name if closure is None or closure.code is None else closure.code.symbol
    return AssignedTarget(
        symbol=f"{prefix if owner is None else owner.symbol}.{name}",
        expression=expression,
        module=module,
        owner=owner,
        closure=closure,
        parameters=parameters,
    )


def _is_name(expression: facts.Expression, name: str) -> bool:
    return isinstance(expression, facts.Name) and expression.id == name


def _import(machine: Machine, statement: facts.Import, name: str) -> Target | None:
    for imported in statement.names:
        if imported.bound == name:
            return _module(machine, imported.name)
        if imported.bound is None and imported.name.partition(".")[0] == name:
            return _module(machine, name)
    return None


def _module(machine: Machine, name: str) -> Target:
    machine.demand(name)
    is_ours = machine.program.holds(name) and name.partition(".")[0] not in KNOWN_LIBRARIES
    return ModuleTarget(name=name) if is_ours else LibraryTarget(path=name)


def _import_from(
    machine: Machine, statement: facts.ImportFrom, name: str, module: Module, hops: int
) -> Target | None:
    source = machine.program.absolute(module, statement.module, statement.level)
    for imported in statement.names:
        if (imported.bound or imported.name) == name:
            if source is None:
                detail = "its import climbs above the top package"
                return MissingTarget(kind="not-found", detail=detail)
            inner = f"{source}.{imported.name}"
            if source == module.name and machine.program.holds(inner):
                return ModuleTarget(name=inner)
            return _imported(machine, source, imported.name, hops)
    return None


def _of_values(values: Values) -> Target | None:
    """What the machine found for a name that no single statement binds."""
    for value in sorted(values, key=repr) if len(values) == 1 else ():
        match value:
            case ClassValue():
                return ClassTarget(of=value)
            case LibraryValue() if value.type_argument is None:
                return LibraryTarget(path=canonical(value.path.removeprefix("builtins.")))
            case ModuleValue():
                return ModuleTarget(name=value.name)
            case FunctionValue():
                return FunctionTarget(function=value.code.function, module=value.code.module)
            case _:
                return None
    return None


def _stars(body: tuple[facts.Statement, ...]) -> list[facts.ImportFrom]:
    """The star imports at the top of a module, the last first: it is the one that wins."""
    found: list[facts.ImportFrom] = []
    for statement in body:
        match statement:
            case facts.ImportFrom() if any(name.name == "*" for name in statement.names):
                found.append(statement)
            case facts.If():
                found += _stars(statement.body)[::-1] + _stars(statement.orelse)[::-1]
            case facts.Try():
                found += _stars(statement.body)[::-1]
                for handler in statement.handlers:
                    found += _stars(handler.body)[::-1]
            case _:
                continue
    return found[::-1]
