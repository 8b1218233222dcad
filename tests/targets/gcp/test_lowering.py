"""What declarations become on Google Cloud."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from infragraph.formats.runtime import completeness, render
from infragraph.model.environment import Size
from infragraph.model.graph import InfraGraph
from infragraph.runtime.http import health
from infragraph.schemas import schema
from tests.compiling import compiled
from tests.targets.gcp.plans import ALL, environment, graph_of, krm_files, plan_of, planned

Objects = Mapping[str, Any]

PREAMBLE = """
from dataclasses import dataclass

from infragraph import Attribute, Bucket, Retry, Secret, Service, SQLDatabase, Topic

shop = Service("shop")


@dataclass(frozen=True)
class Order:
    id: str
    country: Attribute[str]

"""


def graph(source: str) -> InfraGraph:
    found, diagnostics = compiled({"shop.py": PREAMBLE + source})
    assert [it.message for it in diagnostics if it.severity.value == "error"] == []
    return found


def objects(of: InfraGraph, **settings: object) -> Objects:
    """Specifications by address."""
    texts = krm_files(planned(of, **settings), of).values()
    found = (it for text in texts for it in yaml.safe_load_all(text) if it)
    return {f"{it['kind']}/{it['metadata']['name']}": it.get("spec") for it in found}


def subscribed(options: str = "", topic: str = "") -> InfraGraph:
    return graph(f"""
orders = Topic[Order]("orders"{topic})


@shop.cron("sweep", every="1h")
async def sweep() -> None:
    await orders.publish(Order("1", country="NL"))


@shop.subscribe(orders, "ship"{options})
async def ship(order: Order) -> None: ...
""")


SUBSCRIPTION = "PubSubSubscription/app-prod-orders-ship"


def test_a_subscription_is_pushed_with_an_identity() -> None:
    spec = objects(subscribed())[SUBSCRIPTION]

    url = "https://app-prod-shop-123456789012.europe-west4.run.app"
    assert spec == {
        "topicRef": {"name": "app-prod-orders"},
        "ackDeadlineSeconds": 30,
        "messageRetentionDuration": "604800s",
        "expirationPolicy": {"ttl": ""},
        "retryPolicy": {"minimumBackoff": "10s", "maximumBackoff": "600s"},
        "deadLetterPolicy": {
            "deadLetterTopicRef": {"name": "app--prod--orders--ship--dlq"},
            "maxDeliveryAttempts": 5,
        },
        "pushConfig": {
            "pushEndpoint": f"{url}/__infragraph/push/orders/ship",
            "oidcToken": {
                "serviceAccountEmail": "app--prod--push--0@example-prod-1.iam.gserviceaccount.com",
                "audience": url,
            },
        },
    }


PULLED = {
    "exactly-once": subscribed(topic=', delivery="exactly-once"'),
    "deadline": subscribed(', ack_deadline="20m"'),
    "concurrency": subscribed(", concurrency=3"),
}


@pytest.mark.parametrize("of", PULLED.values(), ids=PULLED)
def test_what_cannot_be_pushed_is_pulled_by_a_worker(of: InfraGraph) -> None:
    found = objects(of)

    assert "pushConfig" not in found[SUBSCRIPTION]
    pool = found["RunWorkerPool/app-prod-shop-worker"]
    (container,) = pool["template"]["containers"]
    assert container["args"][:5] == ["serve", "--service", "shop", "--role", "worker"]
    service = found["RunService/app-prod-shop"]["template"]["containers"][0]
    assert service["args"][4] == "api"


def test_what_is_pulled_in_a_small_environment_keeps_one_instance_awake() -> None:
    found = objects(PULLED["concurrency"], size=Size.SMALL)

    template = found["RunService/app-prod-shop"]["template"]
    (container,) = template["containers"]
    assert container["args"][4] == "all"
    assert container["resources"]["cpuIdle"] is False
    assert template["scaling"]["minInstanceCount"] == 1
    assert not [address for address in found if address.startswith("RunWorkerPool/")]


def test_order_filter_and_exactly_once_are_said_to_the_broker() -> None:
    of = subscribed(
        ', filter={"country": ("NL", "BE")}', ', delivery="exactly-once", ordering_key="id"'
    )

    spec = objects(of)[SUBSCRIPTION]

    assert spec["filter"] == 'attributes.country = "NL" OR attributes.country = "BE"'
    assert spec["enableMessageOrdering"] is True
    assert spec["enableExactlyOnceDelivery"] is True


def test_without_dead_letters_there_is_no_topic_for_them() -> None:
    found = objects(subscribed(", dead_letter=False"))

    assert "deadLetterPolicy" not in found[SUBSCRIPTION]
    assert [address for address in found if "dlq" in address] == []


def test_a_service_is_private_unless_the_graph_has_endpoints_for_the_world() -> None:
    private = objects(graph('@shop.get("/a")\nasync def a() -> None: ...\n'))
    public = objects(graph('@shop.get("/a", access="public")\nasync def a() -> None: ...\n'))

    everybody = "IAMPolicyMember/everybody.run-invoker.runservice.app-prod-shop"
    assert (everybody in private, everybody in public) == (False, True)
    ingress = [it["RunService/app-prod-shop"]["ingress"] for it in (private, public)]
    assert ingress == ["INGRESS_TRAFFIC_INTERNAL_ONLY", "INGRESS_TRAFFIC_ALL"]


def test_probes_ask_what_the_runtime_answers() -> None:
    service = objects(subscribed())["RunService/app-prod-shop"]
    (served,) = service["template"]["containers"]

    asked = (served["startupProbe"], served["livenessProbe"])
    assert [it["httpGet"]["path"] for it in asked] == [health.READY, health.LIVE]


def test_a_cron_is_called_with_an_identity_and_an_isolated_one_is_a_job() -> None:
    called = objects(subscribed())["CloudSchedulerJob/app-prod-sweep"]
    found = objects(subscribed(), isolated_crons=frozenset({"sweep"}))

    assert called["schedule"] == "0 * * * *"
    assert called["httpTarget"]["uri"].endswith(".run.app/__infragraph/cron/sweep")
    assert called["httpTarget"]["oidcToken"]["serviceAccountRef"]["external"].startswith("app--")
    started = found["CloudSchedulerJob/app-prod-sweep"]["httpTarget"]
    assert started["uri"].endswith("/jobs/app-prod-cron-sweep:run")
    assert "oauthToken" in started
    job = found["RunJob/app-prod-cron-sweep"]["template"]["template"]
    assert job["containers"][0]["args"][:2] == ["cron", "sweep"]


BOUND = {
    "topic:orders": "projects/example-data/topics/orders",
    "subscription:orders/ship": "projects/example-data/subscriptions/ship",
}


def test_what_exists_is_not_made_and_yet_has_rights() -> None:
    found = objects(subscribed(), bindings=BOUND)

    assert [it for it in found if it.startswith("PubSub")] == []
    refs = [it["resourceRef"] for it in found.values() if it and "resourceRef" in it]
    assert {it["external"] for it in refs if it["kind"].startswith("PubSub")} == {*BOUND.values()}
    addresses = planned(subscribed(), bindings=BOUND).addresses
    assert addresses["subscription:orders/ship"] == {
        "subscription": "projects/example-data/subscriptions/ship",
        "delivery": "pull",
        "dead_letter_topic": None,
        "audience": None,
        "account": None,
        "guarded": False,
    }


DATABASE = graph("""
db = SQLDatabase("orders", migrations=None)


