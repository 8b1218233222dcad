"""What `infragraph run` writes, as services read it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from infragraph.diagnostics.render.json import render
from infragraph.local.application import LocalApplication
from infragraph.local.configuration import Places, runtime_configuration
from infragraph.schemas import schema
from tests import expectations
from tests.diagnostics.validation import mistakes

BROKERS: Mapping[str, Mapping[str, Any] | None] = {
    "memory": None,
    "nats": {"servers": ["nats://127.0.0.1:4222"]},
    "nsq": {"nsqd": "127.0.0.1:4150"},
}


@pytest.mark.parametrize("provider", BROKERS)
def test_a_run_here_is_told_what_the_schema_says(provider: str, root: Path, tmp_path: Path) -> None:
    text = render(expectations.report(root / "fixtures/shop"))
    application = LocalApplication(root=tmp_path, graph=json.loads(text), text=text)
    databases = {
        node["name"]: {
            "host": "127.0.0.1",
            "port": 5432,
            "name": node["name"].replace("-", "_"),
            "users": dict.fromkeys(application.services(), "infragraph"),
            "login": "password",
            "password": "of this machine",
        }
        for node in application.of_kind("database")
    }
    places = Places(
        provider=provider,
        broker=BROKERS[provider],
        ports={name: 4001 + at for at, name in enumerate(application.services())},
        databases=databases,
    )

    written = runtime_configuration(application, places)

    assert mistakes(written, schema("runtime")) == []
