"""Where the work of a service starts: at its entry points, its hooks, its modules' bodies."""

from collections.abc import Mapping

from infragraph.frontend.activation import Activation
from infragraph.frontend.declarations import handlers
from infragraph.frontend.machine import Machine
from infragraph.linking.declaring import Inventory

ENTRY_POINTS = ("endpoint", "subscription", "cron")

STARTING = ("auth_handler", "startup", "shutdown")
"""What of a service runs as the service itself."""


def hooks(machine: Machine, inventory: Inventory) -> Mapping[str, list[Activation]]:
    starts: dict[str, list[Activation]] = {}
    for key, resource in inventory.resources.items():
        if resource.kind in STARTING and resource.service:
            starts.setdefault(resource.service, []).extend(handlers(machine, key))
    return starts


def bodies(machine: Machine, inventory: Inventory) -> Mapping[str, list[Activation]]:
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
