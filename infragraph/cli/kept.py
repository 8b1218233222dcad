"""Where what is known of an application's files is kept between runs."""

import sys

from infragraph.cli.tool import state
from infragraph.cli.version import VERSION
from infragraph.workspace import cache
from infragraph.workspace.results import Place


def place_of(root: str, arguments: list[str]) -> Place | None:
    """The place for a root; None where there is no cache to be had.

    What was understood by another state of the tool, or of Python, is not known.
    """
    folder = cache.directory(_named(arguments))
    if folder is None:
        return None
    return Place(folder, root, (VERSION, *state(folder), tuple(sys.version_info[:2])))


def _named(arguments: list[str]) -> str | None:
    """The folder that the command line names, which is looked for before typer is loaded too."""
    for argument, following in zip(arguments, [*arguments[1:], None], strict=True):
        if argument == "--cache-dir":
            return following
        if argument.startswith("--cache-dir="):
            return argument.partition("=")[2]
    return None
