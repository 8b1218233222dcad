"""`infragraph analyze`: options, and what is done with them elsewhere."""

from typing import Annotated

import typer

from infragraph.cli.choices import completion, demand, metavar

HELP = """Analyze an application: its graph of producers, topics and consumers, and what is wrong.

Nothing of the application is imported or run.

\b
Exit codes: 0 clean, 1 findings, 2 usage, configuration or system, 3 a bug of ours.

\b
Examples:
  infragraph analyze
  infragraph analyze services/shop --strict
  infragraph analyze --format json --output graph.json
  infragraph analyze --format sarif --output infragraph.sarif
  infragraph analyze --select dead-topic,IG3102
"""


TARGETS = "Check against this, instead of 'targets' of infragraph.yaml."


FORMATS = ("text", "json", "sarif", "github")

TARGET_NAMES = ("aws", "gcp", "nats", "nsq")


def analyze(  # noqa: PLR0913 - one parameter an option
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="The folder of the application.")
    ] = ".",
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=metavar(FORMATS),
            autocompletion=completion(FORMATS),
            help="text for people, the others for programs.",
        ),
    ] = "text",
    output: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write to this file instead of standard output."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 on warnings too, not on errors alone.")
    ] = False,
    select: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Show these codes or slugs alone.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODES", help="Leave out these codes or slugs.")
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar=metavar(TARGET_NAMES), autocompletion=completion(TARGET_NAMES), help=TARGETS
        ),
    ] = None,
    python: Annotated[
        str | None,
        typer.Option(
            metavar="PYTHON",
            help="The environment that holds 'libraries', or its Python; never run.",
        ),
    ] = None,
    app: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Which application, where several lie below PATH."),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Read everything anew, and remember nothing.")
    ] = False,
    cache_dir: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Where results are kept, instead of the user's cache."),
    ] = None,
) -> None:
    """What the application consists of, and what is wrong with it."""
    demand("--format", form, FORMATS)
    for one in target or ():
        demand("--target", one, TARGET_NAMES)
    from infragraph.cli.collector import leave, paused  # noqa: PLC0415 - `--help` needs none of it

    with paused():
        from infragraph.cli.analysis import Request, run  # noqa: PLC0415
        from infragraph.linking.compile import compile_application  # noqa: PLC0415

        request = Request(
            path=path,
            form=form,
            output=output,
            is_strict=strict,
            select=tuple(select or ()),
            ignore=tuple(ignore or ()),
            targets=tuple(target or ()),
            python=python,
            application=app,
            is_cached=not no_cache,
        )
        del cache_dir  # read from the command line before typer is loaded
        code = run(request, compile_application)
        leave()
    raise typer.Exit(code)
