from typing import Any

from infragraph.model.graph import InfraGraph, Unresolved
from tests.compiling import compiled
from tests.formats.documents import SPAN, documents, files, graph, node

SOURCE = '''
from dataclasses import dataclass
from infragraph import Service, Topic

shop = Service("shop")
"""What is sold.

And to whom.
"""

@dataclass
class Order:
    id: str

@dataclass
class Cancelled:
    id: str

orders = Topic[Order]("orders")
ends = Topic[Order | Cancelled]("ends")
transfers = Topic[str]("transfers", external=True)

@shop.cron("close", every="1h")
async def close() -> None:
    """Close the day.

    At night.
    """
    await orders.publish(Order("1"))

@shop.subscribe(orders, "pack")
async def pack(order: Order) -> None:
    await ends.publish(order)

@shop.subscribe(transfers, "match")
async def match(transfer: str) -> None: ...
'''


def application() -> InfraGraph:
    return compiled({"shop.py": SOURCE})[0]


def document() -> Any:
    return documents("asyncapi", application())["asyncapi.yaml"]


def test_there_is_a_document_of_all_and_one_of_each_service_with_messages() -> None:
    idle = node("service:idle", service="idle")
    made = application()
    nodes = tuple(sorted((*made.nodes, idle), key=lambda it: it.id))
    with_idle = InfraGraph(
        application="app", nodes=nodes, edges=made.edges, payloads=made.payloads, unresolved=()
    )

    assert list(files("asyncapi", with_idle)) == ["asyncapi.yaml", "shop/asyncapi.yaml"]


def test_the_address_of_a_topic_is_its_name_unless_another_program_owns_it() -> None:
    channels = document()["channels"]

    assert {name: it["address"] for name, it in channels.items()} == {
        "ends": "ends",
        "orders": "orders",
        "transfers": None,
    }


def test_publishing_is_sending_and_a_subscription_receives() -> None:
    operations = document()["operations"]

    assert {name: (it["action"], it["channel"]["$ref"]) for name, it in operations.items()} == {
        "cron.close.send.orders": ("send", "#/channels/orders"),
        "subscription.orders.pack.send.ends": ("send", "#/channels/ends"),
        "subscription.orders.pack.receive": ("receive", "#/channels/orders"),
        "subscription.transfers.match.receive": ("receive", "#/channels/transfers"),
    }


def test_an_operation_says_what_its_function_says() -> None:
    operation = document()["operations"]["cron.close.send.orders"]

    assert operation["summary"] == "Close the day."
    assert operation["description"] == "Close the day.\n\nAt night."
    assert operation["x-infragraph"] == {
        "node": "cron:close",
        "service": "shop",
        "every": 3600,
        "timezone": "UTC",
        "handler": "shop.close",
    }


def test_a_message_has_the_payload_of_its_topic() -> None:
    messages = document()["components"]["messages"]

    assert {name: (it["name"], it["payload"]) for name, it in messages.items()} == {
        "ends": (
            "ends",
            {
                "anyOf": [
                    {"$ref": "#/components/schemas/Order"},
                    {"$ref": "#/components/schemas/Cancelled"},
                ]
            },
        ),
        "orders": ("Order", {"$ref": "#/components/schemas/Order"}),
        "transfers": ("transfers", {"type": "string"}),
    }


def test_a_service_and_its_owner_are_named() -> None:
    made = documents("asyncapi", application(), owners={"shop": "team-shop"}, owner="team-all")

    assert made["shop/asyncapi.yaml"]["info"] == {
        "title": "app shop",
        "version": "0.0.0",
        "description": "What is sold.\n\nAnd to whom.",
        "contact": {"name": "team-shop"},
    }
    assert made["asyncapi.yaml"]["info"] == {
        "title": "app",
        "version": "0.0.0",
        "contact": {"name": "team-all"},
    }


def test_links_lead_to_the_source_where_a_template_says_how() -> None:
    made = documents("asyncapi", application(), source_url="https://a.example/{path}#L{line}")

    assert made["asyncapi.yaml"]["channels"]["orders"]["externalDocs"] == {
        "description": "Source",
        "url": "https://a.example/shop.py#L19",
    }


def test_uses_that_could_not_be_tied_are_told() -> None:
    doubt = Unresolved(span=SPAN, expression="getattr(a, b).publish", reason="b is not constant")
    doubtful = InfraGraph(application="app", nodes=(), edges=(), payloads={}, unresolved=(doubt,))

    assert documents("asyncapi", doubtful)["asyncapi.yaml"]["x-infragraph-unresolved"] == [
        {
            "location": "shop/a.py:3",
            "expression": "getattr(a, b).publish",
            "reason": "b is not constant",
        }
    ]


def test_a_topic_whose_payload_is_not_known_has_a_message_all_the_same() -> None:
    made = documents("asyncapi", graph(node("topic:orders", {"payload": None})))["asyncapi.yaml"]

    assert made["components"]["messages"]["orders"]["name"] == "orders"
    assert "payload" not in made["components"]["messages"]["orders"]
