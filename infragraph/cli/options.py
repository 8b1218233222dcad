"""Options that several commands take, with the same words in each."""

from typing import Annotated

import typer

Folder = Annotated[str, typer.Argument(metavar="PATH", help="The folder of the application.")]
App = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Which application, where several lie below PATH."),
]
Python = Annotated[
    str | None,
    typer.Option(
        metavar="PYTHON",
        help="The environment that holds 'libraries', or its Python; never run.",
    ),
]
SourceUrl = Annotated[
    str | None,
    typer.Option(
        metavar="TEMPLATE",
        help="Link to the source: an https address with {path} and {line}.",
    ),
]
