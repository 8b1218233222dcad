"""Tier 1: what a file's bytes say without parsing it."""

from infragraph.frontend.tiers.scanning import scanned
from infragraph.model.sketch import Sketch


def sketch(content: bytes, tokens: tuple[bytes, ...]) -> Sketch:
    """A pure function of the file's bytes and of the tokens that name libraries."""
    return Sketch(*scanned(content, tokens))
