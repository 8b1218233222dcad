"""Backstage: entities of its software catalogue, with the definitions of their APIs."""

from infragraph.formats.backstage.render import omissions, render

__all__ = ["omissions", "render"]
