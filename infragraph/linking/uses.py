"""Who uses what: every use with the entry point or service that it belongs to."""

from collections.abc import Iterable, Iterator

from infragraph.frontend.declarations import handlers
from infragraph.frontend.machine import Machine
from infragraph.frontend.statics import place_of
from infragraph.frontend.steps import Use
from infragraph.frontend.values import Declared
from infragraph.linking.declaring import Inventory
from infragraph.linking.leftovers import leftovers
from infragraph.linking.reach import Reached, reached
from infragraph.linking.starting import ENTRY_POINTS, bodies, hooks
from infragraph.linking.used import Used
from infragraph.model.values import Reference


def uses(machine: Machine, inventory: Inventory) -> tuple[Used, ...]:
    """Every step of the application, once for each node that it belongs to."""
    found = [
        *_of_entry_points(machine, inventory),
        *_of_inboxes(machine, inventory),
        *_of_services(machine, inventory),
    ]
    return (*found, *leftovers(machine, inventory, found))


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
    for service, starts in sorted(hooks(machine, inventory).items()):
        yield from _attributed(reached(starts), f"service:{service}", service)
    for service, starts in sorted(bodies(machine, inventory).items()):
        found = reached(starts, is_import=True)
        yield from _attributed(found, f"service:{service}", service)


def _attributed(found: Iterable[Reached], source: str, service: str | None) -> Iterator[Used]:
    for one in found:
        yield Used(source, service, one.step, one.via, one.writes)
