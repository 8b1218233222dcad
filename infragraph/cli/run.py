"""`infragraph run`: the whole application on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from infragraph.cli.choices import completion, demand, metavar
from infragraph.cli.options import App, Folder

_NSQ = "nsq"

BROKERS = ("nats", _NSQ, "memory")

HELP = """Run the whole application on this machine, with its infrastructure.

\b
A real broker (NATS JetStream), a real PostgreSQL with the migrations applied, crons on time, every
service in a process of its own, and one port for all of them; no container and no account. What is
kept between runs lies in .infragraph/ below PATH. On each save the services that it concerns are
replaced; a change with an error is only shown, and the version before it goes on serving.

\b
The dashboard shows traces, messages, dead letters, crons, databases and logs as they happen. Its
address opens it once, in one browser; .infragraph/dashboard.json always holds a fresh one.

\b
--broker nsq runs on nsqd instead, found on PATH or in INFRAGRAPH_NSQD, or on the one that
--nsqd-address names. NSQ keeps no order and drops no duplicate: what the application asks of
that is told by name.

\b
It needs infragraph-cli[local]. Secrets are read from .env.infragraph, a NAME=value on each line,
or from the environment.

Exit codes: 0 ended by Ctrl-C, 1 it did not start, 2 usage, configuration or system,
3 a bug of ours.

\b
Examples:
  infragraph run
  infragraph run services/shop --port 8000
  infragraph run --broker memory --single-process
  infragraph run --broker nsq --nsqd-address 127.0.0.1:4150
"""


def run(  # noqa: PLR0913 - one parameter an option
    path: Folder = ".",
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The gateway's port.")] = 4000,
    dashboard_port: Annotated[
        int, typer.Option(min=0, max=65535, help="The dashboard's port.")
    ] = 9400,
    broker: Annotated[
        str,
        typer.Option(
            metavar=metavar(BROKERS),
            autocompletion=completion(BROKERS),
            help="What carries messages.",
        ),
    ] = "nats",
    nsqd_address: Annotated[
        str | None,
        typer.Option(
            "--nsqd-address",
            metavar="HOST:PORT",
            help="The TCP address of an nsqd that runs, for --broker nsq.",
        ),
    ] = None,
    postgres_bin: Annotated[
        Path | None,
        typer.Option(
            "--postgres-bin", metavar="DIR", help="The folder with PostgreSQL's programs."
        ),
    ] = None,
    single_process: Annotated[
        bool, typer.Option("--single-process", help="All services in one process.")
    ] = False,
    no_reload: Annotated[
        bool, typer.Option("--no-reload", help="Do not replace services on a save.")
    ] = False,
    app: App = None,
) -> None:
    """The application on this machine."""
    demand("--broker", broker, BROKERS)
    # `--help` needs none of it.
    from infragraph.cli.exits import stop  # noqa: PLC0415

    if nsqd_address is not None and broker != _NSQ:
        stop(f"--nsqd-address is for --broker nsq, and the broker is '{broker}'")
    try:
        from infragraph.cli.running import Request, run_locally  # noqa: PLC0415
    except ModuleNotFoundError as error:
        stop(f"'{error.name}' is not installed: install 'infragraph-cli[local]'")
    request = Request(
        path=Path(path),
        application=app,
        port=port,
        dashboard_port=dashboard_port,
        broker=broker,
        nsqd=nsqd_address,
        postgres=postgres_bin,
        is_single=single_process,
        reloads=not no_reload,
    )
    raise typer.Exit(run_locally(request))
