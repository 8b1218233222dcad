"""`infragraph deploy`: an environment brought to what the source says."""

from typing import Annotated

import typer

from infragraph.cli.boto import demand_boto
from infragraph.cli.choices import completion, demand, metavar
from infragraph.cli.options import App, Folder, Python
from infragraph.usecases.generators import CLOUDS

FORMATS = ("text", "markdown")

HELP = """Deploy an environment of infragraph.yaml: plan, ask, and carry out in phases.

\b
On AWS, with change sets of CloudFormation:
  infrastructure   all that services need, while none of them changes
  secrets          each has to have a value
  databases        databases and their roles are made, then migrated
  consumers        services that read what others publish
  publishers       all others; what is left over goes
On Google Cloud, by running the generated apply.sh, stage by stage.

A replacement or removal of what holds state stops, unless it is named with --allow-replace. So does
an account or region that the environment does not name. A deployment that stopped goes on where it
was when it is started again.

\b
Exit codes: 0 deployed or planned, 1 findings, refused or failed, 2 usage, configuration or system,
3 a bug of ours.

\b
Examples:
  infragraph deploy aws --env prod --plan
  infragraph deploy aws --env prod --plan --format markdown
  infragraph deploy aws --env prod --image sha256:…
  infragraph deploy aws --env prod --rollback sha256:…
  infragraph deploy aws --env prod --bootstrap --parameter GitHubRepository=acme/shop \\
    --parameter GitHubEnvironment=prod
  infragraph deploy gcp --env live --image REPOSITORY@sha256:… --yes
"""


def _environments(context: typer.Context, incomplete: str) -> list[str]:
    from infragraph.cli.completing import environments  # noqa: PLC0415 - completion's alone

    what, path = [*context.args, *(context.params.get(name) for name in ("what", "path"))][:2]
    return environments(path, what, incomplete)


Environment = Annotated[
    str | None,
    typer.Option(
        metavar="ENV",
        autocompletion=_environments,
        help="The environment, one of infragraph.yaml or one that a pattern there serves.",
    ),
]
Cloud = Annotated[
    str,
    typer.Argument(
        metavar="CLOUD", autocompletion=completion(tuple(CLOUDS)), help=f"{metavar(tuple(CLOUDS))}."
    ),
]


def deploy(  # noqa: PLR0913 - one parameter an option
    what: Cloud,
    path: Folder = ".",
    *,
    env: Environment = None,
    image: Annotated[
        str | None,
        typer.Option(
            metavar="DIGEST", help="The image, by its digest; else the one that runs already."
        ),
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Show what would change, and end.")] = False,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=metavar(FORMATS),
            autocompletion=completion(FORMATS),
            help="How the plan is shown; Markdown is for a pull request.",
        ),
    ] = "text",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it begins.")] = False,
    allow_replace: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="A resource, by its logical id, whose state may be lost; once for each.",
        ),
    ] = None,
    rollback: Annotated[
        str | None,
        typer.Option(metavar="DIGEST", help="Go back to the services of this image."),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="A parameter of the template; once for each."),
    ] = None,
    bootstrap: Annotated[
        bool,
        typer.Option("--bootstrap", help="Make what an account on AWS has before any environment."),
    ] = False,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TYPE", help="Leave out a type that an emulator lacks; once for each."
        ),
    ] = None,
    app: App = None,
    python: Python = None,
) -> None:
    """An environment as the source has it."""
    demand("deploy", what, tuple(CLOUDS))
    demand("--format", form, FORMATS)
    from infragraph.cli.deploy_request import Request, parameters  # noqa: PLC0415 - not for --help

    request = Request(
        what=what,
        path=path,
        environment=env,
        application=app,
        python=python,
        image=image,
        rollback=rollback,
        is_plan=plan,
        form=form,
        is_confirmed=yes,
        allowed=tuple(allow_replace or ()),
        parameters=parameters(parameter or ()),
        is_bootstrap=bootstrap,
        left_out=frozenset(without or ()),
    )
    if what == "aws":
        demand_boto()
        from infragraph.cli.deploying import run  # noqa: PLC0415 - one cloud a run

        raise typer.Exit(run(request))
    from infragraph.cli.deploying_gcp import run as run_gcp  # noqa: PLC0415

    raise typer.Exit(run_gcp(request))
