"""What of a graph is which entity, and that Backstage takes it."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from infragraph.model.graph import Edge, InfraGraph
from tests.formats.applications import APPLICATIONS, present
from tests.formats.backstage.entities import entities, ownership, references
from tests.formats.documents import files, graph, graph_of, node
from tests.golden.comparing import matches_golden_tree
from tests.readers.installed import ask_node

SCHEMA: Any = Draft202012Validator(
    json.loads((Path(__file__).parent / "entity.schema.json").read_text("utf-8"))
)
SOURCE = "https://example.com/blob/main/{path}#L{line}"

texts = st.text(st.characters(exclude_categories=["Cs"]))


def faults(entity: dict[str, Any]) -> list[str]:
    return [it.message for it in SCHEMA.iter_errors(entity)]


def edge(source: str, relation: str, target: str) -> Edge:
    return Edge(source=source, relation=relation, target=target, properties={}, evidence=())


def named(service: str, other: str) -> InfraGraph:
    """Two of each kind, with names that may be anything."""
    nodes = [
        node(f"{kind}:{name}", {"payload": {}, "path": "/", "method": "GET", "access": access})
        for name in (service, other)
        for kind, access in (
            ("bucket", None),
            ("database", None),
            ("secret", None),
            ("service", None),
            ("topic", None),
        )
    ]
    endpoints = [
        node(
            f"endpoint:{name}/{access}",
            {"method": "GET", "path": f"/{access}", "access": access},
            service=name,
        )
        for name in (service, other)
        for access in ("public", "private")
    ]
    return graph(*sorted((*nodes, *endpoints), key=lambda it: it.id))


@pytest.mark.parametrize("fixture", ["minimal", "shop"])
def test_entities_are_those_that_are_stored(
    fixture: str, root: Path, request: pytest.FixtureRequest
) -> None:
    folder = root / "fixtures" / fixture

    made = files("backstage", graph_of(folder), **ownership(folder))

    matches_golden_tree(request, f"{fixture}/exports/backstage", made)


@pytest.mark.parametrize("folder", APPLICATIONS, ids=lambda folder: folder.name)
def test_every_application_has_entities_that_refer_to_each_other(folder: Path) -> None:
    found = entities(graph_of(folder), **ownership(folder), source_url=SOURCE)

    known = [(it["kind"].lower(), it["metadata"]["name"]) for it in found]
    assert [fault for it in found for fault in faults(it)] == []
    assert len({(kind, name.lower()) for kind, name in known}) == len(known)
    assert {ref for it in found for ref in references(it)} <= {*known}


def test_what_a_service_uses_is_told_by_relations(root: Path) -> None:
    folder = root / "fixtures/shop"

    found = entities(graph_of(folder), **ownership(folder))

    (emails,) = (it for it in found if it["metadata"]["name"] == "shop-emails")
    assert emails == {
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {
            "name": "shop-emails",
            "title": "emails",
            "annotations": {"infragraph/node": "service:emails"},
        },
        "spec": {
            "type": "service",
            "lifecycle": "production",
            "owner": "team-customers",
            "system": "shop",
            "providesApis": ["shop-api-emails"],
            "consumesApis": [
                "shop-internal-accounts",
                "shop-topic-order-ends",
                "shop-topic-orders-placed",
                "shop-topic-signups",
                "shop-topic-verification-reminders",
            ],
            "dependsOn": [
                "component:shop-accounts",
                "resource:shop-secret-link_key",
                "resource:shop-secret-smtp_password",
            ],
        },
    }


def test_the_definition_of_a_topic_is_about_that_topic_alone(root: Path) -> None:
    made = files("backstage", graph_of(root / "fixtures/shop"))

    document = yaml.safe_load(made["asyncapi/signups.yaml"])

    assert document["info"]["title"] == "shop signups"
    assert list(document["channels"]) == ["signups"]
    assert sorted(it["action"] for it in document["operations"].values()) == ["receive", "send"]
    assert sorted(document["components"]["schemas"]) == ["Account", "Signup"]


def test_a_topic_that_another_program_owns_is_provided_by_who_publishes_to_it() -> None:
    topic = node("topic:orders", {"payload": {}, "external": True})
    nodes = (node("cron:sell", service="till"), node("service:shop"), node("service:till"), topic)
    given_graph = InfraGraph(
        application="app",
        nodes=nodes,
        edges=(edge("cron:sell", "publishes", "topic:orders"),),
        payloads={},
        unresolved=(),
    )

    found = {it["metadata"]["name"]: it["spec"] for it in entities(given_graph)}

    assert found["app-till"]["providesApis"] == ["app-topic-orders"]
    assert "providesApis" not in found["app-shop"]


def test_who_owns_nothing_known_is_told_with_the_way_to_mend_it() -> None:
    system, component, shared = entities(
        graph(node("service:shop"), node("topic:orders", {"payload": {}}, service=None))
    )

    owned = [it["spec"]["owner"] for it in (system, component, shared)]
    notes = [it["metadata"]["annotations"]["infragraph/note"] for it in (system, component, shared)]
    assert owned == ["unowned"] * 3
    assert notes == [
        "Its services do not all have one owner; name one in infragraph.yaml: owner",
        "Name the owner in infragraph.yaml: services.shop.owner",
        "No service owns it; name the application's owner in infragraph.yaml: owner",
    ]


def test_the_owner_of_the_application_answers_for_the_system_and_for_what_nobody_owns() -> None:
    of_nobody = node("topic:orders", {"payload": {}}, service=None)
    made = graph(node("service:shop"), node("service:till"), of_nobody)

    found = entities(made, owners={"shop": "team-shop"}, owner="team-all")

    assert {it["metadata"]["name"]: it["spec"]["owner"] for it in found} == {
        "app": "team-all",
        "app-shop": "team-shop",
        "app-till": "team-all",
        "app-topic-orders": "team-all",
    }
    assert [it for it in found if "infragraph/note" in it["metadata"].get("annotations", {})] == []


@pytest.mark.parametrize(
    ("owner", "reference", "kept"),
    [
        ("team-checkout", "team-checkout", None),
        ("group:default/team_a", "group:default/team_a", None),
        ("user:mara", "user:mara", None),
        ("Team Checkout", "team-checkout-ab503c2793", "Team Checkout"),
        ("component:shop", "component-shop-51a01431e6", "component:shop"),
    ],
)
def test_an_owner_is_a_reference_to_a_group(owner: str, reference: str, kept: str | None) -> None:
    system, component = entities(graph(node("service:shop")), owners={"shop": owner})

    told = [
        it["metadata"].get("annotations", {}).get("infragraph/owner") for it in (system, component)
    ]
    assert [it["spec"]["owner"] for it in (system, component)] == [reference] * 2
    assert told == [kept] * 2


def test_links_lead_to_the_source_where_it_is_known_how() -> None:
    _, component = entities(graph(node("service:shop")), source_url=SOURCE)

    url = "https://example.com/blob/main/shop/a.py#L3"
    assert component["metadata"]["links"] == [{"url": url, "title": "Source"}]
    assert component["metadata"]["annotations"]["backstage.io/source-location"] == f"url:{url}"


@pytest.mark.slow
@example("Orders", "orders")
@example("SMTP_KEY", "smtp_key")
@example("a" * 300, "a" * 299)
@example("con", "..")
@example("a:\n- b", "x\x00")
@given(texts, texts)
def test_every_name_is_legal_and_none_is_shared(service: str, other: str) -> None:
    if service == other or "/" in service + other:
        return

    found = entities(named(service, other), owners={service: other})

    names = [(it["kind"], it["metadata"]["name"].lower()) for it in found]
    titles = {it["metadata"].get("title") for it in found if it["kind"] != "API"}
    assert [fault for it in found for fault in faults(it)] == []
    assert len(set(names)) == len(names)
    assert titles == {"app", service or None, other or None}
    assert {ref for it in found for ref in references(it)} <= {
        (kind.lower(), name) for kind, name in names
    }


@pytest.mark.slow
def test_the_model_of_backstage_has_nothing_to_complain_of() -> None:
    found = [
        it
        for folder in present()
        for it in entities(graph_of(folder), **ownership(folder), source_url=SOURCE)
    ]
    strange = [
        it
        for one, other in (("Orders", "orders"), ("", " "), ("a" * 300, "\u202e\x00</script>"))
        for it in entities(named(one, other), owners={one: other, other: "A Team: \n- b"})
    ]
    broken = [
        {**found[0], "metadata": {"name": "a b"}},
        {**found[1], "spec": {**found[1]["spec"], "lifecycle": 3}},
    ]

    complaints = ask_node("@backstage/catalog-model", "backstage.mjs", [*found, *strange, *broken])

    assert len(found) > len(present())
    assert complaints[:-2] == [None] * (len(found) + len(strange))
    assert all(complaints[-2:])
