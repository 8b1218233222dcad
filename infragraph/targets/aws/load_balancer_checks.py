"""What a load balancer cannot do for an application, found in its routes."""

from collections import Counter
from collections.abc import Iterator

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.targets.aws.load_balancer_problems import (
    LISTENER_WITHOUT_NETWORK,
    PATH_NOT_ROUTABLE,
    TOO_MANY_RULES,
)
from infragraph.targets.aws.load_balancer_routes import routes
from infragraph.targets.aws.load_balancer_rules import MOST_RULES, fault
from infragraph.targets.aws.load_balancer_targets import known_rules
from infragraph.targets.aws.shared import Setting


def findings(setting: Setting) -> Iterator[Diagnostic]:
    exposed = [route for route in routes(setting) if not route.is_private]
    for route in exposed:
        reason = fault(route)
        if reason is not None:
            yield PATH_NOT_ROUTABLE.at(route.span, path=route.path, reason=reason)
    known = known_rules(setting)
    spans = {node.name: node.span for node in setting.graph.nodes if node.kind == "service"}
    if len(known) > MOST_RULES:
        by_service = Counter(rule.service for rule in known)
        largest = max(sorted(by_service), key=lambda name: by_service[name])
        yield TOO_MANY_RULES.at(spans[largest], count=len(known), most=MOST_RULES)
    if setting.environment.listener is not None and setting.environment.network is None:
        place = setting.environment.place("listener")
        yield LISTENER_WITHOUT_NETWORK.at(place, environment=setting.environment.name)
