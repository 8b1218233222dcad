"""Who published and who handled what, in the record of a running service."""

import asyncio
import importlib
import json
import sys
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

import infragraph
from infragraph.runtime.brokers.broker import BrokerError
from infragraph.runtime.context import RUNNING, Running
from tests.runtime.applications import importable, write

FILES = {
    "infragraph.yaml": "application: kiosk\n",
    "kiosk/__init__.py": "",
    "kiosk/orders.py": """
from infragraph import Reject, Retry, Service, Topic

orders = Service("orders")
placed = Topic[str]("placed", audit=True)
seen = Topic[str]("seen", external=True)


@orders.subscribe(placed, "note", retry=Retry(min_backoff="1ms", max_backoff="1ms"))
async def note(name: str) -> None:
    done.append(name)
    if name == "coal":
        raise Reject("not for sale")
    if name == "tea" and done.count("tea") == 1:
        raise ValueError("the kettle is cold")
    await seen.publish(name)


@orders.post("/orders")
async def order(name: str) -> None:
    await placed.publish(name)


done: list[str] = []
""",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    graph = write(tmp_path, FILES)
    resources: dict[str, Any] = {node: {"topic": node} for node in graph.nodes}
    configuration = {
        "schema_version": 1,
        "application": "kiosk",
        "environment": "test",
        "provider": "memory",
        "audit": {"directory": str(tmp_path / "audit")},
        "resources": resources,
    }
    (tmp_path / "runtime.json").write_text(json.dumps(configuration))
    monkeypatch.setenv("INFRAGRAPH_CONFIG", str(tmp_path / "runtime.json"))
    with importable(tmp_path, "kiosk"):
        sys.path.insert(0, str(tmp_path))
        yield tmp_path


def records(root: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted((root / "audit").glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]


def told(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: it for name, it in record.items() if name not in ("time", "message", "topic")}


async def handled(root: Path, act: str, count: int) -> None:
    async with asyncio.timeout(20):
        while sum(it["act"] == act for it in records(root)) < count:  # noqa: ASYNC110 - read from a file
            await asyncio.sleep(0.01)


async def test_each_act_is_recorded_with_who_did_it(root: Path) -> None:
    kiosk = importlib.import_module("kiosk.orders")

    async with infragraph.running("orders", consume=True):
        token = RUNNING.set(
            Running(service="orders", entry="endpoint:orders/order", caller=b'{"name":"anna"}')
        )
        await kiosk.order("tea")
        RUNNING.reset(token)
        await handled(root, "handled", 1)
        await kiosk.placed.publish("coal")
        await handled(root, "given-up", 1)

    subscription = {
        "service": "service:orders",
        "entry": "subscription:placed/note",
        "subscription": "subscription:placed/note",
    }
    assert [told(it) for it in records(root)] == [
        {
            "act": "published",
            "service": "service:orders",
            "entry": "endpoint:orders/order",
            "caller": {"name": "anna"},
            "body": '"tea"',
        },
        {
            "act": "failed",
            **subscription,
            "attempt": 1,
            "reason": "ValueError: the kettle is cold",
        },
        {"act": "handled", **subscription, "attempt": 2},
        {"act": "published", "service": "service:orders", "body": '"coal"'},
        {"act": "failed", **subscription, "attempt": 1, "reason": "Reject: not for sale"},
        {"act": "given-up", **subscription, "attempt": 1, "reason": "not for sale"},
    ]
    first, second = (
        {it["message"] for it in records(root)[part]} for part in (slice(3), slice(3, 6))
    )
    assert len(first) == len(second) == 1
    assert {it["topic"] for it in records(root)} == {"topic:placed"}


async def test_what_cannot_be_recorded_is_not_published(root: Path) -> None:
    kiosk = importlib.import_module("kiosk.orders")
    (root / "audit").write_text("a file where the folder would be")

    async with infragraph.running("orders", consume=True):
        with pytest.raises(BrokerError, match="nothing is published to topic:placed"):
            await kiosk.placed.publish("tea")
        await kiosk.seen.publish("tea")

    assert kiosk.done == []
