"""An audit of rights that knows objects and a graph, both as plain data, and nothing of ours.

Who may do what is read off the bindings; who should is worked out anew: from the graph's edges, and
from what is written down here of what kinds need.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Object = Mapping[str, Any]
Right = tuple[str, str, str]
"""A member, a role, and what it is on, in words of the graph."""

PUBLISHER, SUBSCRIBER = "roles/pubsub.publisher", "roles/pubsub.subscriber"
INVOKER = "roles/run.invoker"
PUBSUB, PUSH, CRON, DATABASES = "pubsub", "push", "cron", "databases"
EVERYBODY = "everybody"


def allowed(objects: Iterable[Object]) -> set[Right]:
    """What the bindings give."""
    every = list(objects)
    by_name = {(it["kind"], it["metadata"]["name"]): it for it in every}
    return {
        (_member(it["spec"], by_name), it["spec"]["role"], _on(it["spec"], by_name))
        for it in every
        if it["kind"] == "IAMPolicyMember"
    }


def wanted(graph: Mapping[str, Any]) -> set[Right]:
    """What the graph asks for, and what is needed beside."""
    return {*_edges(graph), *_needs(graph)}


def wildcards(objects: Iterable[Object]) -> list[str]:
    """Rights on a whole project that nothing narrows, and roles that give everything."""
    found: list[str] = []
    for it in objects:
        if it["kind"] != "IAMPolicyMember":
            continue
        spec = it["spec"]
        is_broad = spec["role"] in {"roles/owner", "roles/editor", "roles/viewer"}
        is_project = spec["resourceRef"]["kind"] == "Project" and "condition" not in spec
        if is_broad or is_project or spec["role"].endswith((".admin", "Admin")):
            found.append(it["metadata"]["name"])
    return found


def _member(spec: Object, by_name: Mapping[tuple[str, str], Object]) -> str:
    if "memberFrom" in spec:
        name = spec["memberFrom"]["serviceAccountRef"]["name"]
        labels = by_name["IAMServiceAccount", name]["metadata"]["labels"]
        shown = by_name["IAMServiceAccount", name]["spec"]["displayName"]
        purposes = {"push": PUSH, "cron": CRON, "database": DATABASES}
        return labels.get("infragraph-service") or purposes[shown]
    if spec["member"] == "allUsers":
        return EVERYBODY
    agent = r"serviceAccount:service-\d+@gcp-sa-pubsub\.iam\.gserviceaccount\.com"
    assert re.fullmatch(agent, spec["member"]), spec["member"]
    return PUBSUB


def _on(  # noqa: PLR0911 - one a kind
    spec: Object, by_name: Mapping[tuple[str, str], Object]
) -> str:
    on = spec["resourceRef"]
    if on["kind"] == "Project":
        found = re.fullmatch(
            r'resource\.type == "sqladmin\.googleapis\.com/Instance"'
            r' && resource\.name == "projects/[^/"]+/instances/([^/"]+)"',
            spec["condition"]["expression"],
        )
        assert found is not None, spec["condition"]
        assert ("SQLInstance", found.group(1)) in by_name
        return "SQLInstance"
    if "external" in on:
        return f"{on['kind']} {on['external']}"
    metadata = by_name[on["kind"], on["name"]]["metadata"]
    if on["kind"] == "IAMServiceAccount":
        return f"account of {metadata['labels'].get('infragraph-service', PUSH)}"
    if on["kind"] == "RunService":
        return f"RunService {metadata['labels']['infragraph-service']}"
    if on["name"].endswith("--signing-key--0"):
        return f"{on['kind']} signing"
    if on["name"].endswith("--audit--record--0"):
        return f"{on['kind']} of the record"
    return f"{on['kind']} {metadata['labels']['infragraph-resource']}"


def _edges(graph: Mapping[str, Any]) -> Iterator[Right]:
    nodes = {node["id"]: node for node in graph["nodes"]}
    verbs: dict[tuple[str, str], set[str]] = {}
    for edge in graph["edges"]:
        source, target = nodes[edge["source"]], nodes[edge["target"]]
        service = source["service"]
        match edge["relation"]:
            case "publishes":
                yield service, PUBLISHER, topic(target)
            case "queries":
                yield from _login(service)
            case "reads":
                yield (
                    service,
                    "roles/secretmanager.secretAccessor",
                    label("SecretManagerSecret", target),
                )
            case "stores":
                verbs.setdefault((service, target["id"]), set()).update(
                    edge["properties"].get("operations") or ["?"]
                )
            case "calls" if target["service"] not in {None, service}:
                yield service, INVOKER, f"RunService {target['service']}"
            case "delivers" if is_pulled(source, target):
                yield target["service"], SUBSCRIBER, label("PubSubSubscription", target)
            case "delivers":
                yield PUSH, INVOKER, f"RunService {target['service']}"
            case _:
                pass
    for (service, bucket), found in verbs.items():
        reading = found <= {"download", "exists", "list"}
        role = "roles/storage.objectViewer" if reading else "roles/storage.objectUser"
        yield service, role, label("StorageBucket", nodes[bucket])


def _needs(graph: Mapping[str, Any]) -> Iterator[Right]:  # noqa: C901, PLR0912 - a case per kind
    for node in graph["nodes"]:
        match node["kind"]:
            case "subscription":
                yield from _subscription_needs(graph, node)
            case "cron":
                yield CRON, INVOKER, f"RunService {node['service']}"
            case "database":
                yield from _login(_migrator(node))
                yield from _login(DATABASES)
                yield from _relayed(graph, node)
            case "bucket" if node["properties"]["public"]:
                yield EVERYBODY, "roles/storage.objectViewer", label("StorageBucket", node)
            case "topic" if node["properties"]["audit"]:
                for role in ("roles/storage.objectCreator", "roles/storage.legacyBucketReader"):
                    yield PUBSUB, role, label("StorageBucket", node)
            case "endpoint" if node["properties"]["access"] in {"public", "auth"}:
                yield EVERYBODY, INVOKER, f"RunService {node['service']}"
            case "service" if node["properties"]["mounts"]:
                yield EVERYBODY, INVOKER, f"RunService {node['name']}"
            case _:
                pass
    yield from _vouching(graph)
    yield from _recording(graph)
    for asking, knowing in _asking(graph):
        yield asking, INVOKER, f"RunService {knowing}"
    for edge in graph["edges"]:
        if "signed_url" in (edge["properties"].get("operations") or []):
            service = next(it for it in graph["nodes"] if it["id"] == edge["source"])["service"]
            yield service, "roles/iam.serviceAccountTokenCreator", f"account of {service}"


def _recording(graph: Mapping[str, Any]) -> Iterator[Right]:
    """Whoever publishes, relays or handles what is recorded adds to the record, and no more."""
    nodes = {node["id"]: node for node in graph["nodes"]}
    audited = {node["id"] for node in graph["nodes"] if node["properties"].get("audit")}
    databases = [node for node in graph["nodes"] if node["kind"] == "database"]
    queried = [edge for edge in graph["edges"] if edge["relation"] == "queries"]
    found: set[str] = set()
    for edge in graph["edges"]:
        if edge["relation"] == "publishes" and edge["target"] in audited:
            found.add(nodes[edge["source"]]["service"])
            found.update(
                _migrator(it)
                for it in databases
                if any(q["source"] == edge["source"] and q["target"] == it["id"] for q in queried)
            )
    for node in graph["nodes"]:
        if node["kind"] == "subscription" and f"topic:{node['properties']['topic']}" in audited:
            found.add(node["service"])
    for service in found:
        yield service, "roles/storage.objectCreator", "StorageBucket of the record"


def _asking(graph: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Services that ask who is calling, and the one that knows."""
    knowing = [
        node["name"]
        for node in graph["nodes"]
        if node["kind"] == "service" and node["properties"]["auth_handler"]
    ]
    return {
        (node["service"], knowing[0])
        for node in graph["nodes"]
        if node["kind"] == "endpoint"
        and node["properties"]["access"] == "auth"
        and knowing
        and node["service"] != knowing[0]
    }


