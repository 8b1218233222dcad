import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infragraph.formats.runtime import completeness, render
from infragraph.formats.runtime.fields import FIELDS, PROVIDERS
from infragraph.model.graph import InfraGraph
from infragraph.model.plan import Attribute, Plan
from infragraph.model.variables import collisions, variable, variables
from infragraph.schemas import schema
from tests.compiling import compiled
from tests.diagnostics.validation import mistakes
from tests.formats.applications import APPLICATIONS
from tests.formats.documents import graph_of
from tests.formats.runtime.plans import environment, plan

FILES = {
    "shop/__init__.py": "",
    "shop/users/__init__.py": """\
from infragraph import Bucket, Secret, Service, SQLDatabase, Topic
users = Service("users")
signups = Topic[str]("signups")
db = SQLDatabase("users", migrations=None)
photos = Bucket("photos")
key = Secret("STRIPE_KEY")

@users.subscribe(signups, "send-welcome")
async def welcome(name: str) -> None: ...

@users.cron("purge", every="24h")
async def purge() -> None: ...

@users.get("/users", access="public")
async def listed() -> str: ...
""",
}
GRAPH = compiled(FILES)[0]

# Nothing is generated for an application with errors.
SOUND = [it for it in APPLICATIONS if it.name != "broken"]

AWS = """\
{
  "schema_version": 1,
  "application": "app",
  "environment": "prod",
  "provider": "aws",
  "region": "eu-central-1",
  "resources": {
    "bucket:photos": {"bucket": {"env": "INFRAGRAPH_BUCKET_PHOTOS_BUCKET"}, \
"region": "eu-central-1"},
    "cron:purge": {"queue_url": {"env": "INFRAGRAPH_CRON_PURGE_QUEUE_URL"}},
    "database:users": {"host": {"env": "INFRAGRAPH_DATABASE_USERS_HOST"}, "login": "rds-iam", \
"name": "users", "port": {"env": "INFRAGRAPH_DATABASE_USERS_PORT"}, \
"region": {"env": "INFRAGRAPH_DATABASE_USERS_REGION"}, "users": {"users": "svc_users"}},
    "secret:STRIPE_KEY": {"arn": {"env": "INFRAGRAPH_SECRET_STRIPE_KEY_ARN"}},
    "service:users": {"audience": "shop-prod-users", \
"url": {"env": "INFRAGRAPH_SERVICE_USERS_URL"}},
    "subscription:signups/send-welcome": {"dead_letter_url": null, \
"queue_url": {"env": "INFRAGRAPH_SUBSCRIPTION_SIGNUPS__SEND_WELCOME_QUEUE_URL"}},
    "topic:signups": {"arn": {"env": "INFRAGRAPH_TOPIC_SIGNUPS_ARN"}, "fifo": false}
  }
}
"""


def document(provider: str, graph: InfraGraph = GRAPH) -> Any:
    (artifact,) = render(plan(graph, provider), graph, environment(provider))
    return json.loads(artifact.content)


def with_addresses(provider: str, changes: Mapping[str, Mapping[str, Any] | None]) -> Plan:
    whole = plan(GRAPH, provider)
    addresses = {**whole.addresses, **changes}
    return Plan(
        target=provider,
        application="app",
        environment="prod",
        resources=(),
        addresses={node: fields for node, fields in addresses.items() if fields is not None},
    )


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in completeness(plan, GRAPH)]


def test_a_value_that_is_known_later_is_read_from_a_variable() -> None:
    (artifact,) = render(plan(GRAPH, "aws"), GRAPH, environment("aws"))

    assert artifact.path == "infragraph.runtime.prod.json"
    assert artifact.content == AWS


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_rendered_is_as_the_schema_says(provider: str) -> None:
    assert told(plan(GRAPH, provider)) == []
    assert mistakes(document(provider), schema("runtime")) == []


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("application", SOUND, ids=lambda it: it.name)
def test_every_application_has_one(provider: str, application: Path) -> None:
    graph = graph_of(application)
    whole = plan(graph, provider)

    assert completeness(whole, graph) == ()
    found = document(provider, graph)
    assert mistakes(found, schema("runtime")) == []
    assert list(found["resources"]) == sorted(
        node.id for node in graph.nodes if node.kind in FIELDS[provider]
    )


