"""`infragraph secrets`: values, which are in no file, no argument and no log."""

from typing import Annotated

import typer

from infragraph.cli.deploy import Environment
from infragraph.cli.options import App, Python

HELP = "Values of secrets, which no file, argument or log ever holds."

SET = """Give a secret its value in an environment.

The value is typed without being shown, or comes from standard input; a line's end behind it is not
part of it. Deploy once before: the secret has to be there.

\b
Exit codes: 0 set, 1 failed, 2 usage, configuration or system, 3 a bug of ours.

\b
Examples:
  infragraph secrets set STRIPE_KEY --env prod
  pass show stripe | infragraph secrets set STRIPE_KEY --env prod
"""


def setters() -> typer.Typer:
    made = typer.Typer(help=HELP, rich_markup_mode=None, no_args_is_help=True)
    made.command("set", help=SET, short_help="Give a secret its value.")(set_value)
    return made


def set_value(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The secret, as the source declares it.")
    ],
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="The folder of the application.")
    ] = ".",
    *,
    env: Environment = None,
    app: App = None,
    python: Python = None,
) -> None:
    """A value for one secret."""
    from infragraph.cli.setting_secrets import run  # noqa: PLC0415 - `--help` needs none of it

    raise typer.Exit(run(name, path, env, app, python))
