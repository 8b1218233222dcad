"""Services with the runtime configuration that is generated for Google Cloud, each in a process.

Before each stands what does as Cloud Run does; accounts have a metadata server of their own. What
that cannot show is whether Google does as its documentation says.
"""

import base64
import json
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from infragraph.local.ports import free_port
from tests.runtime.applications import write
from tests.runtime.google import Issuer, cloud_run, metadata_server
from tests.runtime.processes import generated, google, others

pytestmark = pytest.mark.slow

ISSUER = Issuer()

FILES = {
    "infragraph.yaml": """
application: depot
environments:
  live:
    target: gcp
    region: europe-west4
    project: shop-1234
    project_number: "123456789012"
    class: small
""",
    "depot/__init__.py": "",
    "depot/users.py": """
from infragraph import Service

users = Service("users")


@users.get("/users/{id}")
async def find(id: int) -> str:
    return f"user {id}"


@users.cron("tidy", every="1h")
async def tidy() -> None:
    print("tidied", flush=True)
""",
    "depot/orders.py": """
from infragraph import Service, Topic

from depot.users import find

orders = Service("orders")
placed = Topic[str]("placed")


@orders.post("/orders/{id}", access="public")
async def place(id: int) -> str:
    return await find(id)


@orders.post("/placed", access="public")
async def publish(name: str) -> None:
    await placed.publish(name)


@orders.subscribe(placed, "pack")
async def pack(name: str) -> None:
    print("packs", name, flush=True)


@orders.cron("count", every="1h")
async def count() -> None:
    print("counted", flush=True)
""",
    "depot/reports.py": """
from infragraph import Service

from depot.orders import placed

reports = Service("reports")


@reports.subscribe(placed, "report")
async def report(name: str) -> None:
    print("reports", name, flush=True)
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot:
    """`urls` are the fronts by service; `logs` are what each service has printed."""

    urls: Mapping[str, str]
    logs: Mapping[str, Path]
    resources: Mapping[str, Any]

    def account(self, service: str) -> str:
        return str(self.resources[f"service:{service}"]["account"])

    async def ask(
        self, service: str, path: str, token: str | None = None, body: object = None
    ) -> tuple[int, str]:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=self.urls[service], timeout=20) as client:
            answer = await client.post(path, headers=headers, json=body)
            return answer.status_code, answer.text


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Generator[Depot]:
    root = tmp_path_factory.mktemp("depot")
    write(root, FILES)
    configuration = generated(root, "live")
    resources = configuration["resources"]
    ports = {name: free_port("127.0.0.1") for name in ("users", "orders", "reports")}
    invokers = {
        "users": frozenset(
            {
                resources["service:orders"]["account"],
                resources["service:reports"]["account"],
                resources["cron:tidy"]["account"],
            }
        ),
        "orders": None,
        "reports": frozenset({resources["subscription:placed/report"]["account"]}),
    }
    with ExitStack() as stack:
        urls = {
            name: stack.enter_context(
                cloud_run(
                    ISSUER,
                    {
                        "url": f"http://127.0.0.1:{port}",
                        "audience": resources[f"service:{name}"]["audience"],
                    },
                    invokers=invokers[name],
                )
            )
            for name, port in ports.items()
        }
        for name, url in urls.items():
            resources[f"service:{name}"]["url"] = url
        config = root / "live.json"
        config.write_text(json.dumps(configuration))
        logs: dict[str, Path] = {}
        for name, port in ports.items():
            account = resources[f"service:{name}"]["account"]
            address = stack.enter_context(metadata_server(ISSUER, account))
            # Of services that neither call nor are called none is given the key.
            key = {} if name == "reports" else {"INFRAGRAPH_SIGNING_KEY": "k" * 32}
            logs[name] = root / f"{name}.log"
            words = ("--service", name, "--config", str(config), "--port", str(port))
            stack.enter_context(_serving(root, words, logs[name], {**key, **google(address)}))
            _await_answer(f"http://127.0.0.1:{port}/__infragraph/ready", logs[name])
        yield Depot(urls=urls, logs=logs, resources=resources)


async def test_a_call_is_let_in_by_the_account_of_who_calls(depot: Depot) -> None:
    assert await depot.ask("orders", "/orders/7") == (200, '"user 7"')


async def test_an_account_that_cloud_run_lets_in_calls_what_the_graph_says(depot: Depot) -> None:
    audience = depot.resources["service:users"]["audience"]
    for name, status in (("orders", 200), ("reports", 403), ("users", 403)):
        token = ISSUER.token(depot.account(name), audience)
        headers = {"X-Serverless-Authorization": f"Bearer {token}", "X-Infragraph-Service": token}
        async with httpx.AsyncClient(base_url=depot.urls["users"]) as client:
            answer = await client.get("/users/7", headers=headers)
        assert (name, answer.status_code) == (name, status)


@pytest.mark.parametrize(
    ("service", "cron", "said"), [("users", "tidy", "tidied"), ("orders", "count", "counted")]
)
async def test_a_schedule_fires_and_nobody_else(
    depot: Depot, service: str, cron: str, said: str
) -> None:
    entry = depot.resources[f"cron:{cron}"]
    for token in (
        None,
        ISSUER.token(depot.account("orders"), entry["audience"]),
        ISSUER.token(entry["account"], "https://other.run.app"),
        Issuer().token(entry["account"], entry["audience"]),
    ):
        assert (await depot.ask(service, entry["path"], token))[0] == 403
    assert said not in depot.logs[service].read_text()

    token = ISSUER.token(entry["account"], entry["audience"])
    assert (await depot.ask(service, entry["path"], token))[0] == 204
    assert said in depot.logs[service].read_text()


@pytest.mark.parametrize(
    ("service", "name", "said"),
    [("orders", "pack", "packs 'ann'"), ("reports", "report", "reports 'ann'")],
)
async def test_what_pubsub_pushes_is_handled_and_what_others_push_is_not(
    depot: Depot, service: str, name: str, said: str
) -> None:
    entry = depot.resources[f"subscription:placed/{name}"]
    path = f"/__infragraph/push/placed/{name}"
    message = {"data": base64.b64encode(b"\"'ann'\"").decode(), "messageId": "1"}
    body = {"subscription": entry["subscription"], "message": message}
    other = ISSUER.token(depot.account("orders"), entry["audience"])
    for token in (None, other, Issuer().token(entry["account"], entry["audience"])):
        assert (await depot.ask(service, path, token, body))[0] == 403
    assert said not in depot.logs[service].read_text()

    token = ISSUER.token(entry["account"], entry["audience"])
    assert (await depot.ask(service, path, token, body))[0] == 204
    assert said in depot.logs[service].read_text()


@contextmanager
def _serving(
    root: Path, words: tuple[str, ...], log: Path, more: Mapping[str, str]
) -> Generator[None]:
    command = (sys.executable, "-m", "infragraph", "serve", "--root", str(root), "--role", "all")
    with log.open("wb") as printed:
        child = subprocess.Popen(
            (*command, *words), env={**others(), **more}, stdout=printed, stderr=subprocess.STDOUT
        )
    try:
        yield
        child.terminate()
        assert child.wait(20) == 0, log.read_text()
    finally:
        child.kill()
        child.wait()


def _await_answer(url: str, log: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(log.read_text())
