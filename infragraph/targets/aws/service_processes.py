"""The processes that a service consists of: api and worker apart, or one that is both."""

from dataclasses import dataclass
from functools import lru_cache

from infragraph.model.environment import Size
from infragraph.model.graph import Node
from infragraph.targets.aws import databases
from infragraph.targets.aws.references import is_isolated
from infragraph.targets.aws.service_calls import calls_between
from infragraph.targets.aws.shared import Setting, service_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One role of a service, run as an ECS service of its own; `tasks` is how many at least.

    It `listens` where requests reach it, and `drains` where messages, firings or an outbox do.
    """

    service: Node
    role: str
    listens: bool
    drains: bool
    tasks: int

    @property
    def name(self) -> str:
        """Its part of log streams and families: `orders-api`."""
        return f"{self.service.name}-{self.role}"

    def address(self, suffix: str) -> str:
        return service_address(self.service.name, f"{self.role.capitalize()}{suffix}")


@lru_cache(maxsize=1)
def processes(setting: Setting) -> tuple[Process, ...]:
    """Of all services that are made here, sorted by service, api first.

    A service with nothing to do still runs once, for what it does at start-up.
    """
    return tuple(
        process
        for node in setting.graph.nodes
        if node.kind == "service" and setting.environment.is_created(node.id)
        for process in _of(setting, node)
    )


def _of(setting: Setting, service: Node) -> tuple[Process, ...]:
    listens, drains = _is_asked(setting, service), _drains(setting, service)
    if setting.environment.size is not Size.PRODUCTION:
        both = Process(service=service, role="all", listens=listens, drains=drains, tasks=1)
        return (both,)
    api = Process(service=service, role="api", listens=True, drains=False, tasks=2)
    worker = Process(service=service, role="worker", listens=False, drains=drains, tasks=1)
    if not listens:
        return (worker,)
    return (api, worker) if drains else (api,)


def _is_asked(setting: Setting, service: Node) -> bool:
    """Whether requests reach it: by endpoints, mounts, or an auth handler that others ask."""
    has_endpoint = any(
        node.kind == "endpoint" and node.service == service.name for node in setting.graph.nodes
    )
    is_called = any(called == service.name for _, called in calls_between(setting))
    return has_endpoint or bool(service.properties["mounts"]) or is_called


def _drains(setting: Setting, service: Node) -> bool:
    own = [node for node in setting.graph.nodes if node.service == service.name]
    has_queue = any(
        node.kind == "subscription" or (node.kind == "cron" and not is_isolated(setting, node))
        for node in own
    )
    return has_queue or _relays(setting, service.name)


def _relays(setting: Setting, service: str) -> bool:
    """Whether an outbox of the service may hold messages: its worker is who passes them on.

    The graph does not tell which publishes go through an outbox; those of an entry point that
    queries the database may.
    """
    owned = {node.id for node in databases.owned(setting, service)}
    querying = {edge.source for edge in setting.graph.edges if edge.target in owned}
    return any(
        edge.relation == "publishes" and edge.source in querying for edge in setting.graph.edges
    )
