"""Security groups: each admits the flows that the graph asks for, and no others."""

from collections.abc import Iterator, Mapping

from infragraph.model.plan import (
    Parameter,
    PlannedParameter,
    PlannedResource,
    PlanValue,
)
from infragraph.targets.aws import databases
from infragraph.targets.aws.exceptions import skipped
from infragraph.targets.aws.names import logical_id
from infragraph.targets.aws.network_flows import (
    DATABASES,
    JOBS,
    LOAD_BALANCER,
    Flow,
    basic_ports,
    flows,
    outward_ports,
)
from infragraph.targets.aws.planned import Planned
from infragraph.targets.aws.shared import (
    Setting,
    database_security_group,
    jobs_security_group,
    load_balancer_security_group,
    service_address,
    service_security_group,
    tags,
    vpc,
)

_ANYWHERE = "0.0.0.0/0"

# Left out, AWS lets everything go anywhere.
_NOWHERE: Mapping[str, PlanValue] = {
    "IpProtocol": "-1",
    "CidrIp": "127.0.0.1/32",
    "Description": "nothing but what is allowed apart",
}
_OPEN_TO_ALL = {"CKV_AWS_260": "port 80 answers with a redirect to https and nothing else"}


def plan_groups(setting: Setting) -> Planned:
    """The groups, and both ends of each flow between two of them."""
    wanted = flows(setting)
    is_shared = setting.environment.listener is not None
    given = PlannedParameter(
        name="ListenerSecurityGroup",
        description="the security group of the existing listener's load balancer",
        pattern="^sg-[0-9a-f]{8,17}$",
    )
    return Planned(
        resources=(
            *_groups(setting, wanted),
            *(end for flow in wanted for end in _ends(flow, is_shared=is_shared)),
        ),
        parameters=(given,) if is_shared and _is_exposed(wanted) else (),
    )


def _groups(setting: Setting, wanted: tuple[Flow, ...]) -> Iterator[PlannedResource]:
    if _is_exposed(wanted) and setting.environment.listener is None:
        yield _group(
            setting,
            "LoadBalancerSecurityGroup",
            "load balancer",
            layer="network",
            ingress=tuple(
                _to(port, f"{name} from anywhere", CidrIp=_ANYWHERE)
                for port, name in ((80, "http"), (443, "https"))
            ),
            notes=skipped(_OPEN_TO_ALL),
        )
    if databases.made(setting):
        yield _group(setting, "DatabasesSecurityGroup", DATABASES, layer="network")
        yield _group(
            setting,
            "DatabaseJobsSecurityGroup",
            JOBS,
            layer="network",
            egress=_out(basic_ports(setting)),
        )
    for node in setting.graph.nodes:
        if node.kind == "service" and setting.environment.is_created(node.id):
            yield _group(
                setting,
                service_address(node.name, "SecurityGroup"),
                f"service {node.name}",
                layer="network",
                service=node.name,
                egress=_out(outward_ports(setting, node.name)),
            )


def _ends(flow: Flow, *, is_shared: bool) -> Iterator[PlannedResource]:
    """The way out of the source and the way into the target; an existing group stays as it is."""
    source, target = _group_id(flow.source, is_shared=is_shared), _group_id(flow.target)
    name = f"{logical_id(_named(flow.source), 'to', _named(flow.target))}{flow.port}"
    origin = tuple(
        f"service:{it}"
        for it in (flow.source, flow.target)
        if it not in {LOAD_BALANCER, DATABASES, JOBS}
    )
    if not (is_shared and flow.source == LOAD_BALANCER):
        yield PlannedResource(
            address=f"{name}Egress",
            type="AWS::EC2::SecurityGroupEgress",
            layer="network",
            origin=origin,
            properties={
                "GroupId": source,
                **_to(flow.port, f"to {flow.target}", DestinationSecurityGroupId=target),
            },
        )
    yield PlannedResource(
        address=f"{name}Ingress",
        type="AWS::EC2::SecurityGroupIngress",
        layer="network",
        origin=origin,
        properties={
            "GroupId": target,
            **_to(flow.port, f"from {flow.source}", SourceSecurityGroupId=source),
        },
    )


def _group(  # noqa: PLR0913 - what a group consists of
    setting: Setting,
    address: str,
    description: str,
    *,
    layer: str,
    service: str | None = None,
    ingress: tuple[PlanValue, ...] = (),
    egress: tuple[PlanValue, ...] = (_NOWHERE,),
    notes: Mapping[str, PlanValue] | None = None,
) -> PlannedResource:
    return PlannedResource(
        address=address,
        type="AWS::EC2::SecurityGroup",
        layer=layer,
        origin=() if service is None else (f"service:{service}",),
        properties={
            "VpcId": vpc(setting),
            "GroupDescription": f"{setting.application} {setting.environment.name}: {description}",
            **({"SecurityGroupIngress": ingress} if ingress else {}),
            "SecurityGroupEgress": egress,
            "Tags": tags(setting, service=service),
        },
        notes=notes or {},
    )


def _out(ports: tuple[int, ...]) -> tuple[PlanValue, ...]:
    return tuple(_to(port, f"to port {port} anywhere", CidrIp=_ANYWHERE) for port in ports)


def _to(port: int, description: str, **end: PlanValue) -> Mapping[str, PlanValue]:
    return {
        "IpProtocol": "tcp",
        "FromPort": port,
        "ToPort": port,
        "Description": description,
        **end,
    }


def _named(name: str) -> str:
    """A service called `load-balancer` is not the load balancer."""
    return name if name in {LOAD_BALANCER, DATABASES, JOBS} else f"{name}-service"


def _group_id(name: str, *, is_shared: bool = False) -> PlanValue:
    if name == LOAD_BALANCER and is_shared:
        return Parameter(name="ListenerSecurityGroup")
    named = {
        LOAD_BALANCER: load_balancer_security_group,
        DATABASES: database_security_group,
        JOBS: jobs_security_group,
    }
    return named[name]() if name in named else service_security_group(name)


def _is_exposed(wanted: tuple[Flow, ...]) -> bool:
    return any(flow.source == LOAD_BALANCER for flow in wanted)
