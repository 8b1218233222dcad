"""What facts are made of: the facts inside each form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, ForwardRef, Literal, TypeAlias, cast, get_args, get_origin

from infragraph.frontend.extract.deferring import DeferredBody
from infragraph.model import facts

Inside: TypeAlias = Callable[[Any], tuple[object, ...]]
"""The facts, and tuples of facts, that one is made of, in the order of its fields."""


def parts(node: object) -> tuple[object, ...]:
    """What a fact, or a tuple of them, is made of; nothing of what is no fact."""
    if type(node) is tuple:
        return cast("tuple[object, ...]", node)
    inside = INSIDE.get(type(node))
    return () if inside is None else inside(node)


def nodes(root: object) -> Iterator[object]:
    """Every fact in a fact or in a tuple of facts, with itself."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if type(node) in INSIDE:
            yield node
        waiting.extend(parts(node))


def _inside(form: type[object]) -> Inside:
    names = [field.name for field in fields(cast("Any", form)) if _may_hold(field.type)]
    if not names:
        return lambda _fact: ()
    if len(names) > 1:
        return attrgetter(*names)
    only = attrgetter(names[0])
    return lambda fact: (only(fact),)


def _may_hold(hint: object) -> bool:
    """Whether a field of this type may hold a fact; a form that is written later is a text."""
    if isinstance(hint, str | ForwardRef) or (isinstance(hint, type) and hint in _FORMS):
        return True
    return get_origin(hint) is not Literal and any(_may_hold(part) for part in get_args(hint))


_FORMS = tuple(
    form
    for form in vars(facts).values()
    if isinstance(form, type) and is_dataclass(form) and form.__module__ == facts.__name__
)


def _lowered(body: DeferredBody) -> tuple[object, ...]:
    return (body.lowered(),)


INSIDE: Mapping[type[object], Inside] = {
    **{form: _inside(form) for form in _FORMS},
    DeferredBody: _lowered,
}
"""By form; whatever else stands in a fact is a text, a number, a place or nothing."""
