"""Which bindings a target has."""

from collections.abc import Mapping

from infragraph.formats.asyncapi.aws import AWS
from infragraph.formats.asyncapi.bindings import Bindings
from infragraph.formats.asyncapi.gcp import GCP
from infragraph.formats.asyncapi.plain import PLAIN

_BINDINGS: Mapping[str, Bindings] = {"aws": AWS, "gcp": GCP}


def bindings_for(target: str | None) -> Bindings:
    """Those of a target that has none defined are those of no target."""
    return PLAIN if target is None else _BINDINGS.get(target, PLAIN)
