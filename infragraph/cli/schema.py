"""`infragraph schema`: the JSON Schemas of what is printed and of what is read."""

from enum import StrEnum
from typing import Annotated

import typer

HELP = """Print a JSON Schema.

\b
Examples:
  infragraph schema graph     of what 'analyze --format json' prints
  infragraph schema config    of infragraph.yaml, for editors
"""


class Schema(StrEnum):
    GRAPH = "graph"
    CONFIG = "config"


def schema(
    name: Annotated[Schema, typer.Argument(help="The graph as JSON, or infragraph.yaml.")],
) -> None:
    """A JSON Schema."""
    from infragraph.cli.output import show  # noqa: PLC0415 - `--help` needs none of it
    from infragraph.schemas import schema_text  # noqa: PLC0415

    show(schema_text(name.value))
