"""The record of a whole application: on one's own machine, and in a bucket of S3."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from infragraph.runtime.application import Graph
from infragraph.runtime.auditing.choosing import auditing
from infragraph.runtime.auditing.records import published
from infragraph.runtime.buckets.s3 import S3Store, s3_client
from infragraph.runtime.clock import SystemClock
from infragraph.runtime.configuration import Configuration, ConfigurationError
from infragraph.runtime.envelope import Envelope
from infragraph.runtime.providers import Surroundings
from infragraph.runtime.tracing.spans import NoSpans
from tests.deploy.emulator import REGION
from tests.local.runs import FIXTURES, local_run, until
from tests.runtime.buckets.fake_storage import storage

CLOCK = SystemClock()
GRAPH = Graph(
    application="kiosk",
    nodes={
        f"topic:{name}": {
            "id": f"topic:{name}",
            "kind": "topic",
            "name": name,
            "properties": {"audit": is_audited},
        }
        for name, is_audited in (("placed", True), ("seen", False))
    },
    edges=(),
)


def surroundings(provider: str, **settings: Any) -> Surroundings:
    configuration = Configuration(
        application="kiosk",
        environment="test",
        provider=provider,
        resources={},
        settings=settings,
    )
    return Surroundings(configuration=configuration, clock=CLOCK, variables={}, spans=NoSpans())


def test_nothing_is_recorded_where_no_place_is_named_or_no_topic_asks() -> None:
    silent = Graph(application="kiosk", nodes={}, edges=())

    assert auditing(surroundings("memory"), GRAPH, ["orders"]) is None
    assert (
        auditing(surroundings("memory", audit={"directory": "audit"}), silent, ["orders"]) is None
    )


def test_a_provider_without_buckets_needs_a_folder() -> None:
    with pytest.raises(ConfigurationError, match="'nats' has no buckets for an audit record"):
        auditing(surroundings("nats", audit={"bucket": "records"}), GRAPH, ["orders"])


async def test_records_are_objects_of_google_cloud_storage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: dict[str, bytes] = {}
    with storage({"records": kept}) as address:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", address)
        made = auditing(surroundings("gcp", audit={"bucket": "records"}), GRAPH, ["orders"])
        assert made is not None
        envelope = Envelope(
            id="1", source="service:orders", type="str", published_at=CLOCK.now(), body=b'"tea"'
        )
        for _ in range(2):
            await made.log.append([published("topic:placed", envelope, CLOCK.now())])

    assert len(kept) == 2
    assert {json.loads(text)["body"] for text in kept.values()} == {'"tea"'}


def test_a_process_that_is_not_told_where_may_have_nothing_to_record() -> None:
    topic, endpoint = GRAPH.nodes["topic:placed"], "endpoint:orders/place"
    publishing = Graph(
        application="kiosk",
        nodes={topic["id"]: topic, endpoint: {"id": endpoint, "kind": "endpoint", "service": "a"}},
        edges=({"relation": "publishes", "source": endpoint, "target": topic["id"]},),
    )
    given = surroundings("aws", audit={"bucket": "", "region": REGION})
    missing = {"audit": frozenset({"INFRAGRAPH_AUDIT_BUCKET"})}
    untold = replace(given, configuration=replace(given.configuration, missing=missing))

    assert auditing(untold, publishing, ["b"]) is None
    with pytest.raises(ConfigurationError, match="INFRAGRAPH_AUDIT_BUCKET"):
        auditing(untold, publishing, ["a"])


@pytest.mark.slow
async def test_records_are_objects_of_s3(aws: Mapping[str, str]) -> None:
    del aws  # set in the environment
    client, bucket = s3_client(REGION), f"audit-{uuid4().hex}"
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    entry = {"bucket": bucket, "region": REGION, "prefix": "kiosk/"}
    made = auditing(surroundings("aws", audit=entry), GRAPH, ["orders"])
    assert made is not None
    assert made.topics == {"topic:placed"}
    envelope = Envelope(
        id="1", source="service:orders", type="str", published_at=CLOCK.now(), body=b'"tea"'
    )

    await made.log.append([published("topic:placed", envelope, CLOCK.now())])
    await made.log.append([published("topic:placed", envelope, CLOCK.now())])

    store = S3Store("audit", bucket, client)
    keys = [key async for key in store.list(f"kiosk/{CLOCK.now():%Y/%m/%d}/")]
    assert len(keys) == 2
    assert [json.loads(await store.download(key))["body"] for key in keys] == ['"tea"', '"tea"']


@pytest.mark.slow
def test_a_run_on_this_machine_records_what_its_services_do(tmp_path: Path) -> None:
    source = FIXTURES / "minimal"
    configured = tmp_path / "minimal" / "infragraph.yaml"
    configured.parent.mkdir()
    for path in sorted(source.rglob("*.py")):
        copied = configured.parent / path.relative_to(source)
        copied.parent.mkdir(exist_ok=True)
        copied.write_text(path.read_text())
    configured.write_text("application: minimal\naudit: all\n")

    with local_run(source, tmp_path) as run:
        assert httpx.post(f"{run.url}/hello/anna").json() == "Hello, anna!"
        folder = run.root / ".infragraph" / "audit"
        until(lambda: [it["act"] for it in _records(folder)] == ["published", "handled"])

    first, second = _records(folder)
    assert first["message"] == second["message"]
    assert first["entry"] == "endpoint:greeter/hello"
    assert second["entry"] == "subscription:greetings/write-down"


def _records(folder: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
