"""Defaults of fields that a body leaves out.

msgspec leaves such a field of a dataclass to the class, where its default is, and writes only what
an object has of its own: what came in would go out again without it.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

Plan = tuple[Mapping[str, Any], tuple[str, ...]]
"""What objects of a class lack, and the fields in which there may be others that lack something."""


def completing(payload: Any) -> Callable[[Any], None] | None:
    """What gives decoded values those defaults as their own; None where there are none."""
    import msgspec  # noqa: PLC0415 - at the first payload, not at start

    lacking: dict[type, Mapping[str, Any]] = {}
    known = _within(msgspec.inspect.type_info(payload))
    for info in known:
        if isinstance(info, msgspec.inspect.DataclassType) and _has_dictionary(info.cls):
            defaults = {
                it.name: it.default for it in info.fields if it.default is not msgspec.NODEFAULT
            }
            if defaults:
                lacking[info.cls] = defaults
    if not lacking:
        return None
    plans: dict[type, Plan] = {}
    for info in known:
        if isinstance(info, (msgspec.inspect.DataclassType, msgspec.inspect.StructType)):
            visited = tuple(
                it.name
                for it in info.fields
                if any(getattr(part, "cls", None) in lacking for part in _within(it.type))
            )
            plans[info.cls] = lacking.get(info.cls, {}), visited
    return _by(plans)


def _by(plans: Mapping[type, Plan]) -> Callable[[Any], None]:
    def complete(value: Any) -> None:
        plan = plans.get(value.__class__)
        if plan is not None:
            defaults, visited = plan
            if defaults:
                own = value.__dict__
                for name, default in defaults.items():
                    own.setdefault(name, default)
            for name in visited:
                complete(getattr(value, name))
        elif isinstance(value, dict):
            for part in cast("dict[str, Any]", value).values():
                complete(part)
        elif isinstance(value, (list, tuple, set, frozenset)):
            for part in cast("Iterable[Any]", value):
                complete(part)

    return complete


def _has_dictionary(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) and kind.__dictoffset__ != 0


def _within(info: Any) -> list[Any]:
    """A type as msgspec describes it, and all that it is made of; it may hold itself."""
    found: dict[int, Any] = {}
    waiting = [info]
    while waiting:
        part = waiting.pop()
        names = getattr(part, "__struct_fields__", None)
        if isinstance(part, tuple):
            waiting.extend(cast("tuple[Any]", part))
        elif names is not None and id(part) not in found:
            found[id(part)] = part
            waiting.extend(getattr(part, name) for name in names)
    return list(found.values())
