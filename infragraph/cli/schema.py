"""`infragraph schema`: the JSON Schemas of what is printed and of what is read."""

from typing import Annotated, Literal, cast

import typer

from infragraph.cli.choices import completion, demand, metavar

HELP = """Print a JSON Schema.

\b
Examples:
  infragraph schema graph     of what 'analyze --format json' prints
  infragraph schema query     of what 'query … --format json' prints
  infragraph schema config    of infragraph.yaml, for editors
  infragraph schema runtime   of infragraph.runtime.<env>.json, which services read
"""


NAMES = ("graph", "query", "config", "runtime")


def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar=metavar(NAMES),
            autocompletion=completion(NAMES),
            help="The graph or an answer as JSON, infragraph.yaml, or what services read.",
        ),
    ],
) -> None:
    """A JSON Schema."""
    demand("schema", name, NAMES)
    from infragraph.cli.output import show  # noqa: PLC0415 - `--help` needs none of it
    from infragraph.schemas import schema_text  # noqa: PLC0415

    show(schema_text(cast("Literal['graph', 'query', 'config', 'runtime']", name)))
