"""The dashboard of a run whose broker is within the services' process."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.local.runs import FIXTURES, local_run, until

pytestmark = pytest.mark.slow


def test_messages_are_shown_as_services_tell_of_them(tmp_path: Path) -> None:
    options = ("--broker", "memory", "--single-process", "--no-reload")
    with local_run(FIXTURES / "minimal", tmp_path, *options) as run:
        opening = json.loads((run.root / ".infragraph" / "dashboard.json").read_text())
        client = httpx.Client(
            base_url=opening["url"],
            headers={
                "authorization": f"Bearer {opening['token']}",
                "x-infragraph-dashboard": "1",
            },
        )

        def messages() -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = client.get(
                "/api/messages", params={"topic": "greetings"}
            ).json()
            return [it for it in found if it["attempts"]]

        with client:
            assert httpx.post(f"{run.url}/hello/ann").status_code == 200
            until(messages)
            (shown,) = messages()
            (topic,) = client.get("/api/topics").json()
            sent = client.post(
                "/api/publish", json={"topic": "greetings", "body": '{"name": "bob"}', "type": ""}
            )
            until(lambda: "greeted bob" in run.lines)

        assert "ann" in shown["body"]
        assert shown["trace_id"] == shown["attempts"][0]["trace_id"]
        assert (topic["name"], topic["messages"]) == ("greetings", 1)
        assert sent.status_code == 200
