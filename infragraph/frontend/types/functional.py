"""Classes that are made by a call, as the class statements that they stand for."""

from collections.abc import Iterator

from infragraph.frontend.machine import Machine
from infragraph.frontend.types.constants import constant, text
from infragraph.frontend.types.names import LibraryTarget, target
from infragraph.frontend.types.scope import Scope
from infragraph.frontend.values import ClassValue
from infragraph.model import facts

MAKERS = frozenset(
    {
        "attrs.make_class",
        "collections.namedtuple",
        "dataclasses.make_dataclass",
        "enum.Enum",
        "enum.Flag",
        "enum.IntEnum",
        "enum.IntFlag",
        "enum.StrEnum",
        "msgspec.defstruct",
        "pydantic.create_model",
        "typing.NamedTuple",
        "typing.TypedDict",
    }
)

DECORATING = frozenset({"attrs.make_class", "dataclasses.make_dataclass"})
"""Those whose class statement would have a decorator instead of a base."""


def synthetic(machine: Machine, scope: Scope, call: facts.Call, symbol: str) -> ClassValue | None:
    """The class that a call makes, None for any other call; `symbol` is what it is assigned to."""
    maker = target(machine, scope, call.callee)
    if not isinstance(maker, LibraryTarget) or maker.path not in MAKERS or not call.arguments:
        return None
    body = tuple(_body(machine, scope, maker.path, call))
    name = text(constant(machine, scope, call.arguments[0])) or "class"
    qualname = symbol.removeprefix(f"{scope.module.name}.") or name
    decorates = maker.path in DECORATING
    definition = facts.Class(
        name=name,
        bases=() if decorates else (call.callee,),
        keywords=tuple(keyword for keyword in call.keywords if keyword.name in OPTIONS),
        decorators=(call.callee,) if decorates else (),
        body=body,
        doc=None,
        type_parameters=(),
        at=call.at,
        name_at=call.at,
    )
    return ClassValue(scope.module, definition, qualname, scope.closure)


OPTIONS = frozenset(
    {"total", "closed", "rename", "tag", "tag_field", "array_like", "omit_defaults"}
    | {"forbid_unknown_fields", "kw_only"}
)
"""Arguments of the call that would be arguments of the class statement."""


def _body(
    machine: Machine, scope: Scope, maker: str, call: facts.Call
) -> Iterator[facts.Statement]:
    fields = call.arguments[1] if len(call.arguments) > 1 else None
    if maker == "pydantic.create_model":
        for keyword in call.keywords:
            if keyword.name is not None and not keyword.name.startswith("__"):
                yield _created(keyword.name, keyword.value)
    elif maker == "typing.TypedDict" and isinstance(fields, facts.Mapping):
        for key, value in zip(fields.keys, fields.values, strict=True):
            name = None if key is None else text(constant(machine, scope, key))
            if name is not None:
                yield _field(name, value, None)
    elif maker.startswith("enum."):
        yield from _members(machine, scope, call, fields)
    elif fields is not None:
        yield from _listed(machine, scope, fields)


def _field(
    name: str, annotation: facts.Expression, value: facts.Expression | None
) -> facts.AnnotatedAssign:
    target_name = facts.Name(name, annotation.at)
    return facts.AnnotatedAssign(target_name, annotation, value, None, annotation.at)


def _created(name: str, value: facts.Expression) -> facts.AnnotatedAssign:
    """`name=(type, default)`, or `name=type`; an ellipsis marks what is required."""
    match value:
        case facts.Sequence(elements=(annotation, facts.Constant(is_ellipsis=True))):
            return _field(name, annotation, None)
        case facts.Sequence(elements=(annotation, default)):
            return _field(name, annotation, default)
        case _:
            return _field(name, value, None)


def _listed(
    machine: Machine, scope: Scope, fields: facts.Expression
) -> Iterator[facts.AnnotatedAssign]:
    """`[("a", int), "b", ("c", int, 1)]`, or the names alone in one text."""
    names = text(constant(machine, scope, fields))
    if names is not None:
        for name in names.replace(",", " ").split():
            yield _field(name, facts.Name("object", fields.at), None)
        return
    for element in fields.elements if isinstance(fields, facts.Sequence) else ():
        match element:
            case facts.Sequence(elements=(named, annotation, *rest)):
                written = text(constant(machine, scope, named))
                if written is not None:
                    yield _field(written, annotation, rest[0] if rest else None)
            case _:
                written = text(constant(machine, scope, element))
                if written is not None:
                    yield _field(written, facts.Name("object", element.at), None)


def _members(
    machine: Machine, scope: Scope, call: facts.Call, fields: facts.Expression | None
) -> Iterator[facts.Assign]:
    """`"RED GREEN"`, `["RED"]`, `{"RED": 1}` or `[("RED", 1)]`."""
    if fields is None:
        return
    found = constant(machine, scope, fields)
    values = None if found is None else found.value
    names: list[tuple[str, facts.Expression | None]] = []
    if isinstance(values, str):
        names = [(name, None) for name in values.replace(",", " ").split()]
    elif isinstance(fields, facts.Mapping):
        keys = [None if k is None else text(constant(machine, scope, k)) for k in fields.keys]
        names = [(k, v) for k, v in zip(keys, fields.values, strict=True) if k is not None]
    elif isinstance(fields, facts.Sequence):
        for element in fields.elements:
            pair = element.elements if isinstance(element, facts.Sequence) else (element,)
            name = text(constant(machine, scope, pair[0])) if pair else None
            if name is not None:
                names.append((name, pair[1] if len(pair) > 1 else None))
    automatic = facts.Call(facts.Attribute(call.callee, "auto", call.at), (), (), call.at)
    for name, value in names:
        yield facts.Assign((facts.Name(name, call.at),), value or automatic, None, call.at)