def _vouching(graph: Mapping[str, Any]) -> Iterator[Right]:
    services = {node["id"]: node["service"] for node in graph["nodes"]}
    pairs = {
        (services[edge["source"]], services[edge["target"]])
        for edge in graph["edges"]
        if edge["relation"] == "calls"
    }
    for caller, called in pairs | _asking(graph):
        if None not in {caller, called} and caller != called:
            for service in (caller, called):
                yield service, "roles/secretmanager.secretAccessor", "SecretManagerSecret signing"


def _subscription_needs(graph: Mapping[str, Any], node: Mapping[str, Any]) -> Iterator[Right]:
    if node["properties"]["dead_letter"]:
        dead = label("PubSubTopic", node)
        yield PUBSUB, PUBLISHER, dead
        yield PUBSUB, SUBSCRIBER, label("PubSubSubscription", node)
        yield node["service"], PUBLISHER, dead
    if node["properties"]["inbox"]:
        yield from _login(node["service"])
    topic_ = next(it for it in graph["nodes"] if it["id"] == f"topic:{node['properties']['topic']}")
    if not is_pulled(topic_, node):
        yield PUBSUB, "roles/iam.serviceAccountOpenIdTokenCreator", f"account of {PUSH}"


def _relayed(graph: Mapping[str, Any], database: Mapping[str, Any]) -> Iterator[Right]:
    """The worker of a database's owner empties the outbox of all who use it."""
    users = {
        edge["source"]
        for edge in graph["edges"]
        if edge["relation"] == "queries" and edge["target"] == database["id"]
    }
    nodes = {node["id"]: node for node in graph["nodes"]}
    for edge in graph["edges"]:
        if edge["relation"] == "publishes" and edge["source"] in users:
            yield _migrator(database), PUBLISHER, topic(nodes[edge["target"]])


