"""`infragraph trigger`: what is due later, now."""

from typing import Annotated

import typer

from infragraph.cli.options import Folder

HELP = "Make something of a running application happen now."

CRON = """Run a cron now, on the run of the application at PATH.

Exit codes: 0 it ran, 1 it failed, 2 there is no such run or cron.

\b
Example:
  infragraph trigger cron purge-unverified
"""


def cron(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The cron's name.")],
    path: Folder = ".",
) -> None:
    """A cron, now."""
    from infragraph.cli.triggering import trigger_cron  # noqa: PLC0415 - `--help` needs none of it

    raise typer.Exit(trigger_cron(name, path))
