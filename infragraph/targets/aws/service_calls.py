"""Which service calls which, in whatever process each of them runs."""

from functools import lru_cache

from infragraph.targets.aws.shared import Setting


@lru_cache(maxsize=1)
def calls_between(setting: Setting) -> tuple[tuple[str, str], ...]:
    """Pairs of a caller and the service it calls, sorted, without calls within a service.

    A service with endpoints that ask who is calling asks the service of the auth handler.
    """
    graph = setting.graph
    nodes = {node.id: node for node in graph.nodes}
    pairs = {
        (nodes[edge.source].service, nodes[edge.target].service)
        for edge in graph.edges
        if edge.relation == "calls" and nodes[edge.target].kind == "endpoint"
    }
    authenticating = next(
        (it.name for it in graph.nodes if it.kind == "service" and it.properties["auth_handler"]),
        None,
    )
    pairs |= {
        (node.service, authenticating)
        for node in graph.nodes
        if node.kind == "endpoint" and node.properties["access"] == "auth"
    }
    return tuple(
        sorted(
            (caller, called)
            for caller, called in pairs
            if caller is not None and called is not None and caller != called
        )
    )