@pytest.mark.parametrize(
    "node", [node.id for node in GRAPH.nodes if node.kind in FIELDS["aws"]], ids=str
)
def test_a_node_that_the_plan_forgot_is_an_error_at_its_declaration(node: str) -> None:
    (found,) = completeness(with_addresses("aws", {node: None}), GRAPH)

    assert found.message == f"the plan for aws says nothing of {node!r}"
    assert found.span == next(one.span for one in GRAPH.nodes if one.id == node)


def test_a_field_that_is_missing_or_unknown_is_an_error() -> None:
    changed = with_addresses("aws", {"topic:signups": {"arn": "arn:aws:sns:a:1:b", "url": "x"}})

    assert told(changed) == [
        ("IG9002", "the address of 'topic:signups' on aws has no 'fifo'"),
        ("IG9002", "the address of 'topic:signups' on aws has 'url', which no runtime knows"),
    ]


def test_two_nodes_that_share_a_variable_are_an_error() -> None:
    files = {
        "app/__init__.py": """\
from infragraph import Secret
one = Secret("A_ARN")
two = Secret("A")
"""
    }
    graph, _ = compiled(files)
    later = Attribute(address="Secret")
    whole = Plan(
        target="aws",
        application="app",
        environment="prod",
        resources=(),
        addresses={"secret:A": {"arn": later, "ARN_ARN": later}, "secret:A_ARN": {"arn": later}},
    )

    codes = [one.code for one in completeness(whole, graph)]

    assert codes == ["IG9002", "IG9003"]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_schema_and_the_table_name_the_same_fields(provider: str) -> None:
    whole: Any = schema("runtime")
    definitions = whole["$defs"]
    family = provider if provider in {"aws", "gcp"} else "own"
    patterns = definitions[f"{family}-resources"]["patternProperties"]

    found: dict[str, tuple[set[str], set[str]]] = {}
    for pattern, reference in patterns.items():
        entry = definitions[reference["$ref"].rpartition("/")[2]]
        entry = definitions["database"] if "allOf" in entry and "properties" not in entry else entry
        required = set(entry.get("required", ()))
        found[pattern.partition(":")[0][1:]] = (
            required,
            set(entry.get("properties", ())) - required,
        )

    assert found == {
        kind: (set(fields.required), set(fields.optional))
        for kind, fields in FIELDS[provider].items()
    }


