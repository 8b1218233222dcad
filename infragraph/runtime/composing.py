"""The parts of a process, chosen by its runtime configuration."""

import hmac
import secrets
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from infragraph.runtime import providers
from infragraph.runtime.application import Graph
from infragraph.runtime.auditing.choosing import auditing
from infragraph.runtime.auditing.recording import Inboxes
from infragraph.runtime.brokers.memory_route import memory_routes
from infragraph.runtime.buckets.urls import ObjectUrls
from infragraph.runtime.clock import Clock
from infragraph.runtime.configuration import Configuration, ConfigurationError
from infragraph.runtime.context import service_at_work
from infragraph.runtime.databases.relay import Relay
from infragraph.runtime.http.headers import SERVICE
from infragraph.runtime.identity import Signer
from infragraph.runtime.peers import Peers, SignedProof
from infragraph.runtime.serving import Parts
from infragraph.runtime.tracing import choosing
from infragraph.runtime.tracing.messages import told

SIGNING_KEY = "INFRAGRAPH_SIGNING_KEY"
"""The variable with the key that all services of an environment share."""


@asynccontextmanager
async def composed(
    configuration: Configuration,
    graph: Graph,
    services: Iterable[str],
    variables: Mapping[str, str],
    clock: Clock,
) -> AsyncGenerator[Parts]:
    """A block in which the parts are usable.

    Raises:
        ConfigurationError: what is missing, or what no part exists for.
    """
    services = frozenset(services)
    signer = Signer(key=_signing_key(configuration, graph, services, variables))
    async with (
        choosing.chosen(configuration, services, variables) as spans,
        # Each call has its deadline: a time-out of the client's own would come before it.
        httpx.AsyncClient(timeout=None) as client,  # noqa: S113
        AsyncExitStack() as stack,
    ):
        surroundings = providers.Surroundings(
            configuration=configuration, clock=clock, variables=variables, spans=spans
        )
        databases = await stack.enter_async_context(providers.databases(surroundings))
        signed = SignedProof(signer=signer, clock=clock, header=SERVICE)
        reached = await stack.enter_async_context(providers.reached(surroundings, signed))
        broker = await stack.enter_async_context(told(reached.broker, client, variables))
        inboxes: Inboxes = databases.inbox
        audited = auditing(surroundings, graph, services)
        if audited is not None:
            broker, inboxes = audited.broker(broker), audited.inboxes(inboxes)
        secret_values = await stack.enter_async_context(
            providers.secrets(surroundings, _secrets(graph, services))
        )

        urls = _object_urls(configuration, signer, clock)

        def relay(database: str, service: str) -> Relay:
            return Relay(databases.pool(database, service), broker, configuration, clock)

        yield Parts(
            broker=broker,
            client=client,
            clock=clock,
            signer=signer,
            peers=Peers(
                configuration=configuration,
                proof=reached.proof,
                calls=_calls(graph),
            ),
            spans=spans,
            databases=databases.driver,
            object_stores=providers.object_stores(surroundings, urls),
            routes=(
                *reached.routes,
                *providers.object_routes(surroundings, urls),
                *memory_routes(reached.broker, variables),
            ),
            secrets=secret_values,
            outbox=databases.outbox,
            inboxes=inboxes,
            relays=relay,
        )


def _signing_key(
    configuration: Configuration,
    graph: Graph,
    services: frozenset[str],
    variables: Mapping[str, str],
) -> bytes:
    """Every process of an environment has the same; one that speaks to no other needs none.

    On a cloud only services that call or are called are given it.
    """
    if SIGNING_KEY in variables:
        return variables[SIGNING_KEY].encode()
    is_on_cloud = configuration.provider in {"aws", "gcp"}
    if configuration.provider == "memory" or (is_on_cloud and not _speaks(graph, services)):
        return secrets.token_bytes(32)
    message = (
        f"the variable {SIGNING_KEY} is not set: services show each other who they are by it, "
        "so every process of the environment needs the same one"
    )
    raise ConfigurationError(message)


def _speaks(graph: Graph, services: frozenset[str]) -> bool:
    """Whether a service here calls another, asks it who is calling, or is called or asked."""
    owners = {node: str(it["service"]) for node, it in graph.nodes.items()}
    pairs = {
        (owners[it["source"]], owners[it["target"]])
        for it in graph.edges
        if it["relation"] == "calls"
    }
    knowing = [it["name"] for it in graph.of_kind("service") if it["properties"]["auth_handler"]]
    pairs |= {
        (str(it["service"]), str(name))
        for it in graph.of_kind("endpoint")
        if it["properties"]["access"] == "auth"
        for name in knowing
    }
    return any(one != other and {one, other} & services for one, other in pairs)


def _object_urls(configuration: Configuration, signer: Signer, clock: Clock) -> ObjectUrls:
    def base() -> str:
        return str(configuration.address(f"service:{service_at_work()}")["url"]).rstrip("/")

    # A key of its own: what signs a URL proves nothing between services.
    key = hmac.digest(signer.key, b"objects", "sha256")
    return ObjectUrls(key=key, clock=clock, base=base)


def _secrets(graph: Graph, services: Iterable[str]) -> set[str]:
    """The names of those that something of the services reads."""
    here = frozenset(services)
    return {
        str(graph.nodes[it["target"]]["name"])
        for it in graph.edges
        if it["relation"] == "reads" and str(graph.nodes[it["source"]]["service"]) in here
    }


def _calls(graph: Graph) -> Callable[[str, str], bool]:
    """Whether the graph has an edge from something of a service to an endpoint."""
    owners = {node: str(it["service"]) for node, it in graph.nodes.items()}
    known = {
        (owners[it["source"]], it["target"]) for it in graph.edges if it["relation"] == "calls"
    }

    def calls(service: str, endpoint: str) -> bool:
        return (service, endpoint) in known

    return calls
