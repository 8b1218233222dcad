"""The commands of a running service: `serve`, `healthcheck`, `db migrate`.

They are parsed here and not by the compiler's command line, whose libraries an image that only
serves does not have.
"""

import argparse
import asyncio
import http.client
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from infragraph.runtime.application import GRAPH_FILE, ApplicationError, read_graph
from infragraph.runtime.configuration import ConfigurationError, read_configuration

PORT = "PORT"
CONFIG = "INFRAGRAPH_CONFIG"
_DEFAULT_PORT = 8080
_USAGE = 2
_HEALTH_SECONDS = 3


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except (ConfigurationError, ApplicationError, OSError) as error:
        sys.stderr.write(f"infragraph {arguments[0]}: {error}\n")
        return _USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infragraph", allow_abbrev=False)
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser(
        "serve",
        help="serve services of the application",
        description="Serve services of the application until SIGTERM: HTTP, messages, crons.",
        epilog="Exit codes: 0 drained, 1 something was interrupted, 2 usage or configuration.",
    )
    serve.add_argument(
        "--service",
        metavar="NAME",
        action="append",
        required=True,
        help="the service; several are served by one process",
    )
    serve.add_argument(
        "--role",
        choices=("api", "worker", "all"),
        default="all",
        help="api: endpoints; worker: subscriptions and crons; all: both (the default)",
    )
    _add_places(serve)
    serve.add_argument("--host", default="0.0.0.0", help="the address to listen on (%(default)s)")  # noqa: S104 - a container's own network
    serve.add_argument(
        "--port",
        type=int,
        default=int(os.environ.get(PORT, _DEFAULT_PORT)),
        help=f"the port to listen on; {PORT} of the environment, else {_DEFAULT_PORT}",
    )
    serve.add_argument(
        "--fd",
        type=int,
        metavar="N",
        help="listen on the socket with this descriptor, which is bound already",
    )
    serve.add_argument(
        "--ready-fd",
        type=int,
        metavar="N",
        help="write the loaded files to this descriptor, and close it, once all is up",
    )
    serve.add_argument(
        "--grace",
        type=float,
        default=25.0,
        metavar="SECONDS",
        help="how long what is at work has to finish (%(default)g)",
    )
    serve.set_defaults(run=_serve)
    databases = commands.add_parser("db", help="migrate databases")
    verbs = databases.add_subparsers(required=True)
    migrate = verbs.add_parser(
        "migrate",
        help="run the migrations that databases have not seen",
        description="Run the migrations that the application's databases have not seen.",
    )
    _add_places(migrate)
    migrate.set_defaults(run=_migrate)
    health = commands.add_parser(
        "healthcheck",
        help="ask whether the service in this container lives",
        description="Ask whether the service that listens on this machine lives.",
    )
    health.add_argument("--port", type=int, default=int(os.environ.get(PORT, _DEFAULT_PORT)))
    health.set_defaults(run=_healthcheck)
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config",
        type=Path,
        default=os.environ.get(CONFIG),
        metavar="FILE",
        help=f"the runtime configuration; {CONFIG} of the environment unless given",
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the application's folder (the current one)",
    )
    parser.add_argument(
        "--graph",
        type=Path,
        metavar="FILE",
        help=f"the application's graph; {GRAPH_FILE} in its folder unless given",
    )


def _serve(options: argparse.Namespace) -> int:
    # A command that only asks for health loads no server.
    from infragraph.runtime.application import load_services  # noqa: PLC0415
    from infragraph.runtime.logs import log_to  # noqa: PLC0415
    from infragraph.runtime.running import serve  # noqa: PLC0415
    from infragraph.runtime.serving import Plan  # noqa: PLC0415
    from infragraph.runtime.tracing.choosing import trace_ids  # noqa: PLC0415

    log_to(trace_ids=trace_ids(os.environ))
    configuration = read_configuration(_configured(options.config), os.environ)
    graph = read_graph(options.graph or options.root / GRAPH_FILE)
    plan = Plan(
        services=load_services(graph, options.service, options.root.resolve()),
        graph=graph,
        configuration=configuration,
        serves=options.role in ("api", "all"),
        consumes=options.role in ("worker", "all"),
        grace=options.grace,
    )
    with _listening(options) as listening:
        return asyncio.run(serve(plan, listening, os.environ, lambda: _tell(options.ready_fd)))


def _migrate(options: argparse.Namespace) -> int:
    # As above: a command loads what it needs.
    from infragraph.runtime.databases.migrating import migrate_all  # noqa: PLC0415
    from infragraph.runtime.databases.migrations import MigrationError  # noqa: PLC0415
    from infragraph.runtime.databases.pool import static_password  # noqa: PLC0415

    configuration = read_configuration(_configured(options.config), os.environ)
    graph = read_graph(options.graph or options.root / GRAPH_FILE)

    async def migrate() -> None:
        root = options.root.resolve()
        async for done in migrate_all(graph, configuration, root, static_password):
            for file in done.files:
                sys.stdout.write(f"{done.database}: {file}\n")

    try:
        asyncio.run(migrate())
    except MigrationError as error:
        sys.stderr.write(f"infragraph db migrate: {error}\n")
        return 1
    return 0


def _listening(options: argparse.Namespace) -> socket.socket:
    from infragraph.runtime.server import bound  # noqa: PLC0415 - as above

    if options.fd is None:
        return bound(options.host, options.port)
    return socket.socket(fileno=options.fd)


def _tell(descriptor: int | None) -> None:
    """Whoever started this process learns that it is ready, and which files it has loaded."""
    if descriptor is None:
        return
    files = sorted({str(it.__file__) for it in [*sys.modules.values()] if _has_file(it)})
    with os.fdopen(descriptor, "w", encoding="utf-8") as told:
        told.write("\n".join(files))


def _has_file(module: object) -> bool:
    return isinstance(getattr(module, "__file__", None), str)


def _healthcheck(options: argparse.Namespace) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", options.port, timeout=_HEALTH_SECONDS)
    try:
        connection.request("GET", "/__infragraph/live")
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except OSError:
        return 1
    finally:
        connection.close()


def _configured(given: Any) -> Path:
    if given is None:
        message = f"name the runtime configuration by --config, or in the variable {CONFIG}"
        raise ConfigurationError(message)
    return Path(given)
