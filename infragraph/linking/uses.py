"""Who uses what: every use with the entry point or service that it belongs to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from infragraph.frontend.activation import Activation
from infragraph.frontend.declarations import handlers
from infragraph.frontend.machine import Machine
from infragraph.frontend.statics import place_of
from infragraph.frontend.steps import Doubt, Stated, Step, Use, Write
from infragraph.frontend.values import Declared
from infragraph.linking.declaring import Inventory
from infragraph.linking.ownership import UNNAMED
from infragraph.linking.reach import Reached, reached, shortest_paths
from infragraph.model.values import Reference

ENTRY_POINTS = ("endpoint", "subscription", "cron")
STARTING = ("auth_handler", "startup", "shutdown")
"""What of a service runs as the service itself."""


@dataclass(frozen=True, slots=True)
class Used:
    """A step and whose it is; `source` is a node's id, None for what no service reaches."""

    source: str | None
    service: str | None
    step: Step
    via: tuple[str, ...]
    writes: frozenset[Write]


def uses(machine: Machine, inventory: Inventory) -> tuple[Used, ...]:
    """Every step of the application, once for each node that it belongs to."""
    found = [
        *_of_entry_points(machine, inventory),
        *_of_inboxes(machine, inventory),
        *_of_services(machine, inventory),
    ]
    return (*found, *_of_nobody(machine, inventory, found))


def _of_entry_points(machine: Machine, inventory: Inventory) -> Iterator[Used]:
    for key, resource in inventory.resources.items():
        if resource.kind in ENTRY_POINTS:
            starts = handlers(machine, key)
            yield from _attributed(reached(starts), resource.id, resource.service)


def _of_inboxes(machine: Machine, inventory: Inventory) -> Iterator[Used]:
    """What records that a message was handled writes to the inbox's database."""
    for key, resource in inventory.resources.items():
        for keyword in machine.declared[key].keywords:
            value = keyword.value
            if keyword.name != "inbox" or not isinstance(value, Reference):
                continue
            if value.kind == "database":
                database = Declared(value.key, value.kind)
                place = place_of(value.span)
                step = Use(database, "inbox", "inbox", place, frozenset(), access="write")
                yield Used(resource.id, resource.service, step, (resource.symbol,), frozenset())


def _of_services(machine: Machine, inventory: Inventory) -> Iterator[Used]:
    """Hooks and auth handlers, then what runs while the service's modules are imported."""
    for service, starts in sorted(_hooks(machine, inventory).items()):
        yield from _attributed(reached(starts), f"service:{service}", service)
    for service, starts in sorted(_bodies(machine, inventory).items()):
        found = reached(starts, is_import=True)
        yield from _attributed(found, f"service:{service}", service)


def _attributed(found: Iterable[Reached], source: str, service: str | None) -> Iterator[Used]:
    for one in found:
        yield Used(source, service, one.step, one.via, one.writes)


def _hooks(machine: Machine, inventory: Inventory) -> Mapping[str, list[Activation]]:
    starts: dict[str, list[Activation]] = {}
    for key, resource in inventory.resources.items():
        if resource.kind in STARTING and resource.service:
            starts.setdefault(resource.service, []).extend(handlers(machine, key))
    return starts


def _bodies(machine: Machine, inventory: Inventory) -> Mapping[str, list[Activation]]:
    """The bodies of each service's modules, with those of libraries that they run."""
    return {
        service: [machine.modules[name] for name in modules if name in machine.modules]
        for service, modules in _imported(machine, inventory).items()
    }


def _imported(machine: Machine, inventory: Inventory) -> Mapping[str, list[str]]:
    """The modules of each service, with those of libraries that running them runs."""
    owner = inventory.ownership.owner
    own: dict[str, list[str]] = {}
    for name in machine.modules:
        service = owner(name)
        if service:
            own.setdefault(service, []).append(name)
    found: dict[str, list[str]] = {}
    for service, modules in own.items():
        seen = dict.fromkeys(modules)
        waiting = list(modules)
        while waiting:
            for name in sorted(machine.imports.get(waiting.pop(), ())):
                if name not in seen and owner(name) is None:
                    seen[name] = None
                    waiting.append(name)
        found[service] = list(seen)
    return found


# --- what no entry point reaches -----------------------------------------------------------------


def _of_nobody(
    machine: Machine, inventory: Inventory, attributed: Sequence[Used]
) -> Iterator[Used]:
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
    bodies = [body for found in _bodies(machine, inventory).values() for body in found]
    imported = shortest_paths(bodies, is_import=True)
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
