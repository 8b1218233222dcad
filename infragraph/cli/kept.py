"""Where what is known of an application's files is kept between runs."""

import sys

from infragraph.cli.request import Request
from infragraph.cli.tool import state
from infragraph.cli.version import VERSION
from infragraph.workspace import cache
from infragraph.workspace.results import Place


def place_of(root: str, request: Request) -> Place | None:
    """The place for a root; None where there is no cache to be had, or none is wanted.

    What was understood by another state of the tool, or of Python, is not known.
    """
    folder = cache.directory(request.cache_dir) if request.is_cached else None
    if folder is None:
        return None
    return Place(folder, root, (VERSION, *state(folder), tuple(sys.version_info[:2])))
