"""Plans whose addresses are complete, as a cloud's would be for a graph."""

from collections.abc import Mapping, Sequence

from infragraph.model.environment import Environment
from infragraph.model.graph import InfraGraph, Node
from infragraph.model.plan import Attribute, Joined, Parameter, Plan, PlanValue

_ACCOUNT = "shop@shop-prod.iam.gserviceaccount.com"
_COMING: Mapping[str, PlanValue] = {
    "audience": "https://shop.example",
    "account": _ACCOUNT,
    "guarded": True,
}
REGIONS = {"aws": "eu-central-1", "gcp": "europe-west4"}


def environment(provider: str, name: str = "prod") -> Environment:
    return Environment(
        name=name,
        target=provider,
        region=REGIONS.get(provider, "local"),
        project="shop-prod" if provider == "gcp" else None,
    )


def plan(graph: InfraGraph, provider: str) -> Plan:
    """A plan of addresses alone."""
    addresses = {node.id: _address(node, provider) for node in graph.nodes}
    return Plan(
        target=provider,
        application=graph.application,
        environment="prod",
        resources=(),
        addresses={node: fields for node, fields in addresses.items() if fields is not None},
    )


def _address(node: Node, provider: str) -> Mapping[str, PlanValue] | None:
    match provider:
        case "aws":
            return _aws(node)
        case "gcp":
            return _gcp(node)
        case _:
            return _own(node)


def _aws(node: Node) -> Mapping[str, PlanValue] | None:  # noqa: PLR0911 - one a kind
    match node.kind:
        case "service":
            return _service(node)
        case "topic":
            return {"arn": Attribute(address="Topic"), "fifo": False}
        case "subscription":
            return {"queue_url": Attribute(address="Queue"), "dead_letter_url": None}
        case "cron":
            return {"queue_url": Attribute(address="Queue")}
        case "database":
            return {
                "host": Attribute(address="Database", name="Endpoint.Address"),
                "port": Attribute(address="Database", name="Endpoint.Port"),
                "name": node.name,
                "users": _users(node),
                "login": "rds-iam",
                "region": Parameter(name="AWS::Region"),
            }
        case "bucket":
            return {"bucket": Attribute(address="Bucket"), "region": "eu-central-1"}
        case "secret":
            return {"arn": Attribute(address="Secret")}
        case _:
            return None


def _gcp(node: Node) -> Mapping[str, PlanValue] | None:  # noqa: PLR0911 - one a kind
    topic = f"projects/shop-prod/topics/{node.name}"
    match node.kind:
        case "service":
            return {**_service(node), "account": _ACCOUNT}
        case "topic":
            return {"topic": topic}
        case "subscription":
            return {
                "subscription": f"projects/shop-prod/subscriptions/{node.name}",
                "delivery": "push",
                "dead_letter_topic": topic,
                **_COMING,
            }
        case "cron":
            return {"path": f"/__infragraph/cron/{node.name}", **_COMING}
        case "database":
            return {
                "host": Attribute(address="shop", name="privateIp"),
                "port": 5432,
                "name": node.name,
                "users": _users(node),
                "login": "cloud-sql-iam",
                "instance": "shop-prod:europe-west4:shop",
                "region": "europe-west4",
            }
        case "bucket":
            return {"bucket": f"shop-{node.name}", "region": "europe-west4"}
        case "secret":
            return {"secret": f"projects/shop-prod/secrets/{node.name.lower()}"}
        case _:
            return None


def _own(node: Node) -> Mapping[str, PlanValue] | None:
    match node.kind:
        case "service":
            return {"url": "http://127.0.0.1:4001", "audience": node.name}
        case "topic":
            return {"topic": node.name}
        case "subscription" | "cron" | "secret":
            return {}
        case "database":
            return {
                "host": "127.0.0.1",
                "port": 5432,
                "name": node.name,
                "users": _users(node),
                "login": "password",
                "password": Parameter(name="Password"),
            }
        case "bucket":
            return {"directory": f".infragraph/buckets/{node.name}"}
        case _:
            return None


def _service(node: Node) -> Mapping[str, PlanValue]:
    base = Joined(parts=("http://", Attribute(address="Discovery", name="Name")))
    return {"url": base, "audience": f"shop-prod-{node.name}"}


def _users(node: Node) -> Mapping[str, PlanValue]:
    shared = node.properties["shared_with"]
    assert isinstance(shared, Sequence)
    names = sorted({str(name) for name in (node.service, *shared) if name})
    return {name: f"svc_{name}" for name in names}
