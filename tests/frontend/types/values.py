"""Values of types that a test has made, and what their codec encodes them as."""

import collections
import collections.abc
import dataclasses
import datetime as dt
import decimal
import enum
import inspect
import ipaddress
import json
import pathlib
import sys
import types
import typing
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import msgspec
import pydantic
import typing_extensions
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from infragraph.model.graph import Property

DEPTH = 3
"""Classes inside classes before values end as soon as they can."""


def executed(source: str) -> types.ModuleType:
    """A module that has run source which the test itself wrote."""
    module = types.ModuleType("shop")
    # Annotations are looked up by the name of the module, also long after.
    sys.modules["shop"] = module
    exec(compile(source, "shop.py", "exec"), module.__dict__)  # noqa: S102 - the test's own text
    return module


def encoded(value: object) -> Property:
    """What the codec writes, read back: pydantic for its models, msgspec for everything else."""
    if isinstance(value, pydantic.BaseModel):
        text: str | bytes = value.model_dump_json(by_alias=True)
    else:
        text = msgspec.json.encode(value, enc_hook=_as_simpler)
    found: Property = json.loads(text)
    return found


def _as_simpler(value: object) -> object:
    """What msgspec alone does not know, as the codec hands it over."""
    match value:
        case pydantic.BaseModel():
            return value.model_dump(mode="json", by_alias=True)
        case collections.deque():
            return list(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case _:
            return str(value)


TEXT = st.text(max_size=8)
NUMBERS = st.integers(-(2**60), 2**60)

SCALARS: Mapping[object, SearchStrategy[Any]] = {
    str: TEXT,
    int: NUMBERS,
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    bytes: TEXT.map(str.encode),
    None: st.none(),
    type(None): st.none(),
    object: st.one_of(st.none(), NUMBERS, TEXT),
    Any: st.one_of(st.none(), NUMBERS, TEXT, st.lists(NUMBERS, max_size=2)),
    decimal.Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    uuid.UUID: st.uuids(),
    dt.datetime: st.datetimes(timezones=st.sampled_from([None, dt.UTC])),
    dt.date: st.dates(),
    dt.time: st.times(),
    dt.timedelta: st.timedeltas(dt.timedelta(days=-1000), dt.timedelta(days=1000)),
    pathlib.Path: st.sampled_from([pathlib.Path("a"), pathlib.Path("/b/c")]),
    ipaddress.IPv4Address: st.ip_addresses(v=4),
    ipaddress.IPv6Address: st.ip_addresses(v=6),
}

LISTS: Mapping[object, Callable[[list[Any]], object]] = {
    list: list,
    collections.abc.Sequence: list,
    collections.abc.Iterable: list,
    collections.deque: collections.deque,
    set: set,
    collections.abc.Set: set,
    frozenset: frozenset,
}


def values(  # noqa: PLR0911 - a line per form
    annotation: Any, depth: int = DEPTH, known: Mapping[Any, Any] | None = None
) -> Any:
    """A strategy for values of a type; `known` are the arguments of type parameters."""
    known = known or {}
    if annotation in known:
        return values(known[annotation], depth, known)
    if isinstance(annotation, typing.TypeVar):
        bound: object = annotation.__bound__
        return values(bound or int, depth, known)
    if isinstance(annotation, typing.NewType):
        return values(annotation.__supertype__, depth, known)
    if isinstance(annotation, typing_extensions.TypeAliasType):
        return values(annotation.__value__, depth, known)
    if isinstance(annotation, collections.abc.Hashable) and annotation in SCALARS:
        return SCALARS[annotation]
    origin, arguments = typing_extensions.get_origin(annotation), typing.get_args(annotation)
    if origin is not None:
        return _composed(origin, arguments, depth, known)
    if isinstance(annotation, type):
        return _objects(annotation, depth, known)
    if type(annotation).__name__ == "PydanticRecursiveRef":
        return st.nothing()  # The specialised model that is being made: nothing names it yet.
    message = f"no values of {annotation!r}"
    raise NotImplementedError(message)


def _composed(  # noqa: C901, PLR0911 - a line per form
    origin: Any, arguments: tuple[Any, ...], depth: int, known: Mapping[Any, Any]
) -> Any:
    if origin is typing.Annotated:
        return _narrowed(arguments[0], arguments[1:], depth, known)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin in {typing.Union, types.UnionType}:
        parts = [part for part in arguments if part is not msgspec.UnsetType]
        if depth <= 0 and type(None) in parts:
            return st.none()
        return st.one_of([values(part, depth, known) for part in parts])
    if origin in {typing.Final, typing_extensions.Required, typing_extensions.NotRequired}:
        return values(arguments[0], depth, known)
    if origin is typing_extensions.ReadOnly:
        return values(arguments[0], depth, known)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return st.lists(values(arguments[0], depth, known), max_size=2).map(tuple)
        return st.tuples(*(values(part, depth, known) for part in arguments))
    if origin in LISTS:
        most = 0 if depth <= 0 else 2
        items = st.lists(values(arguments[0], depth - 1, known), max_size=most)
        return items.map(LISTS[origin])
    if origin is collections.Counter:
        return st.dictionaries(values(arguments[0], depth, known), NUMBERS, max_size=2)
    if issubclass(origin, collections.abc.Mapping):
        most = 0 if depth <= 0 else 2
        keys, held = (values(part, depth - 1, known) for part in arguments)
        return st.dictionaries(keys, held, max_size=most)
    parameters: tuple[Any, ...] = getattr(origin, "__parameters__", ())
    given = [known.get(argument, argument) for argument in arguments]
    return _objects(origin, depth, {**known, **dict(zip(parameters, given, strict=False))})


def _narrowed(base: Any, metadata: tuple[Any, ...], depth: int, known: Mapping[Any, Any]) -> Any:
    bounds: dict[str, Any] = {}
    for part in metadata:
        inner = getattr(part, "metadata", None) or [part]
        for word in ("gt", "ge", "lt", "le", "min_length", "max_length", "multiple_of", "pattern"):
            for piece in inner:
                bound = getattr(piece, word, None)
                if bound is not None:
                    bounds[word] = bound
    if not bounds:
        return values(base, depth, known)
    if base in {int, float}:
        low = bounds.get("ge", bounds["gt"] + 1 if "gt" in bounds else -1000)
        high = bounds.get("le", bounds["lt"] - 1 if "lt" in bounds else 1000)
        step = bounds.get("multiple_of", 1)
        numbers = st.integers(-(-low // step), high // step).map(lambda number: number * step)
        return numbers if base is int else numbers.map(float)
    least, most = bounds.get("min_length", 0), bounds.get("max_length", 8)
    if base is str:
        pattern = bounds.get("pattern")
        return st.text(min_size=least, max_size=most) if pattern is None else _matching(pattern)
    items = typing.get_args(base)
    return st.lists(values(items[0], depth - 1, known), min_size=least, max_size=most)


def _matching(pattern: str) -> SearchStrategy[str]:
    return st.from_regex(pattern, fullmatch=True)


def _objects(of: Any, depth: int, known: Mapping[Any, Any]) -> Any:
    if issubclass(of, enum.Enum):
        return st.sampled_from(list(of))
    if issubclass(of, pydantic.RootModel):
        root: Any = of.model_fields["root"]  # pyright: ignore[reportUnknownMemberType]
        return values(root.annotation, depth, known).map(of)
    hints = typing_extensions.get_type_hints(of, include_extras=True)
    scopes = _scopes(of, known)
    required: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for name, alias, hint, is_required in _arguments(of, hints):
        if is_required or depth > 0:
            members = required if is_required else optional
            members[alias] = values(hint, depth - 1, scopes.get(name, known))
    return st.fixed_dictionaries(required, optional=optional).map(lambda given: of(**given))


def _scopes(of: Any, known: Mapping[Any, Any]) -> dict[str, Mapping[Any, Any]]:
    """What type parameters mean in each member, which a class above may have named otherwise."""
    found: dict[str, Mapping[Any, Any]] = {}
    for base in getattr(of, "__orig_bases__", ()):
        origin = typing_extensions.get_origin(base)
        parameters: tuple[Any, ...] = getattr(origin, "__parameters__", ())
        given = [_filled(argument, known) for argument in typing.get_args(base)]
        if parameters:
            found |= _scopes(origin, dict(zip(parameters, given, strict=True)))
    return found | dict.fromkeys(inspect.get_annotations(of), known)


def _filled(argument: Any, known: Mapping[Any, Any]) -> Any:
    parameters: tuple[Any, ...] = getattr(argument, "__parameters__", ())
    if parameters and not isinstance(argument, typing.TypeVar):
        return argument[tuple(known.get(parameter, parameter) for parameter in parameters)]
    return known.get(argument, argument)


def _arguments(  # noqa: C901, PLR0912 - a branch per form
    of: Any, hints: Mapping[str, Any]
) -> Iterator[tuple[str, str, Any, bool]]:
    """Each member's name, the argument it is given by, its type, and whether it must be given."""
    if typing_extensions.is_typeddict(of):
        for name, hint in hints.items():
            # Postponed annotations hide from `__required_keys__` what they say.
            qualifier = typing_extensions.get_origin(hint)
            is_required = name in of.__required_keys__ or qualifier is typing_extensions.Required
            yield name, name, hint, is_required and qualifier is not typing_extensions.NotRequired
    elif dataclasses.is_dataclass(of):
        for field in dataclasses.fields(of):
            missing = dataclasses.MISSING
            bare = field.default is missing and field.default_factory is missing
            if field.init:
                yield field.name, field.name, hints[field.name], bare
    elif attrs.has(of):
        for attribute in attrs.fields(of):
            if attribute.init:
                hint = hints.get(attribute.name, attribute.type)
                is_bare = attribute.default is attrs.NOTHING
                yield attribute.name, str(attribute.alias), hint, is_bare
    elif issubclass(of, msgspec.Struct):
        for info in msgspec.structs.fields(of):
            yield info.name, info.name, hints[info.name], info.required
    elif issubclass(of, pydantic.BaseModel):
        for name, model_field in of.model_fields.items():
            # A specialised model has filled its type parameters in here.
            annotated: Any = typing.Annotated
            narrowed = annotated[model_field.annotation, model_field]
            yield name, model_field.alias or name, narrowed, model_field.is_required()
    else:
        for name in of._fields:
            yield name, name, hints.get(name, Any), name not in of._field_defaults
