"""Whose a database is."""

from collections.abc import Mapping
from typing import Any


def owner(node: Mapping[str, Any]) -> str:
    """The service that migrates a database of the graph and publishes what its outbox holds.

    It is its own, or the first that shares it.
    """
    return str(node["service"] or node["properties"]["shared_with"][0])
