"""Patches of a plan by logical address: the last word on it, and never a silent one.

A key of a patch is one of the properties, or of what lies below them; an item of a list goes by its
number. A key that begins with `+` adds what is not there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.diagnostics.generation_problems import (
    OVERRIDE_ADDRESS_UNKNOWN,
    OVERRIDE_CARRIED_OUT,
    OVERRIDE_PATH_UNKNOWN,
    OVERRIDE_WIDENS,
)
from infragraph.diagnostics.words import alternatives, nearest
from infragraph.model.plan import Override, Plan, PlannedResource, PlanValue
from infragraph.model.source import SourceSpan

Patches: TypeAlias = Mapping[str, Mapping[str, object]]
Spans: TypeAlias = Mapping[tuple[str, ...], SourceSpan]
"""Where each key of the patches stands, by the keys that lead to it."""

_ADDS = "+"

# What a target would replace by something else; the format writes all other texts as they are.
_CARRIED_OUT = {"aws": "{{resolve:"}

_ABOUT_ACCESS = ("iam", "policy", "policies", "principal", "statement", "member", "bindings")
_WIDE = ("allUsers", "allAuthenticatedUsers", "roles/owner", "roles/editor")
_NEGATED = frozenset({"NotAction", "NotResource", "NotPrincipal"})


def override(plan: Plan, patches: Patches, spans: Spans) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan with every patch, each told in its `overrides`; a patch of nothing is a finding."""
    resources = {resource.address: resource for resource in plan.resources}
    made: list[Override] = []
    found: list[Diagnostic] = []
    for address, patch in sorted(patches.items()):
        resource = resources.get(address)
        if resource is None:
            found.append(_unknown_address(plan, address, spans[address,]))
            continue
        patching = _Patching(resource, spans, _CARRIED_OUT.get(plan.target))
        resources[address] = replace(resource, properties=patching.properties(patch))
        made += patching.made
        found += patching.found
    patched = tuple(resources[resource.address] for resource in plan.resources)
    return replace(plan, resources=patched, overrides=(*plan.overrides, *made)), tuple(found)


def _unknown_address(plan: Plan, address: str, span: SourceSpan) -> Diagnostic:
    near = nearest(address, [resource.address for resource in plan.resources])
    cure = "look it up in the manifests" if near is None else f"write '{near}'"
    return OVERRIDE_ADDRESS_UNKNOWN.at(
        span, address=address, environment=plan.environment, cure=cure
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A part of a resource: the keys as the patch writes them, and as the plan has them."""

    written: tuple[str, ...]
    path: tuple[str, ...]

    def below(self, key: str) -> "_Spot":
        return _Spot((*self.written, key), (*self.path, key.removeprefix(_ADDS)))


class _Patching:
    """The patches of one resource."""

    __slots__ = ("_carried_out", "_resource", "_spans", "found", "made")

    def __init__(self, resource: PlannedResource, spans: Spans, carried_out: str | None) -> None:
        self._resource = resource
        self._carried_out = carried_out
        self._spans = spans
        self.made: list[Override] = []
        self.found: list[Diagnostic] = []

    def properties(self, patch: Mapping[str, object]) -> Mapping[str, PlanValue]:
        return self._mapping(self._resource.properties, patch, _Spot((), ()))

    def _mapping(
        self, value: Mapping[str, PlanValue], patch: Mapping[str, object], spot: _Spot
    ) -> Mapping[str, PlanValue]:
        patched = dict(value)
        for key, inner in patch.items():
            below = spot.below(key)
            name = below.path[-1]
            if key.startswith(_ADDS) == (name in value):
                self._tell_unknown(below, value)
            else:
                patched[name] = self._value(value.get(name), inner, below)
        return patched

    def _items(
        self, value: Sequence[PlanValue], patch: Mapping[str, object], spot: _Spot
    ) -> Sequence[PlanValue]:
        patched = list(value)
        numbers = {str(number): number for number in range(len(value))}
        for key, inner in patch.items():
            below = spot.below(key)
            if key in numbers:
                patched[numbers[key]] = self._value(value[numbers[key]], inner, below)
            else:
                self._tell_unknown(below, dict.fromkeys(numbers))
        return patched

    def _value(self, value: PlanValue, patch: object, spot: _Spot) -> PlanValue:
        if isinstance(patch, Mapping) and patch:
            inner = cast("Mapping[str, object]", patch)
            if isinstance(value, Mapping):
                return self._mapping(value, inner, spot)
            if isinstance(value, Sequence) and not isinstance(value, str):
                return self._items(value, inner, spot)
        after = cast("PlanValue", patch)
        self._tell_carried_out(after, spot)
        what = _widened(self._resource.type, spot.path, value, after)
        if what is not None:
            self.found.append(
                OVERRIDE_WIDENS.at(
                    self._span(spot),
                    path=".".join(spot.path),
                    address=self._resource.address,
                    what=what,
                )
            )
        self.made.append(
            Override(
                address=self._resource.address,
                path=spot.path,
                before=value,
                after=after,
                widens=what is not None,
            )
        )
        return after

    def _tell_carried_out(self, after: PlanValue, spot: _Spot) -> None:
        for text in (*spot.path, *_texts(after), *_keys(after)):
            if self._carried_out is not None and self._carried_out in text.lower():
                self.found.append(
                    OVERRIDE_CARRIED_OUT.at(
                        self._span(spot),
                        path=".".join(spot.path),
                        address=self._resource.address,
                        text=text,
                    )
                )
                return

    def _tell_unknown(self, spot: _Spot, known: Mapping[str, PlanValue]) -> None:
        name = spot.path[-1]
        near = nearest(name, known)
        if name in known:
            cure = f"write '{name}', which changes what is there"
        elif near is not None:
            cure = f"write '{near}', or '{_ADDS}{name}' to add it"
        else:
            cure = f"write '{_ADDS}{name}' to add it, or {alternatives(sorted(known))}"
        self.found.append(
            OVERRIDE_PATH_UNKNOWN.at(
                self._span(spot),
                address=self._resource.address,
                path=".".join((*spot.path[:-1], spot.written[-1])),
                cure=cure,
            )
        )

    def _span(self, spot: _Spot) -> SourceSpan:
        return self._spans[self._resource.address, *spot.written]


def _widened(
    resource: str, path: tuple[str, ...], before: PlanValue, after: PlanValue
) -> str | None:
    """What a value permits that the one before did not, where it is about access at all."""
    keys = [*path, *_keys(after)]
    words = [resource.lower(), *(key.lower() for key in keys)]
    if not any(mark in word for word in words for mark in _ABOUT_ACCESS):
        return None
    old = {*_texts(before)}
    new = [text for text in _texts(after) if text not in old]
    wide = [text for text in new if "*" in text or text in _WIDE]
    if wide:
        return alternatives(wide)
    negated = sorted(_NEGATED.intersection(_keys(after)) - {*_keys(before)})
    if negated:
        return f"all but what {alternatives(negated)} names"
    if "ManagedPolicyArns" in keys and new:
        return f"what {alternatives(new)} holds"
    return "what was denied" if "Allow" in new and "Deny" in old else None


def _texts(value: PlanValue) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case Sequence():
            for inner in value:
                yield from _texts(inner)
        case _:
            return


def _keys(value: PlanValue) -> Iterator[str]:
    match value:
        case str():
            return
        case Mapping():
            for key, inner in value.items():
                yield key
                yield from _keys(inner)
        case Sequence():
            for inner in value:
                yield from _keys(inner)
        case _:
            return
