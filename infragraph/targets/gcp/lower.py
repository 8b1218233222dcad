"""A graph as what Google Cloud must hold for it.

    each node ──plan_<kind>──▶ pieces ──summed──▶ + APIs ──checked──▶ plan, diagnostics

What Google Cloud cannot give to a declaration is told by `portability`, before a plan is made.
"""

from collections.abc import Callable, Iterator, Mapping

from infragraph.diagnostics.diagnostic import Diagnostic
from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph, Node
from infragraph.model.plan import Plan, PlannedParameter, PlannedResource
from infragraph.portability.plans import KIND_UNSUPPORTED
from infragraph.targets.gcp.access import plan_access
from infragraph.targets.gcp.alerts import plan_receiver
from infragraph.targets.gcp.apis import apis
from infragraph.targets.gcp.audit_record import plan_audit_record, record_address
from infragraph.targets.gcp.bindings import plan_rights
from infragraph.targets.gcp.bucket import plan_bucket
from infragraph.targets.gcp.calls import plan_signing_key
from infragraph.targets.gcp.checks import findings
from infragraph.targets.gcp.collector import plan_collector
from infragraph.targets.gcp.cron import plan_cron
from infragraph.targets.gcp.databases import plan_database
from infragraph.targets.gcp.grants import plan_grants
from infragraph.targets.gcp.identities import plan_identities
from infragraph.targets.gcp.instance import plan_instance
from infragraph.targets.gcp.jobs import plan_jobs
from infragraph.targets.gcp.kind_rights import own_rights
from infragraph.targets.gcp.network import plan_network
from infragraph.targets.gcp.planned import NOTHING, Planned, summed
from infragraph.targets.gcp.process import IMAGE
from infragraph.targets.gcp.repository import plan_repository
from infragraph.targets.gcp.secret import plan_secret
from infragraph.targets.gcp.service import plan_service
from infragraph.targets.gcp.setting import TARGET, Setting
from infragraph.targets.gcp.subscribers import plan_subscribers
from infragraph.targets.gcp.subscription import plan_subscription
from infragraph.targets.gcp.topic import plan_topic

_IMAGE = PlannedParameter(
    name=IMAGE.name,
    description="the application's image, by its digest",
    pattern=r"^[a-z0-9][a-z0-9._/:-]*@sha256:[0-9a-f]{64}$",
)


def lower(graph: InfraGraph, environment: Environment) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan, and what is wrong with it; one with an error is not to be carried out."""
    setting = Setting(graph=graph, environment=environment)
    pieces = summed(_pieces(setting))
    planned = summed((pieces, plan_rights(setting, pieces.rights)))
    resources = (*planned.resources, *apis(setting, planned.resources))
    plan = Plan(
        target=TARGET,
        application=setting.application,
        environment=environment.name,
        resources=tuple(sorted(resources, key=_address)),
        parameters=(_IMAGE,),
        permissions=planned.permissions,
        addresses={node: planned.addresses[node] for node in sorted(planned.addresses)},
        audit=record_address(setting),
        outputs={name: planned.outputs[name] for name in sorted(planned.outputs)},
    )
    return plan, (*planned.diagnostics, *findings(setting, plan.resources))


def _pieces(setting: Setting) -> Iterator[Planned]:
    yield plan_network(setting)
    yield plan_identities(setting)
    yield plan_repository(setting)
    yield plan_instance(setting)
    yield plan_collector(setting)
    yield plan_receiver(setting)
    yield plan_signing_key(setting)
    yield plan_audit_record(setting)
    for node in setting.graph.nodes:
        plan = _BY_KIND.get(node.kind)
        if plan is None:
            subject = f"{node.kind} {node.name!r}"
            found = KIND_UNSUPPORTED.at(node.span, target="Google Cloud", subject=subject)
            yield Planned(diagnostics=(found,))
        else:
            yield plan(setting, node)
    yield plan_jobs(setting)
    yield plan_access(setting)
    yield Planned(rights=tuple(own_rights(setting)))
    yield plan_subscribers(setting)
    yield plan_grants(setting)


def _address(resource: PlannedResource) -> str:
    return resource.address


def _nothing(_setting: Setting, _node: Node) -> Planned:
    return NOTHING


_BY_KIND: Mapping[str, Callable[[Setting, Node], Planned]] = {
    "bucket": plan_bucket,
    "cron": plan_cron,
    "database": plan_database,
    "endpoint": _nothing,
    "external": _nothing,
    "secret": plan_secret,
    "service": plan_service,
    "subscription": plan_subscription,
    "topic": plan_topic,
}
