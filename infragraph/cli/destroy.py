"""`infragraph destroy`: an environment removed from its cloud."""

from typing import Annotated

import typer

from infragraph.cli.boto import demand_boto
from infragraph.cli.choices import demand
from infragraph.cli.deploy import Cloud, Environment
from infragraph.cli.options import App, Folder, Python
from infragraph.usecases.generators import CLOUDS

HELP = """Remove an environment of infragraph.yaml from its cloud.

First it says what stays: what holds data outlives its environment, but for previews, of which
nothing stays. Then it asks for the environment's name.

\b
Exit codes: 0 removed, or nothing was there, 1 declined or failed, 2 usage, configuration or system,
3 a bug of ours.

\b
Examples:
  infragraph destroy aws --env staging
  infragraph destroy aws --env pr-123 --yes
"""


def destroy(  # noqa: PLR0913 - one parameter an option
    what: Cloud,
    path: Folder = ".",
    *,
    env: Environment = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask; of previews alone, which hold nothing.")
    ] = False,
    app: App = None,
    python: Python = None,
) -> None:
    """An environment that is there no more."""
    demand("destroy", what, tuple(CLOUDS))
    from infragraph.cli.deploy_request import Request  # noqa: PLC0415 - not for --help

    request = Request(
        what=what, path=path, environment=env, application=app, python=python, is_confirmed=yes
    )
    if what == "aws":
        demand_boto()
        from infragraph.cli.destroying import run  # noqa: PLC0415 - one cloud a run

        raise typer.Exit(run(request))
    from infragraph.cli.destroying_gcp import run as run_gcp  # noqa: PLC0415

    raise typer.Exit(run_gcp(request))
