"""The commands of a running service: `serve`, `cron`, `healthcheck`, `db bootstrap|migrate`.

They are parsed here and not by the compiler's command line, whose libraries an image that only
serves does not have. Each loads what it needs when it is run.
"""

import argparse
import http.client
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from infragraph.runtime.application import GRAPH_FILE, ApplicationError
from infragraph.runtime.configuration import ConfigurationError
from infragraph.runtime.starting import StartError

# argparse has no public name for what commands are added to.
_Commands = Any

PORT = "PORT"
CONFIG = "INFRAGRAPH_CONFIG"
DEBUG = "INFRAGRAPH_DEBUG"
"""The variable that asks for tracebacks, by `1`."""

_DEFAULT_PORT = 8080
_FAILED = 1
_USAGE = 2
_HEALTH_SECONDS = 3


def run(arguments: Sequence[str]) -> int:
    """Run one command; gives the exit code."""
    options = parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except StartError as error:
        return _told(arguments, error, _FAILED)
    except (ConfigurationError, ApplicationError, OSError) as error:
        return _told(arguments, error, _USAGE)


def _told(arguments: Sequence[str], error: Exception, code: int) -> int:
    if os.environ.get(DEBUG) == "1":
        traceback.print_exception(error)
    words = [word for word in arguments[:2] if arguments[0] == "db" or word == arguments[0]]
    sys.stderr.write(f"infragraph {' '.join(words)}: {error}\n")
    return code


def parser() -> argparse.ArgumentParser:
    """What reads a command line of theirs; `run` of what it gives is the command."""
    made = argparse.ArgumentParser(prog="infragraph", allow_abbrev=False)
    commands = made.add_subparsers(required=True)
    _add_serve(commands)
    _add_cron(commands)
    databases = commands.add_parser("db", help="prepare databases")
    verbs = databases.add_subparsers(required=True)
    _add_bootstrap(verbs)
    _add_migrate(verbs)
    _add_healthcheck(commands)
    return made


def _add_serve(commands: _Commands) -> None:
    serve = commands.add_parser(
        "serve",
        help="serve services of the application",
        description="Serve services of the application until SIGTERM: HTTP, messages, crons.",
        epilog="Exit codes: 0 drained, 1 it did not start or something was interrupted, "
        f"2 usage or configuration. {DEBUG}=1 shows where an error comes from.",
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
    serve.add_argument(
        "--patience",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="how long a broker that is away at the start is waited for (%(default)g)",
    )
    serve.add_argument(
        "--max-connections",
        type=int,
        default=1000,
        metavar="N",
        help="requests beyond so many open connections are answered by 503 (%(default)d)",
    )
    serve.set_defaults(run=_serve)


def _add_cron(commands: _Commands) -> None:
    cron = commands.add_parser(
        "cron",
        help="run a cron once, in this process",
        description="Run a cron once, in this process: what a schedule starts as a task.",
        epilog="Exit codes: 0 it ran, 1 it failed or was interrupted, 2 usage or configuration.",
    )
    cron.add_argument("name", metavar="NAME", help="the cron's name")
    _add_places(cron)
    cron.set_defaults(run=_cron)


def _add_bootstrap(verbs: _Commands) -> None:
    bootstrap = verbs.add_parser(
        "bootstrap",
        help="make databases, roles and rights that are missing",
        description="Make databases, the roles of services and their rights, where they are "
        "missing. INFRAGRAPH_DATABASE_ADMINISTRATOR says who logs in to do so.",
        epilog="Exit codes: 0 all is there, 1 the server refused, 2 usage or configuration.",
    )
    _add_places(bootstrap)
    _add_database(bootstrap)
    bootstrap.set_defaults(run=_bootstrap)


def _add_migrate(verbs: _Commands) -> None:
    migrate = verbs.add_parser(
        "migrate",
        help="run the migrations that databases have not seen",
        description="Run the migrations that the application's databases have not seen.",
        epilog="Exit codes: 0 all were run, 1 one failed, 2 usage or configuration.",
    )
    _add_places(migrate)
    _add_database(migrate)
    migrate.add_argument(
        "--service", metavar="NAME", help="the databases that this service migrates alone"
    )
    migrate.set_defaults(run=_migrate)


def _add_healthcheck(commands: _Commands) -> None:
    health = commands.add_parser(
        "healthcheck",
        help="ask whether the service in this container lives",
        description="Ask whether the service that listens on this machine lives.",
    )
    health.add_argument("--port", type=int, default=int(os.environ.get(PORT, _DEFAULT_PORT)))
    health.set_defaults(run=_healthcheck)


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


def _add_database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--database",
        metavar="NAME",
        action="append",
        default=[],
        help="this database alone; may be given several times",
    )


def _serve(options: argparse.Namespace) -> int:
    from infragraph.runtime.command_serve import serve_services  # noqa: PLC0415 - see above

    return serve_services(options)


def _cron(options: argparse.Namespace) -> int:
    from infragraph.runtime.command_cron import run_one  # noqa: PLC0415 - as above

    return run_one(options)


def _bootstrap(options: argparse.Namespace) -> int:
    from infragraph.runtime.command_databases import bootstrap  # noqa: PLC0415 - as above

    return bootstrap(options)


def _migrate(options: argparse.Namespace) -> int:
    from infragraph.runtime.command_databases import migrate  # noqa: PLC0415 - as above

    return migrate(options)


def _healthcheck(options: argparse.Namespace) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", options.port, timeout=_HEALTH_SECONDS)
    try:
        connection.request("GET", "/__infragraph/live")
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()
