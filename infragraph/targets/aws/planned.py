"""What one part of an application becomes on AWS, and the sum of such parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.plan import Permission, PlannedParameter, PlannedResource, PlanValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A piece of a plan, with what was found on the way; its parts have the plan's meanings."""

    resources: tuple[PlannedResource, ...] = ()
    parameters: tuple[PlannedParameter, ...] = ()
    permissions: tuple[Permission, ...] = ()
    addresses: Mapping[str, Mapping[str, PlanValue]] = field(
        default_factory=dict[str, Mapping[str, PlanValue]]
    )
    outputs: Mapping[str, PlanValue] = field(default_factory=dict[str, PlanValue])
    diagnostics: tuple[Diagnostic, ...] = ()


NOTHING = Planned()


def summed(pieces: Iterable[Planned]) -> Planned:
    """All pieces as one, in their order; no node's address is in two of them.

    Resources may meet under one address, and with them their outputs: `checks` tells it.
    """
    all_of = tuple(pieces)
    addresses = [it for piece in all_of for it in piece.addresses.items()]
    assert len(dict(addresses)) == len(addresses), "a node has one address"
    return Planned(
        resources=tuple(chain.from_iterable(piece.resources for piece in all_of)),
        parameters=tuple(chain.from_iterable(piece.parameters for piece in all_of)),
        permissions=tuple(chain.from_iterable(piece.permissions for piece in all_of)),
        addresses=dict(addresses),
        outputs={name: value for piece in all_of for name, value in piece.outputs.items()},
        diagnostics=tuple(chain.from_iterable(piece.diagnostics for piece in all_of)),
    )
