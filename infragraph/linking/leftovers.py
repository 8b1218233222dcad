"""What no entry point reaches: it belongs to the service in whose package it stands."""

from collections.abc import Iterator, Sequence

from infragraph.frontend.activation import Activation
from infragraph.frontend.declarations import handlers
from infragraph.frontend.machine import Machine
from infragraph.frontend.steps import Doubt, Stated, Step, Use
from infragraph.linking.declaring import Inventory
from infragraph.linking.ownership import UNNAMED
from infragraph.linking.reach import reached, shortest_paths
from infragraph.linking.starting import ENTRY_POINTS, STARTING, bodies
from infragraph.linking.used import Used


def leftovers(machine: Machine, inventory: Inventory, attributed: Sequence[Used]) -> Iterator[Used]:
    """What is left over: it belongs to the service in whose package it stands, else to nobody."""
    seen = {_identity(used.step) for used in attributed}
    owner = inventory.ownership.owner
    covered = _covered(machine, inventory)
    left: dict[str | None, list[Activation]] = {}
    for activation in machine.all_activations():
        if activation not in covered and not activation.module.is_library:
            left.setdefault(owner(activation.module.name), []).append(activation)
    libraries = left.pop(None, [])
    for service, activations in sorted((name or "", found) for name, found in left.items()):
        ours = {*activations, *libraries}
        for one in reached(activations, within=ours):
            identity = _identity(one.step)
            if identity not in seen and service != UNNAMED:
                yield Used(f"service:{service}", service, one.step, one.via, one.writes)
        for activation in shortest_paths(activations, within=ours):
            seen.update(_identity(step) for step in activation.steps)
    for activation in libraries:
        for step in activation.steps:
            if _identity(step) not in seen:
                yield Used(None, None, step, (activation.symbol,), frozenset())


def _covered(machine: Machine, inventory: Inventory) -> frozenset[Activation]:
    starts = [
        activation
        for key, resource in inventory.resources.items()
        if resource.kind in (*ENTRY_POINTS, *STARTING)
        for activation in handlers(machine, key)
    ]
    started = [body for found in bodies(machine, inventory).values() for body in found]
    imported = shortest_paths(started, is_import=True)
    return frozenset({*shortest_paths(starts), *imported})


def _identity(step: Step) -> object:
    """What makes two steps the same use, whatever led to them."""
    match step:
        case Use():
            return step.place, step.resource.key, step.verb
        case Doubt() | Stated():
            return step.place
        case _:
            return step
