"""Facts as flat bytes and back, for the way between processes; neither way recurses."""

import dataclasses
import marshal
from typing import Any

from infragraph.model import facts
from infragraph.model.source import Position

_FORMS: tuple[Any, ...] = (
    Position,
    *(
        form
        for _, form in sorted(vars(facts).items())
        if isinstance(form, type) and dataclasses.is_dataclass(form)
    ),
)
_NUMBERS = {form: number for number, form in enumerate(_FORMS)}
_PARTS = {form: form.__match_args__ for form in _FORMS}
_TUPLE = -1
_NAMES = -2


def encode(fact: Any) -> bytes:
    """The fact in prefix notation: its form, how many parts it has, its parts."""
    found: list[Any] = []
    waiting = [fact]
    while waiting:
        part = waiting.pop()
        kind: type[object] = part.__class__
        if kind is tuple:
            found.append((_TUPLE, len(part)))
            waiting.extend(reversed(part))
        elif kind in _NUMBERS:
            names = _PARTS[kind]
            found.append((_NUMBERS[kind], len(names)))
            waiting.extend([getattr(part, name) for name in reversed(names)])
        elif kind is frozenset:
            found.append((_NAMES, *sorted(part)))
        else:
            found.append(part)
    return marshal.dumps(found)


def decode(content: bytes) -> Any:
    """What `encode` was given; the bytes must be its own."""
    made: list[Any] = []
    for part in reversed(marshal.loads(content)):  # noqa: S302 - our own child wrote it
        if part.__class__ is not tuple:
            made.append(part)
            continue
        number, *rest = part
        if number == _NAMES:
            made.append(frozenset(rest))
            continue
        (length,) = rest
        parts = made[len(made) - length :][::-1]
        del made[len(made) - length :]
        made.append(tuple(parts) if number == _TUPLE else _FORMS[number](*parts))
    (fact,) = made
    return fact