@shop.get("/a")
async def a() -> None:
    await db.execute("delete from orders")
""")


def test_a_database_that_exists_is_not_bootstrapped() -> None:
    of = graph("""
db = SQLDatabase("orders", migrations=None)
logs = SQLDatabase("logs", migrations=None)


@shop.get("/a")
async def a() -> None:
    await db.execute("delete from orders")
    await logs.execute("delete from logs")
""")

    found = objects(of, bindings={"database:logs": "example-data:europe-west4:main/logs"})

    job = found["RunJob/app-prod-bootstrap-databases"]["template"]["template"]
    assert job["containers"][0]["args"][-2:] == ["--database", "orders"]


def test_a_database_has_no_password_and_no_public_address() -> None:
    found = objects(DATABASE)

    settings = found["SQLInstance/app-prod-main"]["settings"]
    assert settings["ipConfiguration"]["ipv4Enabled"] is False
    assert settings["deletionProtectionEnabled"] is True
    users = [it for address, it in found.items() if address.startswith("SQLUser/")]
    assert {it["type"] for it in users} == {"CLOUD_IAM_SERVICE_ACCOUNT"}
    assert "password" not in json.dumps(users).lower()


def test_previews_share_a_server_and_nothing_else() -> None:
    one, two = (objects(DATABASE, size=Size.PREVIEW, name=name) for name in ("pr-1", "pr-2"))

    shared = one.keys() & two.keys()
    kinds = {address.partition("/")[0] for address in shared}
    assert kinds == {
        "ArtifactRegistryRepository",
        "ComputeAddress",
        "ComputeNetwork",
        "ComputeSubnetwork",
        "SQLInstance",
        "Service",
        "ServiceNetworkingConnection",
    }
    databases = [it["resourceID"] for a, it in one.items() if a.startswith("SQLDatabase/")]
    assert databases == ["pr-1--orders"]


RETAINED = {"SQLInstance", "SQLDatabase", "ArtifactRegistryRepository", "Service"}


@pytest.mark.parametrize("size", [Size.PRODUCTION, Size.SMALL])
def test_data_stays_when_it_is_no_longer_declared(size: Size) -> None:
    texts = krm_files(planned(DATABASE, size=size), DATABASE).values()

    found = [it for text in texts for it in yaml.safe_load_all(text) if it]

    key = "cnrm.cloud.google.com/deletion-policy"
    abandoned = {it["kind"] for it in found if it["metadata"]["annotations"].get(key) == "abandon"}
    assert abandoned == RETAINED


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_everything_says_whose_it_is(name: str) -> None:
    texts = krm_files(plan_of(name, tags={"team": "blue"}), graph_of(name)).values()

    found = [it["metadata"]["labels"] for text in texts for it in yaml.safe_load_all(text) if it]

    assert all({"infragraph-app", "infragraph-env", "team"} <= it.keys() for it in found)


@pytest.mark.parametrize("name", ALL)
def test_the_runtime_is_told_where_everything_is(name: str) -> None:
    of = graph_of(name)
    plan = plan_of(name)

    (artifact,) = render(plan, of, environment(of))

    assert completeness(plan, of) == ()
    validator = Draft202012Validator(schema("runtime"))
    errors = validator.iter_errors(json.loads(artifact.content))  # pyright: ignore[reportUnknownMemberType]
    assert [it.message for it in errors] == []
    assert '"env"' not in artifact.content


def test_what_config_connector_cannot_do_is_said_where_it_is_left() -> None:
    data = krm_files(plan_of("shop"), graph_of("shop"))["krm/30-data.yaml"]

    left = [line for line in data.splitlines() if " has to be given " in line]
    whole = "# for the whole environment; has to be given"
    assert left == [
        f"{whole} cloudsqlsuperuser by 'gcloud sql users assign-roles'",
        f"{whole} a random value by 'gcloud secrets versions add'",
    ]
