"""What one part of an application becomes on Google Cloud, and the sum of such parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.plan import Permission, PlannedResource, PlanValue
from infragraph.targets.gcp.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A piece of a plan, with what was found on the way; its parts have the plan's meanings.

    `rights` become bindings and permissions together, since one binding may have several reasons.
    """

    resources: tuple[PlannedResource, ...] = ()
    rights: tuple[Right, ...] = ()
    permissions: tuple[Permission, ...] = ()
    addresses: Mapping[str, Mapping[str, PlanValue]] = field(
        default_factory=dict[str, Mapping[str, PlanValue]]
    )
    outputs: Mapping[str, PlanValue] = field(default_factory=dict[str, PlanValue])
    diagnostics: tuple[Diagnostic, ...] = ()


NOTHING = Planned()


def summed(pieces: Iterable[Planned]) -> Planned:
    """All pieces as one, in their order; what several of them say in the same words counts once."""
    every = tuple(pieces)
    resources: dict[str, PlannedResource] = {}
    for resource in chain.from_iterable(piece.resources for piece in every):
        known = resources.setdefault(resource.address, resource)
        assert known == resource, f"{resource.address} is two things"
    return Planned(
        resources=tuple(resources[address] for address in sorted(resources)),
        rights=tuple(chain.from_iterable(piece.rights for piece in every)),
        permissions=tuple(chain.from_iterable(piece.permissions for piece in every)),
        addresses=dict(chain.from_iterable(piece.addresses.items() for piece in every)),
        outputs=dict(chain.from_iterable(piece.outputs.items() for piece in every)),
        diagnostics=tuple(chain.from_iterable(piece.diagnostics for piece in every)),
    )
