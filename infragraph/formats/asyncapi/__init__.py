"""AsyncAPI 3.0: one document for the application, and one for each service that has messages."""

from infragraph.formats.asyncapi.render import render

__all__ = ["render"]
