"""OpenAPI 3.1: what each service offers over HTTP."""

from infragraph.formats.openapi.render import omissions, render

__all__ = ["omissions", "render"]
