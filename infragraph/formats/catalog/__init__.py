"""A catalogue to read: services, topics, stores and payloads, as Markdown or as HTML."""

from infragraph.formats.catalog.render import render

__all__ = ["render"]
