"""`infragraph db`: the databases of a run on this machine."""

from typing import Annotated

import typer

from infragraph.cli.options import Folder

HELP = """The databases of an application that runs on this machine.

Where an image is deployed, 'infragraph db bootstrap' makes databases and roles, and 'infragraph db
migrate' runs migrations; 'infragraph run' does both itself.
"""

SHELL = """Open psql on a database of the run at PATH.

\b
Example:
  infragraph db shell users
"""

URL = """Print the URL of a database of the run at PATH.

\b
Example:
  psql "$(infragraph db url users)"
"""

RESET = """Remove all that a database of the run at PATH holds, and run its migrations again.

Where no run is up the next one does that, as after a migration that failed.

\b
Example:
  infragraph db reset users --yes
"""

Name = Annotated[str, typer.Argument(metavar="NAME", help="The database's name.")]


def commands() -> typer.Typer:
    """The verbs on databases."""
    application = typer.Typer(help=HELP, rich_markup_mode=None, no_args_is_help=True)
    application.command("shell", help=SHELL, short_help="Open psql.")(shell)
    application.command("url", help=URL, short_help="Print the URL.")(url)
    application.command("reset", help=RESET, short_help="Empty it, and migrate again.")(reset)
    return application


def shell(name: Name, path: Folder = ".") -> None:
    """A terminal on a database."""
    from infragraph.cli.local_databases import open_shell  # noqa: PLC0415 - as `--help` needs none

    open_shell(name, path)


def url(name: Name, path: Folder = ".") -> None:
    """A database's address."""
    from infragraph.cli.local_databases import address  # noqa: PLC0415 - as above

    typer.echo(address(name, path))


def reset(
    name: Name,
    path: Folder = ".",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """A database as new."""
    from infragraph.cli.local_databases import empty  # noqa: PLC0415 - as above

    if not yes:
        typer.confirm(f"Remove all that database '{name}' holds?", abort=True)
    raise typer.Exit(empty(name, path))
