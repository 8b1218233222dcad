"""A graph as what AWS must hold for it.

    each node ──plan_<kind>──▶ pieces ──summed──▶ plan ──checked──▶ plan, diagnostics

What no cloud, or not this one, can give to a declaration is told by `portability`, before a plan is
made of it.
"""

from collections.abc import Callable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph, Node
from infragraph.model.plan import Plan
from infragraph.portability.plans import KIND_UNSUPPORTED
from infragraph.targets.aws.addresses import address
from infragraph.targets.aws.audit import plan_audit
from infragraph.targets.aws.audit_record import plan_audit_record, record_address
from infragraph.targets.aws.bucket import plan_bucket
from infragraph.targets.aws.checks import findings
from infragraph.targets.aws.compute import plan_compute
from infragraph.targets.aws.cron import plan_cron
from infragraph.targets.aws.cron_queue import plan_cron_queue, plan_schedule_group
from infragraph.targets.aws.database import plan_databases
from infragraph.targets.aws.permissions import service_permissions
from infragraph.targets.aws.planned import NOTHING, Planned, summed
from infragraph.targets.aws.secret import plan_secret
from infragraph.targets.aws.shared import Setting
from infragraph.targets.aws.subscription import plan_subscription
from infragraph.targets.aws.topic import plan_topic

TARGET = "aws"


def lower(graph: InfraGraph, environment: Environment) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan, and what is wrong with it; one with an error is not to be carried out."""
    setting = Setting(graph=graph, environment=environment)
    planned = summed(_pieces(setting))
    plan = Plan(
        target=TARGET,
        application=setting.application,
        environment=environment.name,
        layout=environment.layout,
        resources=tuple(sorted(planned.resources, key=lambda resource: resource.address)),
        parameters=tuple(sorted(planned.parameters, key=lambda parameter: parameter.name)),
        permissions=planned.permissions,
        addresses={node: planned.addresses[node] for node in sorted(planned.addresses)},
        audit=record_address(setting),
        outputs={name: planned.outputs[name] for name in sorted(planned.outputs)},
    )
    return plan, (*planned.diagnostics, *findings(setting, plan))


def _pieces(setting: Setting) -> Iterator[Planned]:
    yield plan_compute(setting)
    yield plan_schedule_group(setting)
    yield plan_databases(setting)
    yield plan_audit(setting)
    yield plan_audit_record(setting)
    for node in setting.graph.nodes:
        plan = _BY_KIND.get(node.kind)
        if plan is None:
            subject = f"{node.kind} {node.name!r}"
            found = KIND_UNSUPPORTED.at(node.span, target="AWS", subject=subject)
            yield Planned(diagnostics=(found,))
        else:
            yield plan(setting, node)
        if node.kind in _ADDRESSED:
            yield Planned(addresses={node.id: address(setting, node)})


def _service(setting: Setting, service: Node) -> Planned:
    """What a service has beside its tasks."""
    permissions = service_permissions(setting, service.name)
    return summed((plan_cron_queue(setting, service), Planned(permissions=permissions)))


def _nothing(_setting: Setting, _node: Node) -> Planned:
    return NOTHING


_BY_KIND: Mapping[str, Callable[[Setting, Node], Planned]] = {
    "bucket": plan_bucket,
    "cron": plan_cron,
    # All of an environment are logical ones of one PostgreSQL: see `plan_databases`.
    "database": _nothing,
    # What its service serves, and what is outside of the application.
    "endpoint": _nothing,
    "external": _nothing,
    "secret": plan_secret,
    "service": _service,
    "subscription": plan_subscription,
    "topic": plan_topic,
}

_ADDRESSED = frozenset({"bucket", "cron", "database", "secret", "subscription", "topic"})
