"""`infragraph query`: short questions on the graph."""

from typing import Annotated, NamedTuple

import typer

from infragraph.cli.choices import completion, demand, metavar
from infragraph.cli.options import App, Folder, Python

HELP = """Ask a short question on the graph of an application.

A NAME is a node's id, such as topic:orders, or its name where only one thing is called so.

Exit codes: 0 something was found, 1 nothing was, 2 usage, configuration or system,
3 a bug of ours.

\b
Examples:
  infragraph query producers orders
  infragraph query consumers topic:orders services/shop
  infragraph query impact database:accounts --format json
  infragraph query path service:orders service:emails
  infragraph query unused
  infragraph query cycles
"""

PRODUCERS = """Say who publishes to a topic, and where.

\b
Examples:
  infragraph query producers orders
  infragraph query producers orders --format json
"""

CONSUMERS = """Say which subscriptions a topic delivers to.

\b
Examples:
  infragraph query consumers orders
"""

IMPACT = """List everything downstream of a node, each with a shortest way there.

The way follows what is published, delivered, called and used. From a service it begins with what
the service owns, from a database, bucket or secret with those who read it.

\b
Examples:
  infragraph query impact topic:orders
  infragraph query impact service:orders
  infragraph query impact database:accounts
"""

PATH = """Show a shortest way by which one node leads to another.

\b
Examples:
  infragraph query path endpoint:orders/place subscription:orders/ship
  infragraph query path service:orders service:emails
"""

UNUSED = """List what is declared and used by nobody, with the reason.

That is: databases, buckets and secrets that nothing uses, topics that nobody subscribes to,
subscriptions that nothing is published for, private endpoints that nothing calls, empty services.

\b
Examples:
  infragraph query unused
  ! infragraph query unused     in a script: fails where something is
"""

CYCLES = """Show what leads back to itself: for all that is entangled, a shortest way round.

\b
Examples:
  infragraph query cycles
  ! infragraph query cycles     in a script: fails where something is
"""

FORMATS = ("text", "json")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The id or name of a node.")]
Topic = Annotated[str, typer.Argument(metavar="TOPIC", help="The name or id of a topic.")]
Target = Annotated[str, typer.Argument(metavar="TARGET", help="Where the way ends.")]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar=metavar(FORMATS),
        autocompletion=completion(FORMATS),
        help="text for people, json for programs.",
    ),
]


class Options(NamedTuple):
    """What every question is given beside its names."""

    path: str
    form: str
    application: str | None
    python: str | None


def questions() -> typer.Typer:
    """One command a question, so that each has its own help and completion."""
    group = typer.Typer(help=HELP, rich_markup_mode=None, no_args_is_help=True)
    group.command("producers", help=PRODUCERS, short_help="Who publishes to a topic.")(producers)
    group.command("consumers", help=CONSUMERS, short_help="Who subscribes to a topic.")(consumers)
    group.command("impact", help=IMPACT, short_help="Everything downstream of a node.")(impact)
    group.command("path", help=PATH, short_help="A way from one node to another.")(path)
    group.command("unused", help=UNUSED, short_help="What is declared and not used.")(unused)
    group.command("cycles", help=CYCLES, short_help="What leads back to itself.")(cycles)
    return group


def producers(
    topic: Topic,
    where: Folder = ".",
    *,
    form: Form = "text",
    app: App = None,
    python: Python = None,
) -> None:
    """Who publishes to a topic."""
    _ask("producers", (topic,), Options(where, form, app, python))


def consumers(
    topic: Topic,
    where: Folder = ".",
    *,
    form: Form = "text",
    app: App = None,
    python: Python = None,
) -> None:
    """Who subscribes to a topic."""
    _ask("consumers", (topic,), Options(where, form, app, python))


def impact(
    name: Name, where: Folder = ".", *, form: Form = "text", app: App = None, python: Python = None
) -> None:
    """Everything downstream of a node."""
    _ask("impact", (name,), Options(where, form, app, python))


def path(  # noqa: PLR0913 - one parameter an option
    name: Name,
    target: Target,
    where: Folder = ".",
    *,
    form: Form = "text",
    app: App = None,
    python: Python = None,
) -> None:
    """A way from one node to another."""
    _ask("path", (name, target), Options(where, form, app, python))


def unused(
    where: Folder = ".", *, form: Form = "text", app: App = None, python: Python = None
) -> None:
    """What is declared and used by nobody."""
    _ask("unused", (), Options(where, form, app, python))


def cycles(
    where: Folder = ".", *, form: Form = "text", app: App = None, python: Python = None
) -> None:
    """What leads back to itself."""
    _ask("cycles", (), Options(where, form, app, python))


def _ask(question: str, names: tuple[str, ...], options: Options) -> None:
    demand("--format", options.form, FORMATS)
    from infragraph.cli.asking import ask  # noqa: PLC0415 - `--help` needs none of it

    raise typer.Exit(ask(question, names, options))
