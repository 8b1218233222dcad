"""`infragraph diagram`: pictures of the graph."""

from typing import Annotated

import typer

from infragraph.cli.choices import completion, demand, metavar
from infragraph.cli.options import App, Folder, Python, SourceUrl
from infragraph.formats.tables import ALL_FORMATS, names

FORMATS = names(ALL_FORMATS)

VIEWS = ("system", "events", "data", "service:NAME", "topic:NAME")

ENGINES = ("graphviz-pure", "dot")

_DEPTH = 1

_PURPOSES = "\n".join(f"  {one.name:<12} {one.purpose}" for one in ALL_FORMATS)

HELP = f"""Draw the graph of an application.

\b
Views:
  system        services as containers of what they own, with calls and events
  events        producers, topics and subscriptions, with what fails and what goes round
  data          who reads and writes which database, bucket and secret
  service:NAME  a service, and what lies --depth steps around it
  topic:NAME    a topic, and what lies --depth steps around it

\b
Formats:
{_PURPOSES}

Above 60 nodes the system view shows each service as one shape.

Exit codes: 0 drawn, 1 the file of --check is stale, 2 usage, configuration or system,
3 a bug of ours.

\b
Examples:
  infragraph diagram --output docs/system.{FORMATS[0]}
  infragraph diagram --view events --format {FORMATS[-1]}
  infragraph diagram services/shop --view service:orders --depth 2
  infragraph diagram --output docs/system.{FORMATS[0]} --check
"""


def diagram(  # noqa: PLR0913 - one parameter an option
    path: Folder = ".",
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=metavar(FORMATS),
            autocompletion=completion(FORMATS),
            help="How it is drawn.",
        ),
    ] = FORMATS[0],
    view: Annotated[
        str,
        typer.Option(
            metavar=metavar(VIEWS),
            autocompletion=completion(tuple(one.removesuffix("NAME") for one in VIEWS)),
            help="What is drawn.",
        ),
    ] = "system",
    depth: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="STEPS",
            help="How far around a service or topic to look; 1 unless given.",
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            metavar=metavar(ENGINES),
            autocompletion=completion(ENGINES),
            help="The program that lays out; 'dot' is Graphviz as your system has it.",
        ),
    ] = ENGINES[0],
    source_url: SourceUrl = None,
    output: Annotated[
        str, typer.Option(metavar="FILE|-", help="The file to write; - is standard output.")
    ] = "-",
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit 1 with a diff if the file is stale."),
    ] = False,
    app: App = None,
    python: Python = None,
) -> None:
    """A picture of the application."""
    demand("--format", form, FORMATS)
    demand("--engine", engine, ENGINES)
    if depth is not None and ":" not in view:
        _refuse_depth(view)
    from infragraph.cli.drawing import Request, run  # noqa: PLC0415 - `--help` needs none of it

    request = Request(
        path=path,
        form=form,
        view=view,
        depth=_DEPTH if depth is None else depth,
        engine=engine,
        source_url=source_url,
        output=output,
        is_check=check,
        application=app,
        python=python,
    )
    raise typer.Exit(run(request))


def _refuse_depth(view: str) -> None:
    from infragraph.cli.exits import stop  # noqa: PLC0415 - `--help` needs none of it

    stop(f"the view '{view}' is of the whole; leave out --depth, or draw service:NAME")
