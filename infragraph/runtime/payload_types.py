"""What a payload's type says at run time: its name, its attributes, its ordering key."""

import types
from collections.abc import Hashable, Mapping
from enum import Enum
from functools import cache
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints, is_typeddict

from infragraph.sdk.markers import Marker


def type_name(payload: Any) -> str:
    """The name by which the graph's `payloads` know it, as `shop.users.events.User`."""
    if isinstance(payload, type) and get_origin(payload) is None:
        if payload.__module__ == "builtins":
            return payload.__qualname__
        return f"{payload.__module__}.{payload.__qualname__}"
    return str(payload)


def members(payload: Any) -> tuple[Any, ...]:
    """The members of a union that is a payload itself, else the payload alone."""
    payload = _bare(payload)
    if get_origin(payload) in (Union, types.UnionType):
        return tuple(it for member in get_args(payload) for it in members(member))
    return (payload,)


def is_pydantic(payload: Any) -> bool:
    """Whether it is one of pydantic's models, found without importing pydantic."""
    return isinstance(payload, type) and hasattr(payload, "__pydantic_validator__")


def attributes(payload: Any, event: Any) -> dict[str, str]:
    """The fields typed `Attribute[...]` as they travel beside the body; None does not travel.

    `payload` is what the topic declares: what is a mapping at run time knows no fields of its own.
    """
    kind = cast("Any", _mapping_member(payload) if isinstance(event, dict) else type(event))
    found = {name: field(event, name) for name in _attribute_fields(kind)}
    return {name: _text(value) for name, value in found.items() if value is not None}


def field(event: Any, name: str) -> Any:
    """A field's value, of whatever kind the payload is; None where it is not there."""
    if isinstance(event, Mapping):
        return cast("Mapping[str, Any]", event).get(name)
    return getattr(event, name, None)


@cache
def _attribute_fields(kind: Hashable) -> tuple[str, ...]:
    try:
        hints = get_type_hints(kind, include_extras=True)
    except (NameError, TypeError):
        # A scalar or a container has no fields; a name for type checkers alone is no marker.
        return ()
    return tuple(name for name, hint in hints.items() if _is_attribute(hint))


def _is_attribute(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        if any(isinstance(it, Marker) and it.place == "attribute" for it in hint.__metadata__):
            return True
        return _is_attribute(hint.__origin__)
    # `NotRequired[Attribute[str]]`, `Attribute[str] | None`
    return any(_is_attribute(it) for it in get_args(hint))


def _text(value: Any) -> str:
    if isinstance(value, Enum):
        return _text(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _mapping_member(payload: Any) -> Any:
    """The one `TypedDict` of a payload, or the payload itself."""
    found = [member for member in members(payload) if is_typeddict(member)]
    return found[0] if len(found) == 1 else payload


def _bare(payload: Any) -> Any:
    """Without `Annotated`, and without the name that a `type` statement gave it."""
    while True:
        if get_origin(payload) is Annotated:
            payload = payload.__origin__
        elif hasattr(payload, "__value__") and hasattr(payload, "__type_params__"):
            payload = payload.__value__
        else:
            return payload
