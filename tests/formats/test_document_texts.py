"""Any text in any field that people write is read back as it was, and changes nothing else."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from infragraph.model.graph import Edge, InfraGraph, Property, Unresolved
from tests.formats.documents import SPAN, dangling, documents, node

texts = st.text(st.characters(exclude_categories=["Cs"]))
TYPE = "shop.Order"


def application(text: str) -> InfraGraph:
    """Written wherever people write: docstrings, constants, types, options, owners."""
    payload: Property = {"$ref": f"#/payloads/{TYPE}"}
    schema: dict[str, Property] = {
        "type": "object",
        "description": text,
        "properties": {
            text: {"type": "string", "default": text, "enum": [text], "description": text}
        },
        "required": [text],
    }
    endpoint: dict[str, Property] = {
        "method": "POST",
        "path": "/orders",
        "access": "auth",
        "tags": [text],
        "parameters": [
            {"name": "a", "in": "query", "schema": {"enum": [text]}, "default": text},
            {"name": "order", "in": "body", "schema": payload, "required": True},
        ],
        "request": payload,
        "response": payload,
        "errors": [],
        "handler": text,
    }
    nodes = (
        node("endpoint:shop/place", endpoint, doc=text),
        node(
            "service:shop",
            {"auth_handler": text, "mounts": [{"path": "/a", "app": text}]},
            doc=text,
        ),
        node("subscription:orders/pack", {"filter": {text: [text]}, "inbox": text}, doc=text),
        node("topic:orders", {"payload": payload, "ordering_key": text}, doc=text),
    )
    edges = (
        _edge("endpoint:shop/place", "publishes", "topic:orders"),
        _edge("topic:orders", "delivers", "subscription:orders/pack"),
    )
    return InfraGraph(
        application=text,
        nodes=nodes,
        edges=edges,
        payloads={TYPE: schema},
        unresolved=(Unresolved(span=SPAN, expression=text, reason=text),),
    )


def _edge(source: str, relation: str, target: str) -> Edge:
    return Edge(source=source, relation=relation, target=target, properties={}, evidence=())


def told(documented: Any) -> str:
    """A docstring, from the place for one line or the place for more."""
    return str(documented.get("description", documented.get("summary")))


@example("no\n: x\x00")
@example("\u202e</script>{{resolve:ssm:a}}\n")
@given(texts)
def test_asyncapi_keeps_every_text(text: str) -> None:
    made = documents("asyncapi", application(text), owners={"shop": text}, target="aws")
    document = made["asyncapi.yaml"]
    service = made["shop/asyncapi.yaml"]["info"]
    send, receive = document["operations"].values()
    schema = document["components"]["schemas"]["Order"]
    (consumer,) = receive["bindings"]["sns"]["consumers"]

    assert document["info"]["title"] == text
    assert (service["description"], service["contact"]) == (text, {"name": text})
    assert [told(it) for it in (document["channels"]["orders"], send, receive)] == [text] * 3
    assert send["x-infragraph"]["handler"] == receive["x-infragraph"]["inbox"] == text
    assert consumer["filterPolicy"] == {text: [text]}
    assert schema == application(text).payloads[TYPE]
    assert document["x-infragraph-unresolved"] == [
        {"location": "shop/a.py:3", "expression": text, "reason": text}
    ]
    assert dangling(document) == []


@example("no\n: x\x00")
@given(texts)
def test_openapi_keeps_every_text(text: str) -> None:
    made = documents("openapi", application(text), owners={"shop": text})
    document = made["shop/openapi.yaml"]
    operation = document["paths"]["/orders"]["post"]

    assert document["info"] == {
        "title": f"{text} shop",
        "version": "0.0.0",
        "description": text,
        "contact": {"name": text},
    }
    assert document["tags"] == [{"name": text}]
    assert (told(operation), operation["tags"]) == (text, [text])
    assert operation["x-infragraph"]["handler"] == text
    assert operation["parameters"][0]["schema"] == {"enum": [text], "default": text}
    assert document["components"]["schemas"]["Order"] == application(text).payloads[TYPE]
    assert text in document["components"]["securitySchemes"]["caller"]["description"]
    assert document["x-infragraph-mounts"] == [{"path": "/a", "app": text}]
    assert dangling(document) == []