def is_pulled(topic_: Mapping[str, Any], subscription: Mapping[str, Any]) -> bool:
    options = subscription["properties"]
    return bool(
        topic_["properties"]["delivery"] == "exactly-once"
        or options["ack_deadline"] > 600
        or options["concurrency"] != 10
    )


def topic(node: Mapping[str, Any]) -> str:
    if node["properties"]["external"]:
        return f"PubSubTopic projects/example-others/topics/{node['name']}"
    return label("PubSubTopic", node)


def label(kind: str, node: Mapping[str, Any]) -> str:
    """As the label of an object says what it is there for; secrets have another form there."""
    return f"{kind} {node['id']}"


def _migrator(database: Mapping[str, Any]) -> str:
    return str(database["service"] or database["properties"]["shared_with"][0])


def _login(service: str) -> Iterator[Right]:
    for role in ("roles/cloudsql.client", "roles/cloudsql.instanceUser"):
        yield service, role, "SQLInstance"


def relabelled(rights: Iterable[Right], graph: Mapping[str, Any]) -> set[Right]:
    """Rights from bindings, with the ids of nodes in place of the labels that stand for them."""
    by_label = {re.sub("[:/]", "_", node["id"]): node["id"] for node in graph["nodes"]}
    secrets = {
        node["id"].lower().replace(":", "_"): node["id"]
        for node in graph["nodes"]
        if node["kind"] == "secret"
    }
    found: set[Right] = set()
    for member, role, on in rights:
        kind, _, label_ = on.partition(" ")
        bare = re.sub(r"-[0-9a-f]{8}$", "", label_)
        known = by_label.get(label_) or secrets.get(bare.replace("-", "_")) or secrets.get(bare)
        found.add((member, role, f"{kind} {known}" if known else on))
    return found
