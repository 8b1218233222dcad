"""`infragraph analyze`: options, and what is done with them elsewhere."""

from typing import TYPE_CHECKING, Annotated

import typer

from infragraph.cli.asked import FORMATS, TARGET_NAMES, is_count
from infragraph.cli.at_once import run_once
from infragraph.cli.choices import completion, demand, metavar
from infragraph.cli.options import App, Folder, Python

if TYPE_CHECKING:
    from infragraph.cli.request import Request

HELP = """Analyze an application: its graph of producers, topics and consumers, and what is wrong.

Nothing of the application is imported or run.

\b
Exit codes: 0 clean, 1 findings, 2 usage, configuration or system, 3 a bug of ours.

Ctrl-C ends a run with '--watch', and the exit code is 0.

\b
Examples:
  infragraph analyze
  infragraph analyze services/shop --strict
  infragraph analyze --format json --output graph.json
  infragraph analyze --format sarif --output infragraph.sarif
  infragraph analyze --select dead-topic,IG3102
  infragraph analyze --watch
  infragraph analyze --timings
"""


TARGETS = "Check against this, instead of the targets that infragraph.yaml names."


def analyze(  # noqa: PLR0913 - one parameter an option
    path: Folder = ".",
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
    python: Python = None,
    app: App = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Read everything anew, and remember nothing.")
    ] = False,
    cache_dir: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Where results are kept, instead of the user's cache."),
    ] = None,
    jobs: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help="How many processes read files, by default one a core; no result depends on it.",
        ),
    ] = None,
    timings: Annotated[
        bool,
        typer.Option(
            "--timings",
            help="Say on standard error, after the report, where the time went, stage by stage.",
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help="Go on, and show after each change what has changed; Ctrl-C ends it.",
        ),
    ] = False,
) -> None:
    """What the application consists of, and what is wrong with it."""
    demand("--format", form, FORMATS)
    for one in target or ():
        demand("--target", one, TARGET_NAMES)
    if jobs is not None and not is_count(jobs):
        from infragraph.cli.exits import stop  # noqa: PLC0415 - only who is wrong needs it

        stop(f"--jobs takes a number from 1 on, and not '{jobs}'")
    from infragraph.cli.request import Request  # noqa: PLC0415 - `--help` needs none of it

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
        cache_dir=cache_dir,
        jobs=None if jobs is None else int(jobs),
        has_timings=timings,
    )
    raise typer.Exit(_watched(request) if watch else run_once(request))


def _watched(request: "Request") -> int:
    from infragraph.cli.watching import watch  # noqa: PLC0415
    from infragraph.usecases.compiling import compile_application  # noqa: PLC0415

    return watch(request, compile_application)