BROKEN: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "an unknown field": (
        "aws",
        {"topic:signups": {"arn": "arn:aws:sns:x:1:y", "fifo": True, "a": 1}},
    ),
    "a field missing": ("aws", {"topic:signups": {"arn": "arn:aws:sns:x:1:y"}}),
    "a name for an arn": ("aws", {"topic:signups": {"arn": "signups", "fifo": False}}),
    "a text for a truth": ("aws", {"topic:signups": {"arn": "arn:aws:sns:x:1:y", "fifo": "no"}}),
    "another cloud's entry": ("aws", {"topic:signups": {"topic": "projects/a/topics/b"}}),
    "an unknown kind": ("aws", {"queue:signups": {}}),
    "a variable of another name": ("aws", {"secret:A": {"arn": {"env": "PATH"}}}),
    "a password in the file": (
        "aws",
        {
            "database:users": {
                "host": "h",
                "port": 1,
                "name": "n",
                "users": {},
                "login": "password",
                "password": "secret",
            }
        },
    ),
    "a token of another cloud": (
        "gcp",
        {
            "database:users": {
                "host": "h",
                "port": 1,
                "name": "n",
                "users": {},
                "login": "rds-iam",
                "region": "r",
            }
        },
    ),
    "no instance for the connector": (
        "gcp",
        {
            "database:users": {
                "host": "h",
                "port": 1,
                "name": "n",
                "users": {},
                "login": "cloud-sql-iam",
            }
        },
    ),
    "a push without an audience": (
        "gcp",
        {
            "subscription:signups/send-welcome": {
                "subscription": "projects/a/subscriptions/b",
                "delivery": "push",
                "dead_letter_topic": None,
                "audience": None,
            }
        },
    ),
    "a login by a password without one": (
        "memory",
        {"database:u": {"host": "h", "port": 1, "name": "n", "users": {}, "login": "password"}},
    ),
    "a port out of range": (
        "nsq",
        {
            "database:u": {
                "host": "h",
                "port": 0,
                "name": "n",
                "users": {},
                "login": "password",
                "password": "p",
            }
        },
    ),
    "a url with a slash at its end": ("aws", {"service:u": {"url": "http://a/", "audience": "a"}}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_schema_refuses(name: str) -> None:
    provider, entries = BROKEN[name]
    whole = document(provider)

    assert mistakes({**whole, "resources": entries}, schema("runtime")) != []


HEADS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "an unknown key": ("aws", {"account": "1"}),
    "a project on aws": ("aws", {"project": "shop-prod"}),
    "a broker on aws": ("aws", {"broker": {"servers": ["nats://a"]}}),
    "an unknown provider": ("aws", {"provider": "azure"}),
    "another version": ("aws", {"schema_version": 2}),
    "nsqd for nats": ("nats", {"broker": {"nsqd": "127.0.0.1:4150"}}),
}


@pytest.mark.parametrize("name", HEADS)
def test_the_schema_refuses_at_the_top(name: str) -> None:
    provider, changes = HEADS[name]

    assert mistakes({**document(provider), **changes}, schema("runtime")) != []


def test_brokers_of_ones_own_have_an_address() -> None:
    nats = {"servers": ["nats://127.0.0.1:4222", {"env": "INFRAGRAPH_NATS"}]}
    nsq = {"nsqd": "127.0.0.1:4150", "nsqlookupd": ["127.0.0.1:4161"]}

    assert mistakes({**document("nats"), "broker": nats}, schema("runtime")) == []
    assert mistakes({**document("nsq"), "broker": nsq}, schema("runtime")) == []


def test_every_field_of_the_schema_is_described() -> None:
    whole: Any = schema("runtime")
    undescribed: list[str] = []
    for name, part in whole["$defs"].items():
        for field, value in part.get("properties", {}).items():
            described = value if "description" in value else _referred(whole, value)
            if "description" not in described and "allOf" not in part:
                undescribed.append(f"{name}.{field}")

    assert undescribed == []


def _referred(whole: Any, value: Any) -> Any:
    return whole["$defs"].get(value.get("$ref", "").rpartition("/")[2], {})


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,3}(-[a-z0-9]{1,3}){0,3}", fullmatch=True)


@given(st.sets(st.tuples(NAMES, NAMES), min_size=2, max_size=30))
def test_subscriptions_have_variables_of_their_own(names: set[tuple[str, str]]) -> None:
    found = {variable(f"subscription:{topic}/{name}", "queue_url") for topic, name in names}

    assert len(found) == len(names)


def test_a_process_is_given_what_its_nodes_leave_open() -> None:
    addresses = plan(GRAPH, "aws").addresses

    given = variables(addresses, ["topic:signups", "bucket:photos"])

    assert given == {
        "INFRAGRAPH_BUCKET_PHOTOS_BUCKET": Attribute(address="Bucket"),
        "INFRAGRAPH_TOPIC_SIGNUPS_ARN": Attribute(address="Topic"),
    }
    assert collisions(addresses) == ()
