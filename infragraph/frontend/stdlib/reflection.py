"""Names and modules that are looked up by text, and what only looks at a value."""

from infragraph.frontend import attributes, folding
from infragraph.frontend.frame import Frame
from infragraph.frontend.given import outcome
from infragraph.frontend.library import LibraryCall
from infragraph.frontend.ordering import ordered
from infragraph.frontend.stdlib.meaning import Meanings, row
from infragraph.frontend.values import (
    UNKNOWN,
    BoundMethod,
    ClassValue,
    Declared,
    EnumMember,
    FunctionValue,
    Instance,
    LibraryValue,
    Member,
    ModuleValue,
    Opaque,
    RecordValue,
    Value,
    Values,
)

LOOKS = (
    "asyncio.iscoroutinefunction",
    "builtins.bool",
    "builtins.callable",
    "builtins.dir",
    "builtins.hasattr",
    "builtins.hash",
    "builtins.id",
    "builtins.isinstance",
    "builtins.issubclass",
    "builtins.len",
    "builtins.print",
    "builtins.repr",
    "builtins.str",
    "inspect.isawaitable",
    "inspect.iscoroutinefunction",
    "inspect.signature",
    "typing.NewType",
    "typing.TypeVar",
    "typing.get_type_hints",
)


def _look(_frame: Frame, _call: LibraryCall) -> Values:
    """What looks at a value without calling it or giving it back."""
    return UNKNOWN


def _getattr(frame: Frame, call: LibraryCall) -> Values:
    holders, names, default = call.positional(0), call.positional(1), call.positional(2)
    found: set[Value] = set(default)
    for name in ordered(names):
        known = folding.plain(name)
        if known is not None and isinstance(known.value, str):
            found |= attributes.attribute(frame, holders, known.value, call.place)
            continue
        for holder in ordered(holders):
            is_ours = isinstance(holder, ModuleValue | ClassValue | Instance | Declared) or (
                isinstance(holder, Opaque) and holder.is_tracked
            )
            reason = "the name is not a constant"
            found.add(Opaque(reason, call.place, is_tracked=True, is_broad=not is_ours))
    return frozenset(found)


def _setattr(frame: Frame, call: LibraryCall) -> Values:
    for name in call.positional(1):
        known = folding.plain(name)
        if known is not None and isinstance(known.value, str):
            attributes.assign(frame, call.positional(0), known.value, call.positional(2))
    return UNKNOWN


def _import_module(frame: Frame, call: LibraryCall) -> Values:
    return frozenset(_imported(frame, call, name) for name in ordered(call.positional(0)))


def _imported(frame: Frame, call: LibraryCall, name: Value) -> Value:
    known = folding.plain(name)
    if known is None or not isinstance(known.value, str):
        return Opaque("the module's name is not a constant", call.place, is_tracked=True)
    program = frame.machine.program
    text = known.value
    if text.startswith("."):
        bare = text.lstrip(".")
        absolute = program.absolute(frame.module, bare, len(text) - len(bare))
        text = frame.module.package if absolute is None else absolute
    frame.machine.module(text)
    return ModuleValue(text) if program.holds(text) else LibraryValue(text)


def _globals(frame: Frame, _call: LibraryCall) -> Values:
    return frozenset((Member(ModuleValue(frame.module.name), "__dict__"),))


def _locals(frame: Frame, call: LibraryCall) -> Values:
    if frame.is_module_level and frame.body_class is None:
        return _globals(frame, call)
    return frozenset((RecordValue(tuple(sorted(frame.state.names.items()))),))


def _vars(frame: Frame, call: LibraryCall) -> Values:
    if not call.arguments:
        return _locals(frame, call)
    return frozenset(Member(value, "__dict__") for value in call.positional(0))


def _type(frame: Frame, call: LibraryCall) -> Values:
    """The class of an object; one made of a name, bases and a body is not followed."""
    if len(call.arguments) != 1:
        return frozenset(
            (outcome(frame, call.callee, call.arguments, call.place, call.expression),)
        )
    found = frozenset(
        value.of for value in call.positional(0) if isinstance(value, Instance | EnumMember)
    )
    return found or UNKNOWN


def _subclasses(frame: Frame, call: LibraryCall) -> Values:
    every = (frame.machine.read(("subclasses", value)) for value in call.positional(0))
    return row(frozenset[Value]().union(*every))


def _method(_frame: Frame, call: LibraryCall) -> Values:
    """`MethodType(function, object)`."""
    return frozenset(
        BoundMethod(receiver, function) if isinstance(function, FunctionValue) else function
        for function in call.positional(0)
        for receiver in call.positional(1)
    )


FUNCTIONS: Meanings = {
    **dict.fromkeys(LOOKS, _look),
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    "builtins.object.__setattr__": _setattr,
    "builtins.globals": _globals,
    "builtins.locals": _locals,
    "builtins.type": _type,
    "builtins.vars": _vars,
    "type.__subclasses__()": _subclasses,
    "types.MethodType": _method,
    "importlib.import_module": _import_module,
    "builtins.__import__": _import_module,
}
