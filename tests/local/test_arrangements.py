"""What a run stands on: its ports, its variables, and whether a graph asks for another one."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from infragraph.local.application import LocalApplication
from infragraph.local.postgres.databases import database_name
from infragraph.local.serving import PortTakenError, claimed
from infragraph.local.variables import service_variables


def test_a_port_that_is_taken_is_told_with_the_option_that_chooses_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError) as raised, claimed(port, "--port"):
            pass
    assert str(raised.value) == (
        f"port {port} is taken by another program: choose one by --port, "
        "or a free one by '--port 0'"
    )


def test_a_port_that_is_claimed_is_nobody_elses() -> None:
    with claimed(0) as one, socket.socket() as other:
        one.listen()
        with pytest.raises(OSError, match="in use"):
            other.bind(one.getsockname())


@pytest.mark.parametrize(
    ("environment", "more"),
    [
        ({"A": "1", "KEY": "old"}, {}),
        (
            {"HTTPS_PROXY": "http://proxy"},
            {"no_proxy": "localhost,127.0.0.1,::1", "NO_PROXY": "localhost,127.0.0.1,::1"},
        ),
        (
            {"http_proxy": "http://proxy", "NO_PROXY": "intranet"},
            {
                "no_proxy": "intranet,localhost,127.0.0.1,::1",
                "NO_PROXY": "intranet,localhost,127.0.0.1,::1",
            },
        ),
    ],
)
def test_services_have_secrets_and_no_proxy_between_them(
    environment: dict[str, str], more: dict[str, str]
) -> None:
    given = service_variables(environment, {"KEY": "new"}, ["KEY", "MISSING"], {"SIGNING": "x"})
    fixed = {"KEY": "new", "SIGNING": "x", "PYTHONUNBUFFERED": "1"}
    assert given == {**environment, **more, **fixed}


def test_a_secret_that_has_no_value_any_more_is_gone() -> None:
    given = service_variables({"KEY": "old"}, {}, ["KEY"], {})
    assert given == {"PYTHONUNBUFFERED": "1"}


def application(line: int, doc: str, path: str) -> LocalApplication:
    node = {"id": "a", "location": {"line": line}, "doc": doc, "properties": {"path": path}}
    edge = {"source": "a", "target": "a", "evidence": [{"line": line}]}
    graph: dict[str, Any] = {"application": "app", "payloads": {}, "nodes": [node], "edges": [edge]}
    graph["diagnostics"] = [{"line": line}]
    return LocalApplication(root=Path(), graph=graph, text=json.dumps(graph))


def test_lines_that_move_are_no_other_application() -> None:
    before = application(1, "one", "/a").fingerprint()
    assert application(2, "two", "/a").fingerprint() == before
    assert application(1, "one", "/b").fingerprint() != before


@pytest.mark.parametrize(
    ("name", "made"),
    [("users", "users"), ("price-lists", "price_lists"), ("postgres", "postgres_")],
)
def test_a_database_that_every_server_has_is_not_the_applications(name: str, made: str) -> None:
    assert database_name(name) == made
