"""`infragraph new`: an application, a service or a topic to go on with."""

from typing import Annotated

import typer

from infragraph.cli.options import App, Folder

HELP = """Make an application, a service or a topic to go on with.

What is there already is never overwritten.

\b
Examples:
  infragraph new app shop
  infragraph new service payments
  infragraph new topic order-shipped --service orders
"""

APP = """Make an application in a new folder: a service, a topic, and their tests.

\b
Example:
  infragraph new app shop
"""

SERVICE = """Make a service: a package with an endpoint beside those of the other services.

\b
Example:
  infragraph new service payments
"""

TOPIC = """Make a topic: its payload, what publishes to it, and a subscription.

\b
Example:
  infragraph new topic order-shipped --service orders
"""

_NAME = "Lower case words joined by hyphens."

Name = Annotated[str, typer.Argument(metavar="NAME", help=_NAME)]


def makers() -> typer.Typer:
    group = typer.Typer(help=HELP, rich_markup_mode=None, no_args_is_help=True)
    group.command("app", help=APP, short_help="Make an application.")(app)
    group.command("service", help=SERVICE, short_help="Make a service.")(service)
    group.command("topic", help=TOPIC, short_help="Make a topic with a subscription.")(topic)
    return group


def app(
    name: Name,
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="Where the application's folder is made.")
    ] = ".",
) -> None:
    """An application."""
    from infragraph.cli.making import make_application  # noqa: PLC0415 - `--help` needs none of it

    make_application(name, folder)


def service(
    name: Name,
    path: Folder = ".",
    *,
    package: Annotated[
        str | None,
        typer.Option(metavar="PACKAGE", help="Which package it goes into, such as shop.services."),
    ] = None,
    app: App = None,
) -> None:
    """A service."""
    from infragraph.cli.making import make_service  # noqa: PLC0415 - `--help` needs none of it

    make_service(name, path, app, package)


def topic(
    name: Name,
    path: Folder = ".",
    *,
    service: Annotated[
        str | None,
        typer.Option(metavar="SERVICE", help="Which service it belongs to, if there are several."),
    ] = None,
    app: App = None,
) -> None:
    """A topic."""
    from infragraph.cli.making import make_topic  # noqa: PLC0415 - `--help` needs none of it

    make_topic(name, path, app, service)
