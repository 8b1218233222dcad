"""`infragraph export`: documents about the graph."""

from typing import Annotated

import typer

from infragraph.cli.choices import completion, demand, metavar
from infragraph.cli.options import App, Folder, Python, SourceUrl
from infragraph.formats.tables import ALL_EXPORTS, names

EXPORTS = names(ALL_EXPORTS)

FORMS = tuple(sorted({form for one in ALL_EXPORTS for form in one.forms}))

TARGETS = ("aws", "gcp")

_PURPOSES = "\n".join(f"  {one.name:<12} {one.purpose}" for one in ALL_EXPORTS)

_FIRST = EXPORTS[0]

HELP = f"""Write documents about an application from its graph.

\b
WHAT is one of:
{_PURPOSES}

Into a folder with --output; on standard output each document stands below a line with its name.

Exit codes: 0 written, 1 a file of --check is stale, 2 usage, configuration or system,
3 a bug of ours.

\b
Examples:
  infragraph export {_FIRST}
  infragraph export {_FIRST} services/shop --output docs/{_FIRST}
  infragraph export {_FIRST} --output docs/{_FIRST} --check
"""


def export(  # noqa: PLR0913 - one parameter an option
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", autocompletion=completion(EXPORTS), help=f"{metavar(EXPORTS)}."
        ),
    ],
    path: Folder = ".",
    *,
    output: Annotated[
        str, typer.Option(metavar="DIR|-", help="The folder to write to; - is standard output.")
    ] = "-",
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit 1 with a diff if a file is stale."),
    ] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=metavar(FORMS),
            autocompletion=completion(FORMS),
            help="The form of the documents, where WHAT has several; the first unless given.",
        ),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            metavar=metavar(TARGETS),
            autocompletion=completion(TARGETS),
            help="The cloud whose bindings are described, where WHAT has any.",
        ),
    ] = None,
    source_url: SourceUrl = None,
    app: App = None,
    python: Python = None,
) -> None:
    """Documents about the application."""
    demand("export", what, EXPORTS)
    if form is not None:
        _demand_form(what, form)
    if target is not None:
        demand("--target", target, TARGETS)
        _demand_bindings(what)
    from infragraph.cli.exporting import Request, run  # noqa: PLC0415 - `--help` needs none of it

    request = Request(
        what=what,
        form=form,
        path=path,
        output=output,
        is_check=check,
        target=target,
        source_url=source_url,
        application=app,
        python=python,
    )
    raise typer.Exit(run(request))


def _demand_form(what: str, form: str) -> None:
    """Ends the run where there is no such form of these documents."""
    (forms,) = (one.forms for one in ALL_EXPORTS if one.name == what)
    if forms:
        demand("--format", form, forms)
        return
    from infragraph.cli.exits import stop  # noqa: PLC0415 - `--help` needs none of it

    stop(f"'{what}' has one form alone; leave out --format")


def _demand_bindings(what: str) -> None:
    """Ends the run where these documents say nothing of a cloud."""
    bound = tuple(one.name for one in ALL_EXPORTS if one.has_bindings)
    if what in bound:
        return
    from infragraph.cli.exits import stop  # noqa: PLC0415 - `--help` needs none of it

    stop(f"'{what}' describes no cloud's bindings; leave out --target, or export {metavar(bound)}")
