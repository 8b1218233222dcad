"""`infragraph serve`."""

import argparse
import asyncio
import os
import socket
import sys

from infragraph.runtime.application import load_services
from infragraph.runtime.command_places import given_configuration, given_graph
from infragraph.runtime.logs import log_to
from infragraph.runtime.loops import new_loop
from infragraph.runtime.running import serve
from infragraph.runtime.server import bound
from infragraph.runtime.serving import Plan
from infragraph.runtime.starting import StartError
from infragraph.runtime.tracing.choosing import trace_ids


def serve_services(options: argparse.Namespace) -> int:
    """Serve until the process is told to end; gives the exit code."""
    log_to(trace_ids=trace_ids(os.environ))
    configuration, graph = given_configuration(options), given_graph(options)
    plan = Plan(
        services=load_services(graph, options.service, options.root.resolve()),
        graph=graph,
        configuration=configuration,
        serves=options.role in ("api", "all"),
        consumes=options.role in ("worker", "all"),
        grace=options.grace,
        patience=options.patience,
    )
    with _listening(options) as listening, asyncio.Runner(loop_factory=new_loop()) as runner:
        return runner.run(
            serve(
                plan,
                listening,
                os.environ,
                lambda: _tell(options.ready_fd),
                max_connections=options.max_connections,
                # Before it is ready, whoever else has the socket is to answer.
                answers_early=options.fd is None,
            )
        )


def _listening(options: argparse.Namespace) -> socket.socket:
    if options.fd is not None:
        return socket.socket(fileno=options.fd)
    try:
        return bound(options.host, options.port)
    except OSError as error:
        message = f"port {options.port} of {options.host} cannot be listened on: {error.strerror}"
        raise StartError(message) from error


def _tell(descriptor: int | None) -> None:
    """Whoever started this process learns that it is ready, and which files it has loaded."""
    if descriptor is None:
        return
    files = sorted({str(it.__file__) for it in [*sys.modules.values()] if _has_file(it)})
    with os.fdopen(descriptor, "w", encoding="utf-8") as told:
        told.write("\n".join(files))


def _has_file(module: object) -> bool:
    return isinstance(getattr(module, "__file__", None), str)
