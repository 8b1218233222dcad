"""Calls: what a value gives when it is called, and the activations that this opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from infragraph.frontend import annotations, classes
from infragraph.frontend.activation import Activation
from infragraph.frontend.contexts import distinctive
from infragraph.frontend.frame import Frame
from infragraph.frontend.given import outcome
from infragraph.frontend.library import Argument, LibraryCall
from infragraph.frontend.machine import Machine
from infragraph.frontend.relevance import has_verb, is_relevant, is_suspect, matters
from infragraph.frontend.steps import Call, Doubt
from infragraph.frontend.values import (
    NOTHING,
    UNKNOWN,
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
    Place,
    RecordValue,
    Super,
    TupleValue,
    Value,
    Values,
    literal,
)
from infragraph.model import facts

CALLABLE = (FunctionValue, BoundMethod, Partial)

CONTEXT_LIMIT = 64
"""Contexts that one function is followed in."""


def call(
    frame: Frame,
    callees: Values,
    arguments: tuple[Argument, ...],
    place: Place,
    expression: facts.Expression | None = None,
    *,
    is_decorator: bool = False,
) -> Values:
    """What calling any of `callees` gives."""
    result: set[Value] = set()
    for callee in ordered(callees):
        result |= _call_one(frame, callee, arguments, place, expression, is_decorator=is_decorator)
    return frozenset(result)


def ordered(values: Values) -> list[Value]:
    """A set in an order that does not depend on hashes."""
    return list(values) if len(values) < 2 else sorted(values, key=sort_key)


def sort_key(value: Value) -> tuple[str, str]:
    match value:
        case FunctionValue():
            return "function", f"{value.code.symbol}{value.code.function.at}"
        case BoundMethod():
            return "method", f"{value.function.code.symbol}{sort_key(value.receiver)}"
        case ClassValue():
            return "class", value.symbol
        case Instance():
            return "instance", f"{value.of.symbol}{value.place}"
        case Declared():
            return "declared", value.key
        case Handle():
            return "handle", f"{value.of.key}{value.role}"
        case Member():
            return "member", f"{sort_key(value.receiver)}{value.name}"
        case Partial():
            return "partial", str(sort_key(value.callee))
        case Container():
            return "container", str(value.place)
        case GeneratorValue():
            return "generator", value.activation.symbol
        case TupleValue():
            return "tuple", str([[sort_key(v) for v in ordered(e)] for e in value.elements])
        case RecordValue():
            return "record", str([name for name, _ in value.entries])
        case ConstantValue():
            return value.type, repr(value.value)
        case EnumMember():
            return "member of an enum", f"{value.of.symbol}.{value.name}"
        case Super():
            return "super", f"{value.after.symbol}{sort_key(value.receiver)}"
        case Opaque():
            marks = (value.is_tracked, value.is_broad, value.is_typed, value.made_by)
            return "opaque", f"{value.reason}{value.origin}{marks}"
        case ModuleValue():
            return "module", value.name
        case LibraryValue():
            argument = value.type_argument
            at = "" if argument is None else f"{argument.module}{argument.at}"
            return "library", f"{value.path}{at}"


def _call_one(
    frame: Frame,
    callee: Value,
    arguments: tuple[Argument, ...],
    place: Place,
    expression: facts.Expression | None,
    *,
    is_decorator: bool,
) -> Values:
    match callee:
        case FunctionValue():
            return call_function(frame, callee, arguments, place, is_decorator=is_decorator)
        case BoundMethod():
            receiver = Argument(frozenset((callee.receiver,)), place)
            return call_function(
                frame, callee.function, (receiver, *arguments), place, is_decorator=is_decorator
            )
        case Partial():
            bound = tuple(Argument(values, place) for values in callee.positional)
            named = tuple(
                Argument(values, place, name=name)
                for name, values in callee.keywords
                if all(argument.name != name for argument in arguments)
            )
            inner = frozenset((callee.callee,))
            return call(frame, inner, (*bound, *arguments, *named), place, expression)
        case ClassValue():
            return instantiate(frame, callee, arguments, place)
        case Instance():
            found = classes.member(frame.machine, callee.of, "__call__")
            if found is None:
                return UNKNOWN
            methods = bind_members(found[1], callee)
            return call(frame, methods, arguments, place, expression)
        case LibraryValue() | Member() | Declared() | Handle() | EnumMember() | Container():
            return _call_library(
                frame, callee, arguments, place, expression, is_decorator=is_decorator
            )
        case Opaque():
            escape(frame, arguments)
            if callee.is_tracked:
                return frozenset((callee,))
            return opaque_result(frame, callee, arguments, place, expression)
        case _:
            escape(frame, arguments)
            return UNKNOWN


def _call_library(
    frame: Frame,
    callee: Value,
    arguments: tuple[Argument, ...],
    place: Place,
    expression: facts.Expression | None,
    *,
    is_decorator: bool,
) -> Values:
    request = LibraryCall(callee, arguments, place, expression, is_decorator)
    for library in frame.machine.libraries:
        result = library.call(frame, request)
        if result is not None:
            return result
    if isinstance(callee, LibraryValue) and any(
        matters(frame.machine, value) for argument in arguments for value in argument.values
    ):
        frame.machine.demand(callee.path)
    escape(frame, arguments)
    return opaque_result(frame, callee, arguments, place, expression)


def opaque_result(
    frame: Frame,
    callee: Value,
    arguments: tuple[Argument, ...],
    place: Place,
    expression: facts.Expression | None,
) -> Values:
    """What code that was not read returns: unknown, or the one function it was given, wrapped."""
    plain = [argument for argument in arguments if argument.name is None and not argument.star]
    wrapped = NOTHING
    if len(plain) == 1:
        wrapped = frozenset(
            value for value in plain[0].values if isinstance(value, (*CALLABLE, Declared))
        )
    result = outcome(frame, callee, arguments, place, expression)
    return wrapped or frozenset((result,)) if result.is_tracked else wrapped | {result}


def escape(frame: Frame, arguments: Iterable[Argument]) -> None:
    """Take note of the functions that are handed to code that was not read, which may call them."""
    arguments = tuple(arguments)
    for index, argument in enumerate(arguments):
        following = arguments[index + 1 :]
        for value in ordered(argument.values):
            escape_value(frame, value, argument.place, following, reach=3)


def escape_value(
    frame: Frame, value: Value, place: Place, following: Sequence[Argument], *, reach: int
) -> None:
    """One value handed on; a function is also tried with the arguments that stand behind it."""
    if reach == 0:
        return
    match value:
        case FunctionValue() | BoundMethod() | Partial():
            passed = tuple(argument for argument in following if not argument.star)
            helpful = any(
                matters(frame.machine, inner, is_strict=True)
                for argument in passed
                for inner in argument.values
                if not isinstance(inner, CALLABLE)
            )
            if helpful and fits(value, passed):
                call(frame, frozenset((value,)), passed, place)
            else:
                mention(frame, value, place, is_escape=True)
        case Declared() | Handle() | Member():
            for library in frame.machine.libraries:
                if library.passed(frame, value, place):
                    return
        case TupleValue():
            for inner in ordered(value.rest.union(*value.elements)):
                escape_value(frame, inner, place, (), reach=reach - 1)
        case RecordValue():
            for inner in ordered(value.rest.union(*(held for _, held in value.entries))):
                escape_value(frame, inner, place, (), reach=reach - 1)
        case Container():
            # It may be sorted, or emptied.
            frame.machine.write(("moved", value), UNKNOWN)
            for inner in ordered(frame.machine.read(("item", value, None))):
                escape_value(frame, inner, place, (), reach=reach - 1)
        case _:
            return


def fits(value: Value, arguments: Sequence[Argument]) -> bool:
    """Whether a function takes as many arguments as stand behind it."""
    match value:
        case FunctionValue():
            taken = 0
            function = value.code.function
        case BoundMethod():
            taken = 1
            function = value.function.code.function
        case _:
            return True
    if any(parameter.kind == "variadic" for parameter in function.parameters):
        return True
    places = [p for p in function.parameters if p.kind in {"positional", "positional-only"}]
    return sum(argument.name is None for argument in arguments) <= len(places) - taken


def mention(frame: Frame, value: Value, place: Place, *, is_escape: bool = False) -> None:
    """A function that is named counts as called, with arguments that nobody knows.

    Not in the body of a module or class: a name in a table there is called where the table is used.
    """
    if frame.is_module_level or frame.body_class is not None or frame.is_handing_back:
        return
    machine = frame.machine
    if not matters(machine, value, is_strict=False):
        return
    activation = opened(machine, value)
    if activation is not None:
        step = Call(activation, place, frame.state.writes, is_mention=True, is_escape=is_escape)
        frame.record(step)
    elif isinstance(value, Partial) and is_escape:
        call(frame, frozenset((value,)), (), place)


def opened(machine: Machine, value: Value) -> Activation | None:
    """The activation of a function whose callers are not known, such as a handler or a callback."""
    match value:
        case FunctionValue():
            return enter(machine, value, bind(machine, value, (), is_lenient=True))
        case BoundMethod():
            first = Argument(frozenset((value.receiver,)), value.function.code.place)
            bound = bind(machine, value.function, (first,), is_lenient=True)
            return enter(machine, value.function, bound)
        case Partial():
            return _opened_partial(machine, value)
        case _:
            return None


def _opened_partial(machine: Machine, value: Partial) -> Activation | None:
    """The same for a partial, whose first arguments are known."""
    function = value.callee
    first: tuple[Values, ...] = ()
    if isinstance(function, BoundMethod):
        first = (frozenset((function.receiver,)),)
        function = function.function
    if not isinstance(function, FunctionValue):
        return None
    place = function.code.place
    positional = tuple(Argument(values, place) for values in (*first, *value.positional))
    named = tuple(Argument(values, place, name=name) for name, values in value.keywords)
    return enter(machine, function, bind(machine, function, (*positional, *named), is_lenient=True))


# --- functions -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Bound:
    """Arguments by parameter; a parameter that is not there was not given."""

    values: dict[str, Values] = field(default_factory=dict[str, Values])


def call_function(
    frame: Frame,
    function: FunctionValue,
    arguments: tuple[Argument, ...],
    place: Place,
    *,
    is_decorator: bool = False,
) -> Values:
    """Follow a call into a function of the application, if that can lead to a resource."""
    machine = frame.machine
    if not is_followed(machine, function, arguments):
        result = Opaque("it is the result of a call", place)
        code = function.code
        if not machine.read(("given", result)):
            typed = frozenset((result,))
            return annotations.completed(machine, code.module, code.function.returns, typed)
        # What is made here is given a resource later: it has to be known after all.
        machine.write(("followed", result), UNKNOWN)
    bound = bind(machine, function, arguments)
    activation = enter(machine, function, bound)
    if activation is None:
        doubtful = [
            argument
            for argument in arguments
            if any(matters(machine, value, is_strict=True) for value in argument.values)
        ]
        if doubtful:
            frame.record(
                Doubt(
                    function.code.function.name,
                    f"'{function.code.symbol}' is called in more than {CONTEXT_LIMIT} ways",
                    place,
                )
            )
        return UNKNOWN
    frame.record(Call(activation, place, frame.state.writes))
    frame.state.writes |= machine.writes_of(activation)
    if function.code.function.is_generator:
        return frozenset((GeneratorValue(activation, function.role == "context"),))
    returned = machine.read(("return", activation))
    return annotations.completed(
        machine,
        function.code.module,
        function.code.function.returns,
        without_constants(returned, place),
    )


def is_followed(machine: Machine, function: FunctionValue, arguments: tuple[Argument, ...]) -> bool:
    """Whether a call can lead to a resource, or gives a function that may be given one."""
    if is_relevant(machine, function) or function.code.mentions.makes_functions:
        return True
    given = [value for argument in arguments for value in argument.values]
    if any(matters(machine, value, is_strict=False) for value in given):
        return True
    if not has_verb(machine, function):
        return False
    loose = {literal(name) for name in function.code.mentions.attributes}
    return bool(loose & machine.read(("loose",))) or any(
        is_suspect(machine, value) for value in given
    )


def returned_type(frame: Frame, function: Value | None) -> Values:
    """What the annotation of a function says it returns, without following it."""
    if isinstance(function, BoundMethod):
        function = function.function
    if not isinstance(function, FunctionValue):
        return UNKNOWN
    code = function.code
    return (
        annotations.completed(frame.machine, code.module, code.function.returns, UNKNOWN) or UNKNOWN
    )


def without_constants(values: Values, place: Place) -> Values:
    """Results of calls are never constant, so that what must be constant is so by its own text."""
    if any(isinstance(value, ConstantValue) for value in values):
        kept = frozenset(value for value in values if not isinstance(value, ConstantValue))
        return kept | {Opaque("it is the result of a call", place)}
    return values


def enter(machine: Machine, function: FunctionValue, bound: Bound) -> Activation | None:
    """The activation for these arguments; None where the function is called in too many ways."""
    code = function.code
    for is_strict in (False, True):
        context = tuple(
            (name, kept)
            for name, values in sorted(bound.values.items())
            if (kept := distinctive(machine, values, is_strict=is_strict))
        )
        key = (code, function, context)
        activation = machine.activations.get(key)
        if activation is None and machine.contexts.get(code, 0) < CONTEXT_LIMIT:
            machine.contexts[code] = machine.contexts.get(code, 0) + 1
            activation = Activation(code.module, code, function, context)
            machine.activations[key] = activation
        if activation is not None:
            for name, values in bound.values.items():
                machine.write(("parameter", activation, name), values)
            if activation.runs == 0:
                machine.start(activation)
            return activation
    return None


def bind(
    machine: Machine,
    function: FunctionValue,
    arguments: tuple[Argument, ...],
    *,
    is_lenient: bool = False,
) -> Bound:
    """Bind arguments to parameters as Python does; what cannot be bound is left out."""
    code = function.code
    bound = Bound()
    positional, spread, named, options = _flatten(machine, arguments)
    extra_named = dict(named)
    rest: list[Values] = []
    index = 0
    places = [p for p in code.function.parameters if p.kind in {"positional", "positional-only"}]
    for parameter in places:
        if index < len(positional):
            bound.values[parameter.name] = positional[index]
            index += 1
        elif parameter.name in extra_named and parameter.kind == "positional":
            bound.values[parameter.name] = extra_named.pop(parameter.name)
        elif spread:
            bound.values[parameter.name] = spread
        elif options:
            bound.values[parameter.name] = options
    rest.extend(positional[index:])
    for parameter in code.function.parameters:
        match parameter.kind:
            case "variadic":
                bound.values[parameter.name] = frozenset((TupleValue(tuple(rest), spread),))
            case "keyword-only":
                if parameter.name in extra_named:
                    bound.values[parameter.name] = extra_named.pop(parameter.name)
                elif options:
                    bound.values[parameter.name] = options
            case "variadic-keyword":
                record = RecordValue(tuple(sorted(extra_named.items())), options)
                bound.values[parameter.name] = frozenset((record,))
            case _:
                continue
    for parameter in code.function.parameters:
        _complete(machine, function, parameter, bound, is_lenient=is_lenient)
    return bound


def _complete(
    machine: Machine,
    function: FunctionValue,
    parameter: facts.Parameter,
    bound: Bound,
    *,
    is_lenient: bool,
) -> None:
    """Defaults where nothing was given, and what the annotation says where nothing is known."""
    if parameter.kind in {"variadic", "variadic-keyword"}:
        return
    code = function.code
    values = bound.values.get(parameter.name)
    if values is None:
        values = machine.read(("default", function, parameter.name))
        if not values and not is_lenient and parameter.default is not None:
            values = UNKNOWN
    if not values and not is_lenient and parameter.name in bound.values:
        return
    place = Place(code.module.path, parameter.at)
    values = frozenset(
        Opaque("it is a parameter", place) if isinstance(value, ConstantValue) else value
        for value in values or UNKNOWN
    )
    is_self = function.owner is not None and parameter is code.function.parameters[0]
    if is_self and function.role != "static":
        if parameter.name not in bound.values and function.owner is not None:
            made = Instance(function.owner, None, None)
            values = frozenset((function.owner if function.role == "class" else made,))
    else:
        values = annotations.completed(machine, code.module, parameter.annotation, values)
    bound.values[parameter.name] = values


def _flatten(
    machine: Machine, arguments: tuple[Argument, ...]
) -> tuple[list[Values], Values, list[tuple[str, Values]], Values]:
    """Positional values, further ones of unknown number, named values, further named ones."""
    positional: list[Values] = []
    spread: Values = NOTHING
    named: list[tuple[str, Values]] = []
    options: Values = NOTHING
    for argument in arguments:
        if argument.star == "*":
            exact = [v for v in argument.values if isinstance(v, TupleValue)]
            is_exact = len(exact) == len(argument.values) and not spread
            if is_exact and len({(len(v.elements), v.rest) for v in exact}) == 1:
                rows = zip(*(v.elements for v in exact), strict=True)
                positional.extend(NOTHING.union(*parts) for parts in rows)
                spread |= exact[0].rest
            else:
                spread |= elements(machine, argument.values)
        elif argument.star == "**":
            for value in ordered(argument.values):
                match value:
                    case RecordValue():
                        named.extend(value.entries)
                        options |= value.rest
                    case Container():
                        for key in ordered(machine.read(("keys", value))):
                            if isinstance(key, ConstantValue) and isinstance(key.value, str):
                                held = machine.read(("item", value, key))
                                named.append((key.value, held))
                        options |= machine.read(("item", value, "?"))
                    case _:
                        options |= UNKNOWN
        elif argument.name is not None:
            named.append((argument.name, argument.values))
        elif spread:
            spread |= argument.values
        else:
            positional.append(argument.values)
    return positional, spread, named, options


def elements(machine: Machine, values: Values) -> Values:
    """What iterating gives."""
    result: set[Value] = set()
    for value in ordered(values):
        match value:
            case TupleValue():
                result |= value.rest.union(*value.elements)
            case Container():
                if value.kind == "dict":
                    result |= machine.read(("keys", value)) or UNKNOWN
                else:
                    result |= machine.read(("item", value, None))
            case GeneratorValue():
                result |= machine.read(("yield", value.activation))
            case RecordValue():
                result |= UNKNOWN
            case ClassValue():
                result |= classes.enum_members(machine, value) or UNKNOWN
            case Opaque() if value.is_tracked:
                result.add(value)
            case _:
                result |= UNKNOWN
    return frozenset(result)


def as_tuples(machine: Machine, values: Values) -> Values:
    """The same values, those of a named tuple of the application as the tuples that they are."""
    if not any(isinstance(value, Instance) for value in values):
        return values
    return frozenset(
        TupleValue(
            tuple(machine.read(("field", value, name)) for name in field_names(machine, value.of))
        )
        if isinstance(value, Instance)
        and "typing.NamedTuple" in classes.library_bases(machine, value.of)
        else value
        for value in values
    )


# --- classes -------------------------------------------------------------------------------------


def instantiate(
    frame: Frame, of: ClassValue, arguments: tuple[Argument, ...], place: Place
) -> Values:
    """An object of a class of the application: its `__init__` runs, or its fields take the arguments."""
    machine = frame.machine
    if classes.enum_base(machine, of) is not None:
        return classes.enum_members(machine, of) or UNKNOWN
    made = Instance(of, place, frame.activation)
    result = frozenset((made,))
    created = classes.member(machine, of, "__new__")
    if created is not None:
        first = Argument(frozenset((of,)), place)
        result |= call(frame, created[1], (first, *arguments), place)
    init = classes.member(machine, of, "__init__")
    if init is not None:
        call(frame, bind_members(init[1], made), arguments, place)
        return result
    _assign_fields(frame, made, arguments)
    for name in ("__post_init__", "model_post_init", "__attrs_post_init__"):
        found = classes.member(machine, of, name)
        if found is not None:
            call(frame, bind_members(found[1], made), (), place)
    return result


def note_subclass(frame: Frame, of: ClassValue, given: tuple[Argument, ...]) -> None:
    """Run what the bases of a new class do about each class that derives from them."""
    for above in classes.resolution_order(frame.machine, of)[1:]:
        frame.machine.write(("subclasses", above), frozenset((of,)))
    found = classes.after(frame.machine, of, of, "__init_subclass__")
    if found is None:
        return
    place = Place(of.module.path, of.definition.name_at)
    hooks = frozenset(
        BoundMethod(of, value) if isinstance(value, FunctionValue) else value for value in found[1]
    )
    options = tuple(argument for argument in given if argument.name != "metaclass")
    call(frame, hooks, options, place)


def _assign_fields(frame: Frame, made: Instance, arguments: tuple[Argument, ...]) -> None:
    """Fields of a dataclass or model, in their order, from the arguments of its constructor."""
    machine = frame.machine
    fields = field_names(machine, made.of)
    positional, spread, named, options = _flatten(machine, arguments)
    given = dict(zip(fields, positional, strict=False)) | dict(named)
    for name, values in given.items():
        set_field(machine, made, name, values)
    for name in fields:
        if name not in given:
            _default_field(frame, made, name)
    if spread or options:
        for name in fields:
            if name not in given:
                set_field(machine, made, name, spread | options)
    everything = NOTHING.union(*(argument.values for argument in arguments))
    if any(isinstance(value, CALLABLE) for value in everything) and not fields:
        escape(frame, arguments)


def _default_field(frame: Frame, made: Instance, name: str) -> None:
    """What a field holds that no argument was given for, where its definition makes it."""
    found = classes.member(frame.machine, made.of, name)
    for value in ordered(found[1]) if found is not None else ():
        if isinstance(value, Partial) and value.callee == FIELD:
            for option, values in value.keywords:
                if option == "default_factory":
                    place = made.place or frame.place(made.of.definition.name_at)
                    set_field(frame.machine, made, name, call(frame, values, (), place))
                else:
                    set_field(frame.machine, made, name, values)


FIELD = LibraryValue("dataclasses.field()")
"""What `field(default_factory=…)` gives, as a partial that holds the options."""


def field_names(machine: Machine, of: ClassValue) -> list[str]:
    """The annotated names of a class and its bases, in the order a dataclass takes them."""
    names: dict[str, None] = {}
    for current in reversed(classes.resolution_order(machine, of)):
        for statement in current.definition.body:
            if isinstance(statement, facts.AnnotatedAssign) and isinstance(
                statement.target, facts.Name
            ):
                names[statement.target.id] = None
    return list(names)


def set_field(machine: Machine, holder: Instance, name: str, values: Values) -> None:
    """Keep what a field holds, for this object and for any object of its class."""
    general = Instance(holder.of, None, None)
    for target in dict.fromkeys((holder, general)):
        machine.write(("field", target, name), values)
        machine.write(("fields", target), values)


def bind_members(members: Values, receiver: Value) -> Values:
    """Functions found in a class, bound to the object they were asked of."""
    bound: set[Value] = set()
    for value in members:
        if isinstance(value, FunctionValue) and value.role in {"plain", "context"}:
            bound.add(BoundMethod(receiver, value))
        elif isinstance(value, Partial) and value.is_method:
            inner = bind_members(frozenset((value.callee,)), receiver)
            bound.update(Partial(one, value.positional, value.keywords) for one in inner)
        elif isinstance(value, Container) and value.kind == "dispatch":
            bound.add(Partial(value, (frozenset((receiver,)),), ()))
        elif isinstance(value, FunctionValue) and value.role == "class":
            of = receiver.of if isinstance(receiver, Instance) else receiver
            bound.add(BoundMethod(of, value))
        else:
            bound.add(value)
    return frozenset(bound)
