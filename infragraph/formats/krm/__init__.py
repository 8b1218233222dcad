"""Config Connector's objects, as YAML that `kubectl apply -f` takes."""

from infragraph.formats.krm.render import render

__all__ = ["render"]
