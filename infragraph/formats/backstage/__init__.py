"""Backstage: entities of its software catalogue, with the definitions of their APIs."""

from infragraph.formats.backstage.render import render

__all__ = ["render"]
