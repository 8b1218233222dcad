"""A service within a program that starts by itself: what `infragraph.running` enters."""

import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from infragraph.runtime.application import GRAPH_FILE, load_services, read_graph
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.configuration import ConfigurationError, read_configuration
from infragraph.runtime.context import program_of

CONFIG = "INFRAGRAPH_CONFIG"
GRAPH = "INFRAGRAPH_GRAPH"
"""The variable that names the graph, where it does not lie beside the configuration."""


@asynccontextmanager
async def carried_here(service: str, *, consume: bool) -> AsyncGenerator[None]:
    """A block in which verbs work as the service's; its subscriptions receive if it is to consume.

    Endpoints and crons stay the program's own to serve and to call. At the end of the block what is
    being handled is finished first.

    Raises:
        ConfigurationError: nothing says where things are, or what carries them is not installed.
        ApplicationError: the graph has no such service, or is of another state of the source.
    """
    try:
        # What a program that only declares does not have.
        from infragraph.runtime.composing import composed  # noqa: PLC0415
        from infragraph.runtime.serving import Plan, carried  # noqa: PLC0415
    except ModuleNotFoundError as error:
        message = f"{error.name!r} is not installed: install 'infragraph-cli[runtime]'"
        raise ConfigurationError(message) from error
    path = _configured(os.environ)
    graph_path = Path(os.environ.get(GRAPH) or path.parent / GRAPH_FILE)
    configuration = read_configuration(path, os.environ)
    graph = read_graph(graph_path)
    plan = Plan(
        services=load_services(graph, (service,), graph_path.parent.resolve()),
        graph=graph,
        configuration=configuration,
        serves=False,
        consumes=consume,
    )
    clock = SystemClock()
    async with (
        composed(configuration, graph, plan.services, os.environ, clock) as parts,
        carried(plan, parts),
    ):
        with program_of(service):
            yield


def _configured(variables: Mapping[str, str]) -> Path:
    if CONFIG not in variables:
        message = f"name the runtime configuration in the variable {CONFIG}"
        raise ConfigurationError(message)
    return Path(variables[CONFIG])
