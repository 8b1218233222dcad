"""Who owns an entity, which Backstage demands to know."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from infragraph.documents.narrowing import Object
from infragraph.documents.slugs import slug
from infragraph.views.scene import Scene

UNOWNED = "unowned"
"""What stands where nobody is named, to be searched for in the catalogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A reference to a group or user; the annotations tell what else is to be known of it."""

    reference: str
    annotations: Object


def owner_of(scene: Scene, service: str | None) -> Owner:
    owner = scene.owner_of(service)
    if owner is not None:
        return _somebody(owner)
    if service is None:
        return _nobody("No service owns it; name the application's owner in infragraph.yaml: owner")
    return _nobody(f"Name the owner in infragraph.yaml: services.{service}.owner")


def owner_of_all(scene: Scene, services: Iterable[str]) -> Owner:
    """That of the application, else that of its services where they have the same."""
    if scene.owner is not None:
        return _somebody(scene.owner)
    owners = {scene.owners.get(service) for service in services}
    only = owners.pop() if len(owners) == 1 else None
    if only is None:
        return _nobody("Its services do not all have one owner; name one in infragraph.yaml: owner")
    return _somebody(only)


def _somebody(owner: str) -> Owner:
    """A text that cannot be a reference is made one, and kept beside it."""
    if _REFERENCE.fullmatch(owner):
        return Owner(reference=owner, annotations={})
    return Owner(reference=slug(owner), annotations={"infragraph/owner": owner})


def _nobody(note: str) -> Owner:
    return Owner(reference=UNOWNED, annotations={"infragraph/note": note})


_WORD = r"[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"
_SPACE = r"[a-z0-9]+(-+[a-z0-9]+)*"
_REFERENCE = re.compile(rf"((group|user):)?({_SPACE}/)?{_WORD}", re.IGNORECASE)
