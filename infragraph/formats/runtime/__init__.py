"""`infragraph.runtime.<env>.json`: what a running service must know of each node."""

from infragraph.formats.runtime.completeness import COMPLETENESS_PROBLEMS, completeness
from infragraph.formats.runtime.render import render

__all__ = ["COMPLETENESS_PROBLEMS", "completeness", "render"]
