"""`infragraph generate`: what an environment needs to run the application."""

from typing import Annotated

import typer

from infragraph.cli.choices import completion, demand, metavar
from infragraph.cli.options import App, Folder, Python
from infragraph.usecases.generators import BOILERPLATE, CLOUDS, PARTS

GENERATORS = (*CLOUDS, *BOILERPLATE)

_PURPOSES = "\n".join(f"  {name:<12} {purpose}" for name, purpose in PARTS.items())
_KINDS = "\n".join(f"  {name:<12} {purpose}" for name, purpose in {**CLOUDS, **BOILERPLATE}.items())

HELP = f"""Generate what an environment of infragraph.yaml needs, offline.

\b
WHAT is one of:
{_KINDS}

A list of the files is written with them, and is to be committed. A file that was changed by hand,
or that somebody else put there, is left as it is, and the new text has '.new' behind its name.
Nothing is written while the application has errors.

\b
Parts of an environment, for --only:
{_PURPOSES}

Exit codes: 0 written, 1 findings, or a file of --check is stale, 2 usage, configuration or system,
3 a bug of ours.

\b
Examples:
  infragraph generate aws --env prod
  infragraph generate aws --env pr-123 --output build/aws
  infragraph generate aws --env prod --only iam,config
  infragraph generate gcp services/shop --env live --check
  infragraph generate docker
"""


def _environments(context: typer.Context, incomplete: str) -> list[str]:
    from infragraph.cli.completing import environments  # noqa: PLC0415 - completion's alone

    # An option that waits for its value keeps the words before it from being arguments.
    what, path = [*context.args, *(context.params.get(name) for name in ("what", "path"))][:2]
    return environments(path, what, incomplete)


def generate(  # noqa: PLR0913 - one parameter an option
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", autocompletion=completion(GENERATORS), help=f"{metavar(GENERATORS)}."
        ),
    ],
    path: Folder = ".",
    *,
    env: Annotated[
        str | None,
        typer.Option(
            metavar="ENV",
            autocompletion=_environments,
            help="The environment, one of infragraph.yaml or one that a pattern there serves.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            help="The folder to write to, in the project; of a cloud else deploy/WHAT/ENV.",
        ),
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            metavar="PARTS",
            autocompletion=completion(tuple(PARTS)),
            help="Parts to generate, joined by commas; the others stay as they are.",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit 1 with a diff if a file is stale."),
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite also what was changed by hand, or is not ours."),
    ] = False,
    app: App = None,
    python: Python = None,
) -> None:
    """What an environment needs."""
    demand("generate", what, GENERATORS)
    parts = None if only is None else tuple(part.strip() for part in only.split(","))
    for part in parts or ():
        demand("--only", part, tuple(PARTS))
    from infragraph.cli.generation import Request  # noqa: PLC0415 - `--help` needs none of it

    request = Request(
        what=what,
        path=path,
        environment=env,
        output=output,
        only=parts,
        is_check=check,
        is_forced=force,
        application=app,
        python=python,
    )
    if what in CLOUDS:
        from infragraph.cli.generating import run  # noqa: PLC0415 - one of the two a run

        raise typer.Exit(run(request))
    from infragraph.cli.owning import run as run_for_owners  # noqa: PLC0415

    raise typer.Exit(run_for_owners(request))
